import type { AlertState } from '../alert/state.ts';
import type { AlertScore } from './port.ts';

/** Has to change whenever `summariseAlerts` does. */
export const ALERT_SUMMARY_VERSION = 'alert-summary-2';

/** What figures need of a group of alerts. */
export type AlertSummary = { readonly source: string; readonly open: boolean; readonly alerts: number; readonly toIncident: boolean };

/** Reads the summary of a group; its alerts are all that ever fired. */
export function summariseAlerts(state: AlertState): AlertSummary | null {
  if (state.status === 'none') return null;
  const { source, firedEver, incident, status } = state;
  return { source, open: status === 'open', alerts: firedEver, toIncident: incident !== null };
}

/** All groups together, and the alerts of each source by its name. */
export function scoreAlerts(summaries: readonly AlertSummary[]): AlertScore {
  const bySource: Record<string, number> = {};
  for (const { source, alerts } of summaries) bySource[source] = (bySource[source] ?? 0) + alerts;
  return {
    groups: summaries.length,
    open: summaries.filter(({ open }) => open).length,
    alerts: summaries.reduce((sum, { alerts }) => sum + alerts, 0),
    toIncident: summaries.filter(({ toIncident }) => toIncident).length,
    bySource: Object.fromEntries(Object.entries(bySource).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
