import { refuse as refuseAlert } from '../../core/alert/refusal.ts';
import { rulesFor } from '../../core/alert/routes.ts';
import type { TokenId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { Catalog, Ids, Store } from '../../core/ports.ts';
import { startersOf } from '../../core/settings.ts';
import type { TriggerAnswer } from '../../core/trigger/port.ts';
import { streamOf } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import { watchOf } from '../../core/trigger/state.ts';
import { groupBy } from '../alerts/group.ts';
import type { Journal } from '../journal.ts';
import type { KnownAt } from '../orders.ts';
import type { Baselines } from './baselines.ts';
import { procedureOf } from './offer.ts';
import { incomingOf, isWatching } from './rule-watch.ts';
import type { WatchedRule } from './rule-watch.ts';
import type { RuleWatchParts } from './rule-watch.ts';

export type WantedParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly store: Pick<Store, 'streamOf' | 'load'>;
  readonly journal: Pick<Journal, 'apply' | 'load'>;
  readonly readings: Pick<RuleWatchParts['readings'], 'last'>;
  readonly baselines: Pick<Baselines, 'of'>;
  readonly ids: Ids;
  readonly known: KnownAt;
};

/** Has the rules watched that a group of alerts speaks for, or says which of them are; whoever may start what they offer may. */
export async function watchFor(parts: WantedParts, token: TokenId, acting: Acting): Promise<TriggerAnswer> {
  const group = await groupBy(parts.store, token);
  if (!group) return { status: 'refused', says: refuseAlert('no-such-group').says };
  const rules = rulesFor(parts.catalog.settings(), group.source, group.alerts).filter(isWatching);
  if (rules.length === 0) return { status: 'refused', says: NO_RULE };
  const answers = [];
  for (const rule of rules) answers.push(await watchOne(parts, rule, acting));
  const says = answers.map((answer) => answer.says).join(' ');
  return answers.some(({ status }) => status === 'done') ? { status: 'done', says, incident: null } : { status: 'refused', says };
}

const NO_RULE = 'No rule of rollbot.yml watches for this. Name one under `triggers:` of the route of this alert.';

async function watchOne(parts: WantedParts, rule: WatchedRule, acting: Acting): Promise<TriggerAnswer> {
  const { catalog, journal, readings, baselines, ids, known } = parts;
  const settings = catalog.settings();
  const stream = streamOf(rule);
  const before = watchOf((await journal.load(stream)).state);
  if (before) return { status: 'done', says: `${nameOf(rule)} is watched already: look at its message below.`, incident: null };
  const applied = await journal.apply(stream, {
    kind: 'watch-now',
    rule,
    readings: incomingOf(readings, rule),
    ...baselines.of(rule),
    watch: ids.short(),
    allowed: startersOf(settings, procedureOf(settings, rule, known)),
    ...acting,
  });
  if (applied.status === 'done')
    return { status: 'done', says: `${nameOf(rule)} is watched now: its message follows below.`, incident: null };
  return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
}

function nameOf({ title, target }: PinnedRule): string {
  return `"${title}" on ${target}`;
}
