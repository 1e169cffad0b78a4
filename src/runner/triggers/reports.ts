import type { StreamId, TokenId } from '../../core/brand.ts';
import type { AlertGroup } from '../../core/alert/state.ts';
import type { Catalog, Ids, Log } from '../../core/ports.ts';
import { rulesOf, streamOf } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import type { Journal } from '../journal.ts';

export type ReportParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly journal: Pick<Journal, 'apply' | 'load'>;
  readonly ids: Ids;
  readonly log: Log;
};

/**
 * Tells the rules that go by what is reported, such as a security breach, of an alert that a route of `rollbot.yml` maps to them.
 * They ask people at once, and never start anything.
 */
export async function reportAlert({ catalog, journal, ids, log }: ReportParts, stream: StreamId<'alert'>): Promise<void> {
  const { state } = await journal.load(stream);
  if (state.status !== 'open') return;
  for (const rule of reportedBy(catalog, state)) {
    if (await isOld(journal, rule, state)) continue;
    const fresh = { watch: ids.short(), token: ids.token() as TokenId };
    const by = { kind: 'source', name: state.source } as const;
    const says = `${state.source} reports: ${state.title}`;
    const applied = await journal.apply(streamOf(rule), { kind: 'note-event', rule, by, roles: [], allowed: [], says, ...fresh });
    if (applied.status === 'refused' && applied.refusal.refusal !== 'reported-already') {
      log.warn({ rule: rule.name, ...applied.refusal }, 'a report was refused');
    }
  }
}

/** What people were asked about and have dealt with is not asked again for as long as the alert goes on. */
async function isOld(journal: ReportParts['journal'], rule: PinnedRule, { episode }: AlertGroup): Promise<boolean> {
  const { state } = await journal.load(streamOf(rule));
  return state.status === 'quiet' && state.last !== null && state.last.at >= episode.openedAt;
}

function reportedBy({ settings }: Pick<Catalog, 'settings'>, group: AlertGroup): readonly PinnedRule[] {
  const { alerts } = settings();
  const allowed = (alerts && Object.hasOwn(alerts.sources, group.source) ? alerts.sources[group.source]?.targets : undefined) ?? [];
  const firing = group.alerts.filter(({ status }) => status === 'firing');
  const routes = (alerts?.routes ?? []).filter(
    ({ match, target }) =>
      allowed.includes(target) &&
      firing.some(
        (alert) =>
          (alert.target ?? target) === target &&
          Object.entries(match).every(([name, value]) => Object.hasOwn(alert.labels, name) && alert.labels[name] === value),
      ),
  );
  return rulesOf(settings()).filter(
    (rule) => rule.when.kind === 'event' && routes.some(({ target, triggers }) => target === rule.target && triggers?.includes(rule.name)),
  );
}
