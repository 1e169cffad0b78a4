import type { Instant, RunId } from '../../core/brand.ts';
import { lastGood } from '../../core/component/state.ts';
import { rulesFor } from '../../core/alert/routes.ts';
import { isShared } from '../../core/claims.ts';
import { lastGoodsOf } from '../../core/procedure/order.ts';
import type { Run } from '../../core/incident/state.ts';
import type { Catalog, Clock, Store } from '../../core/ports.ts';
import type { Gates } from '../../core/trigger/gates.ts';
import { isGap } from '../../core/reading/reading.ts';
import type { Readings } from '../../core/reading/port.ts';
import { metricsOf } from '../../core/trigger/needs.ts';
import { rulesOf, streamOf } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import { watchOf } from '../../core/trigger/state.ts';
import type { Watch } from '../../core/trigger/state.ts';
import type { KnownAt } from '../orders.ts';
import { changesOn } from './changes.ts';

export type GateParts = {
  readonly catalog: Pick<Catalog, 'settings' | 'procedure'>;
  readonly store: Pick<Store, 'load' | 'streams' | 'claims'>;
  readonly clock: Clock;
  readonly known: KnownAt;
  readonly readings: Pick<Readings, 'last'>;
};

/** Of past incidents, as many as are looked through for the last run on a target. */
const RECENT = 50;

/** Reads every gate for this very moment. */
export async function readGates(parts: GateParts, rule: PinnedRule, procedure: string | null): Promise<Gates> {
  const { catalog, store, clock } = parts;
  const settings = catalog.settings();
  const changes = changesOn(settings, rule.target, parts.known);
  const runs = await runsOn(parts, rule.target);
  const firing = await firingOn(parts, rule.target);
  const claims = await store.claims();
  const steps = (procedure === null ? null : catalog.procedure(procedure))?.steps ?? [];
  return {
    modeNow: settings.triggers?.[rule.name]?.mode ?? null,
    readAt: lastReadAt(parts, rule),
    lastChangeAt: changes.length === 0 ? null : (Math.max(...changes.map(({ at }) => at)) as Instant),
    changedSinceGood: changes.some(({ verified }) => !verified),
    activeRun: (claims.find(({ key }) => !isShared(key) && key.startsWith(`${rule.target}/`))?.holder as RunId | undefined) ?? null,
    coolsUntil: coolsUntil(runs, rule),
    incidentHadOne: runs.some(({ run, isOpen }) => isOpen && run.startedBy.kind === 'rollbot'),
    flapping: await isFlapping(parts, rule),
    frozen: frozenBy(parts, rule.target, clock.now()),
    lastGood: procedure === null ? null : goodVersion(parts, rule.target, procedure),
    signals: new Set(firing.map(({ judgement }) => judgement?.metric)).size,
    probeFails: firing.some(({ rule: { when } }) => when.kind === 'outage' || when.kind === 'one-of-many'),
    destructive: steps.some(({ phase, effect }) => phase === 'step' && effect === 'destructive'),
  };
}

type RunOn = { readonly run: Run; readonly isOpen: boolean };

async function runsOn({ store }: GateParts, target: string): Promise<readonly RunOn[]> {
  const streams = await store.streams({ includeClosed: true, limit: RECENT });
  const states = await Promise.all(streams.map(async (stream) => (await store.load(stream)).state));
  return states.flatMap((state) =>
    state.status === 'none'
      ? []
      : state.runs.filter((run) => run.target.name === target).map((run) => ({ run, isOpen: state.status === 'open' })),
  );
}

/** After every run there is a while in which nobody can tell yet what it has done. */
function coolsUntil(runs: readonly RunOn[], rule: PinnedRule): Instant | null {
  const ends = runs.flatMap(({ run: { progress } }) => (progress.status === 'finished' ? [progress.at] : []));
  return ends.length === 0 ? null : ((Math.max(...ends) + rule['cool-down']) as Instant);
}

async function watchesOf({ store }: GateParts, rules: readonly PinnedRule[]): Promise<readonly Watch[]> {
  const states = await Promise.all(rules.map(async (rule) => (await store.load(streamOf(rule))).state));
  return states.flatMap((state) => watchOf(state) ?? []);
}

/** Every measured thing that fires on a target, and that nobody has objected to. */
async function firingOn(parts: GateParts, target: string): Promise<readonly Watch[]> {
  const rules = rulesOf(parts.catalog.settings()).filter((rule) => rule.target === target);
  const counting = (await watchesOf(parts, rules)).filter(({ rule, ask }) => rule.when.kind !== 'event' && !OBJECTED.includes(ask.is));
  return counting.filter(({ judgement }) => judgement?.verdict === 'fire');
}

const OBJECTED: readonly Watch['ask']['is'][] = ['vetoed', 'called-off'];

/** Of the metric that it can't be judged without. */
function lastReadAt({ readings }: GateParts, { when, target }: PinnedRule): Instant | null {
  const [metric] = when.kind === 'event' ? [] : metricsOf(when);
  const samples = metric === undefined ? [] : readings.last({ target, metric }).filter((each) => !isGap(each));
  return samples.at(-1)?.at ?? null;
}

/** An alert of this target that comes and goes says that a number does as well. */
async function isFlapping({ store, catalog }: GateParts, { target, name }: PinnedRule): Promise<boolean> {
  const settings = catalog.settings();
  if (!(settings.alerts?.routes ?? []).some((route) => route.target === target && route.triggers?.includes(name))) return false;
  const streams = await store.streams({ kind: 'alert' });
  const groups = await Promise.all(streams.map(async (stream) => (await store.load(stream)).state));
  return groups.some(
    (group) =>
      group.status === 'open' &&
      group.flapping &&
      rulesFor(settings, group.source, group.alerts).some((rule) => rule.target === target && rule.name === name),
  );
}

function frozenBy({ catalog }: GateParts, target: string, now: Instant): string | null {
  const window = (catalog.settings().maintenance ?? []).find(
    ({ targets, from, to }) => (targets ?? [target]).includes(target) && now >= Date.parse(from) && now < Date.parse(to),
  );
  return window ? `${window.because} (until ${window.to})` : null;
}

/** What a rollback would go back to; a procedure that names no version needs none. */
function goodVersion({ catalog, known }: GateParts, target: string, procedure: string): Gates['lastGood'] {
  const entry = catalog.procedure(procedure);
  if (!entry) return null;
  const deployables = lastGoodsOf(entry.procedure, {});
  const found = deployables.map((deployable) => {
    const release = lastGood(known({ target, deployable }));
    const byHand = catalog.settings().targets[target]?.['last-good']?.[deployable];
    if (release) return { version: release.version, verified: true };
    return byHand === undefined ? null : { version: byHand, verified: false };
  });
  if (found.includes(null)) return null;
  return found.find((each) => each?.verified === false) ?? found[0] ?? { version: 'none', verified: true };
}
