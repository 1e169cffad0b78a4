import type { Instant } from '../../core/brand.ts';
import type { Json } from '../../core/digest.ts';
import type { Catalog, Clock, Log, Store } from '../../core/ports.ts';
import { metricOf } from '../../core/reading/metric.ts';
import type { MetricPlace, Readings, Window } from '../../core/reading/port.ts';
import { isGap } from '../../core/reading/reading.ts';
import { baselineOf, hourBefore, sameHours, stretchOf } from '../../core/trigger/baseline.ts';
import type { History, Stretch } from '../../core/trigger/baseline.ts';
import type { Normal } from '../../core/trigger/command.ts';
import { hourIn, lastHour, readHourly, withHour } from '../../core/trigger/hourly.ts';
import type { Hourly } from '../../core/trigger/hourly.ts';
import { streamOf } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import type { ResponseTime } from '../../core/trigger/schema.ts';
import type { KnownAt } from '../orders.ts';
import { readable } from '../readable.ts';
import { lastChange } from './changes.ts';

export type BaselineParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly readings: Pick<Readings, 'last' | 'window'>;
  readonly store: Pick<Store, 'streams' | 'load' | 'getFact' | 'setFact'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly known: KnownAt;
};

/** What is normal for each rule that has to know it. */
export type Baselines = {
  /** As it is known at this moment; nothing is asked. */
  of(rule: PinnedRule): Normal;
  /** Reads it anew where it is old, and keeps the last hour of a metric whose source remembers nothing. */
  refresh(rule: PinnedRule): Promise<void>;
  /** Resolves when nothing is being read any more. */
  settled(): Promise<void>;
};

type SlowRule = PinnedRule & { readonly when: ResponseTime };
const REFRESH_MS = 10 * 60_000;
/** As many past incidents as are looked through for days that were none like the others. */
const RECENT = 200;
const NOT_NEEDED: Normal = { baseline: null, unknown: null };
const NOT_YET = 'Its history is being read.';

/** Builds it. A baseline is drawn from days before this one, so that no outage that goes on is ever learned. */
export function createBaselines(parts: BaselineParts): Baselines {
  const { clock, log } = parts;
  const known = new Map<string, { readonly normal: Normal; readonly at: Instant }>();
  const running = new Set<Promise<void>>();
  return {
    of: (rule) => (isSlow(rule) ? (known.get(keyOf(rule))?.normal ?? withoutHistory(rule, NOT_YET)) : NOT_NEEDED),
    async refresh(rule) {
      if (!isSlow(rule) || rule.when.baseline.history === undefined) return;
      await keepHour(parts, { target: rule.target, metric: rule.when.metric });
      const now = clock.now();
      const before = known.get(keyOf(rule));
      if (before && now - before.at < REFRESH_MS) return;
      const reading = read(rule, rule.when.baseline.history, now);
      if (!before) return await reading;
      // Nobody waits for what is only brought up to date.
      known.set(keyOf(rule), { ...before, at: now });
      const inBackground = reading
        .catch((error: unknown) => log.error({ rule: rule.name, error }, 'what is normal could not be read again'))
        .finally(() => running.delete(inBackground));
      running.add(inBackground);
    },
    settled: async () => void (await Promise.all(running)),
  };

  async function read(rule: SlowRule, historyMs: number, now: Instant): Promise<void> {
    const normal = await readNormal(parts, rule, historyMs);
    known.set(keyOf(rule), { normal, at: now });
    if (normal.baseline === null) log.warn({ rule: rule.name, target: rule.target, says: normal.unknown }, 'nobody knows what is normal');
  }
}

function isSlow(rule: PinnedRule): rule is SlowRule {
  return rule.when.kind === 'response-time';
}

/** A rule that was edited is another one. */
function keyOf(rule: SlowRule): string {
  return `${streamOf(rule)} ${JSON.stringify(rule.when)}`;
}

function withoutHistory({ when }: SlowRule, why: string): Normal {
  const baseline = baselineOf({ pinned: null, days: [], beforeDeploy: null }, when);
  return { baseline, unknown: baseline || when.baseline.history === undefined ? null : why };
}

async function readNormal(parts: BaselineParts, rule: SlowRule, historyMs: number): Promise<Normal> {
  const past = await pastOf(parts, { target: rule.target, metric: rule.when.metric });
  const incidents = await incidentsOn(parts, rule.target);
  const days: (Stretch & { readonly incident: boolean })[] = [];
  for (const window of sameHours(parts.clock.now(), historyMs)) {
    const incident = incidents.some(({ from, to }) => from < window.to && to > window.from);
    const stretch = incident ? NOTHING : await past(window);
    if ('why' in stretch) return withoutHistory(rule, `Its history can not be read: ${stretch.why}`);
    days.push({ ...stretch, incident });
  }
  const changed = lastChange(parts.catalog.settings(), rule.target, parts.known);
  const before = changed ? await past(hourBefore(changed.at)) : NOTHING;
  const history: History = { pinned: null, days, beforeDeploy: 'why' in before ? null : before };
  const baseline = baselineOf(history, rule.when);
  return { baseline, unknown: baseline ? null : tooLittle(history, rule.when) };
}

const NOTHING: Stretch = { minutes: [], requests: 0 };

function tooLittle({ days }: History, { baseline: { days: needed, minutes, requests } }: ResponseTime): string {
  const quiet = days.filter((day) => !day.incident && day.minutes.length > 0).length;
  return `Too little is known of it: this hour on ${quiet} quiet days, and ${needed} with ${minutes} minutes and ${requests} requests are needed. A "constant" would do until then.`;
}

type Past = (window: Window) => Promise<Stretch | { readonly why: string }>;

/** From the source itself where that has a memory, else from the hours that were kept. */
async function pastOf({ catalog, readings, store }: BaselineParts, place: MetricPlace): Promise<Past> {
  if (metricOf(catalog.settings().metrics, place.metric)?.source.kind === 'endpoint') {
    const hours = await readHours(store, place);
    return async (window) => await Promise.resolve(hourIn(hours, window));
  }
  return async (window) => {
    const samples = await readings.window(place, window);
    return 'why' in samples ? samples : stretchOf(samples);
  };
}

async function keepHour({ catalog, readings, store, clock }: BaselineParts, place: MetricPlace): Promise<void> {
  if (metricOf(catalog.settings().metrics, place.metric)?.source.kind !== 'endpoint') return;
  const at = lastHour(clock.now());
  const hours = await readHours(store, place);
  if (hours.some((hour) => hour.at === at)) return;
  const samples = readings.last(place).flatMap((each) => (isGap(each) ? [] : [each]));
  const more = withHour(hours, at, samples);
  if (more !== hours) await store.setFact(factOf(place), more satisfies Json);
}

async function readHours(store: BaselineParts['store'], place: MetricPlace): Promise<Hourly> {
  return readHourly(await store.getFact(factOf(place)));
}

function factOf({ target, metric }: MetricPlace): string {
  return `hours ${target}/${metric}`;
}

/** When something was wrong on a target, as far as people dealt with it; what is open is wrong until now. */
async function incidentsOn(
  { store, clock }: BaselineParts,
  target: string,
): Promise<readonly { readonly from: Instant; readonly to: Instant }[]> {
  const found: { readonly from: Instant; readonly to: Instant }[] = [];
  for (const stream of await store.streams({ includeClosed: true, limit: RECENT })) {
    const state = await readable(store, stream);
    if (state === null || state.status === 'none' || state.drill) continue;
    if (state.runs.length > 0 && state.runs.every((run) => run.target.name !== target)) continue;
    found.push({ from: state.openedAt, to: state.status === 'closed' ? state.closedAt : clock.now() });
  }
  return found;
}
