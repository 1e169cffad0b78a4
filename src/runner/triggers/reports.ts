import type { RoleId, StreamId, TokenId } from '../../core/brand.ts';
import { rulesFor } from '../../core/alert/routes.ts';
import type { Acting } from '../../core/incident/command.ts';
import { said } from '../../core/incident/said.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import { allStarters, commandersOf } from '../../core/settings.ts';
import type { Settings } from '../../core/settings.ts';
import type { PersonReport, TriggerAnswer } from '../../core/trigger/port.ts';
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

function reportedBy({ settings }: Pick<Catalog, 'settings'>, { source, alerts }: AlertGroup): readonly PinnedRule[] {
  const firing = alerts.filter(({ status }) => status === 'firing');
  return rulesFor(settings(), source, firing).filter(({ when }) => when.kind === 'event');
}

/** Tells the rule that goes by it what a person reports; anybody may who could do something about it. */
export async function reportByPerson(parts: ReportParts, report: PersonReport, acting: Acting): Promise<TriggerAnswer> {
  const { catalog, journal, ids } = parts;
  const settings = catalog.settings();
  const rule = ruleFor(settings, report);
  if ('says' in rule) return { status: 'refused', says: rule.says };
  const allowed = [...new Set([...allStarters(settings), ...commandersOf(settings), ...((rule.page ?? []) as RoleId[])])];
  const fresh = { watch: ids.short(), token: ids.token() as TokenId };
  const says = said(report.says, LONGEST_REPORT);
  const applied = await journal.apply(streamOf(rule), { kind: 'note-event', rule, ...acting, allowed, says, ...fresh });
  if (applied.status === 'refused') return { status: 'refused', says: applied.refusal.says };
  if (applied.status === 'held') return { status: 'refused', says: `${applied.key} is held.` };
  const next =
    rule.mode === 'shadow' ? 'The rule is a shadow, so nobody is called.' : 'People are called, and nothing is restored by itself.';
  return { status: 'done', says: `It is reported on ${rule.target}. ${next}`, incident: null };
}

const LONGEST_REPORT = 600;

function ruleFor(settings: Settings, { event, target }: PersonReport): PinnedRule | { readonly says: string } {
  const rules = rulesOf(settings).filter(({ when }) => when.kind === 'event' && when.event === event);
  const meant = target === null ? rules : rules.filter((rule) => rule.target === target);
  const [only, ...more] = meant;
  if (only && more.length === 0) return only;
  const targets = sayList([...new Set(rules.map((rule) => rule.target))]);
  if (rules.length === 0)
    return { says: `No rule of rollbot.yml goes by ${event}. Call people with \`/page\`, and start with \`/rollback <procedure>\`.` };
  return { says: `Say where: \`/rollback report ${event} <target> <what has happened>\`. The targets are ${targets}.` };
}
