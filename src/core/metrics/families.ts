import type { IncidentState } from '../incident/state.ts';
import type { Page } from '../page/state.ts';
import type { Stats } from '../stats/port.ts';
import type { IncidentSummary } from '../stats/summary.ts';
import type { FollowUpList } from '../followup/state.ts';
import { openItems } from '../followup/state.ts';
import type { Instant } from '../brand.ts';
import type { Family, Sample } from './exposition.ts';
import { runFamilies } from './durations.ts';

/** What is known of the whole installation at this moment. */
export type Known = {
  readonly summaries: readonly IncidentSummary[];
  readonly open: readonly IncidentState[];
  readonly pages: readonly Page[];
  readonly followUps: readonly FollowUpList[];
  readonly stats: Pick<Stats, 'alerts' | 'triggers'>;
  readonly size: { readonly streams: number; readonly events: number; readonly inbox: number };
  readonly quarantined: number;
  /** Refusals since the process began, by name. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly now: Instant;
};

/** What Rollbot says of itself to Prometheus. Times are in seconds. */
export function familiesOf(known: Known): readonly Family[] {
  const { open, pages, stats, size, now } = known;
  const runs = open
    .flatMap((state) => (state.status === 'open' ? state.runs : []))
    .filter(({ progress }) => progress.status !== 'finished');
  const steps = runs.flatMap((run) => run.steps);
  const waiting = steps.flatMap(({ state }) => (state.status === 'awaiting-approval' ? [state.approval.requestedAt] : []));
  const overdue = known.followUps.flatMap((list) => openItems(list)).filter(({ dueAt }) => dueAt < now).length;
  return [
    gauge('rollbot_incidents_open', 'Incidents that are open, drills among them.', open.filter(({ status }) => status === 'open').length),
    ...runFamilies(known.summaries),
    gauge('rollbot_runs_active', 'Runs that are not finished.', runs.length),
    gauge('rollbot_runs_held', 'Runs that wait for a decision.', runs.filter(({ progress }) => progress.status === 'held').length),
    gauge('rollbot_approvals_waiting', 'Approvals that people are asked for.', waiting.length),
    gauge(
      'rollbot_approval_wait_seconds',
      'For how long the oldest approval waits; 0 where none does.',
      waiting.length === 0 ? 0 : (now - Math.min(...waiting)) / 1000,
    ),
    gauge('rollbot_steps_unknown', 'Steps of which nobody knows whether they happened.', steps.filter(isUnknown).length),
    family('rollbot_pages_open', 'Pages that are not over.', 'gauge', [
      { labels: { answered: 'no' }, value: pages.filter(({ acknowledged }) => acknowledged === null).length },
      { labels: { answered: 'yes' }, value: pages.filter(({ acknowledged }) => acknowledged !== null).length },
    ]),
    gauge('rollbot_follow_ups_overdue', 'Follow-ups whose date is over.', overdue),
    family('rollbot_alert_groups', 'Groups of alerts that have ever come in.', 'gauge', [
      { labels: { state: 'open' }, value: stats.alerts.open },
      { labels: { state: 'closed' }, value: stats.alerts.groups - stats.alerts.open },
    ]),
    family('rollbot_alerts_received_total', 'Alerts that have ever fired, by the source that said so.', 'counter', received(stats.alerts)),
    gauge('rollbot_alerts_quarantined', 'Deliveries that nobody could read and that are kept.', known.quarantined),
    family('rollbot_trigger_watches_total', 'Watches that are over, by what people made of them.', 'counter', scores(stats.triggers)),
    family('rollbot_refusals_total', 'What the rules have refused since the process began, by name.', 'counter', refusalsOf(known)),
    gauge('rollbot_journal_events', 'Events in the journal.', size.events),
    gauge('rollbot_journal_streams', 'Streams in the journal.', size.streams),
    gauge('rollbot_inbox_waiting', 'What has come in and nobody has dealt with yet.', size.inbox),
  ];
}

/** Whether people can reach the bot in Slack. */
export function slackFamily(connected: boolean): Family {
  return gauge('rollbot_slack_connected', 'Whether Slack is connected.', connected ? 1 : 0);
}

function received({ bySource }: Stats['alerts']): readonly Sample[] {
  return Object.entries(bySource).map(([source, value]) => ({ labels: { source }, value }));
}

function scores(triggers: Stats['triggers']): readonly Sample[] {
  return triggers.flatMap(({ rule, scores: each }) =>
    Object.entries(each).map(([verdict, value]) => ({ labels: { rule, verdict }, value })),
  );
}

function refusalsOf({ refusals }: Known): readonly Sample[] {
  return Object.entries(refusals).map(([refusal, value]) => ({ labels: { refusal }, value }));
}

function isUnknown({ state }: { readonly state: { readonly status: string } }): boolean {
  return state.status === 'unknown';
}

function gauge(name: string, help: string, value: number): Family {
  return family(name, help, 'gauge', [{ value }]);
}

function family(name: string, help: string, type: Family['type'], samples: readonly Sample[]): Family {
  return { name, help, type, samples };
}
