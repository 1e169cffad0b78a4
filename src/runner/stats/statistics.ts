import { ALERT_SUMMARY_VERSION, scoreAlerts, summariseAlerts } from '../../core/stats/alerts.ts';
import type { AlertSummary } from '../../core/stats/alerts.ts';
import { healthOf } from '../../core/stats/health.ts';
import { monthsOf } from '../../core/stats/months.ts';
import type { Statistics } from '../../core/stats/port.ts';
import { SUMMARY_VERSION, summarise } from '../../core/stats/summary.ts';
import type { IncidentSummary } from '../../core/stats/summary.ts';
import type { Catalog } from '../../core/ports.ts';
import type { Score } from '../../core/trigger/event.ts';
import type { Triggers } from '../../core/trigger/port.ts';
import { createSummaries } from './summaries.ts';
import type { Summaries, SummaryParts } from './summaries.ts';

export type StatisticsParts = SummaryParts & {
  readonly catalog: Pick<Catalog, 'procedures'>;
  readonly triggers: Pick<Triggers, 'list'>;
};

const NO_SCORES: Readonly<Record<Score, number>> = { followed: 0, vetoed: 0, ignored: 0, 'rolled-back-without-it': 0 };

export type StatisticsOffice = { readonly statistics: Statistics; readonly incidents: Summaries<IncidentSummary> };

/** Figures over all that ever happened, from what is kept of each stream. */
export function createStatistics(parts: StatisticsParts): StatisticsOffice {
  const { store, catalog, triggers } = parts;
  const incidents = createSummaries<'incident', IncidentSummary>(parts, {
    kind: 'incident',
    version: SUMMARY_VERSION,
    async compute(stream) {
      const stored = await store.events(stream);
      return { seq: stored.at(-1)?.seq ?? 0, summary: summarise(stored.map(({ event }) => event)) };
    },
  });
  const alerts = createSummaries<'alert', AlertSummary>(parts, {
    kind: 'alert',
    version: ALERT_SUMMARY_VERSION,
    async compute(stream) {
      const { state, seq } = await store.load(stream);
      return { seq, summary: summariseAlerts(state) };
    },
  });
  const statistics: Statistics = {
    async read() {
      const [all, groups, rules] = await Promise.all([incidents.all(), alerts.all(), triggers.list()]);
      const procedures = catalog.procedures().map(({ id, procedure }) => ({ id, estimate: procedure.estimate ?? null }));
      return {
        health: healthOf(procedures, all),
        months: monthsOf(all),
        alerts: scoreAlerts(groups),
        triggers: rules.map(({ rule, state }) => ({
          rule: `${rule.title} on ${rule.target}`,
          scores: state.status === 'none' ? NO_SCORES : state.scores,
        })),
      };
    },
  };
  return { statistics, incidents };
}
