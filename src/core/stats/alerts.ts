import type { AlertState } from '../alert/state.ts';
import type { AlertScore } from './port.ts';

/** Has to change whenever `summariseAlerts` does. */
export const ALERT_SUMMARY_VERSION = 'alert-summary-1';

/** What figures need of a group of alerts. */
export type AlertSummary = { readonly open: boolean; readonly alerts: number; readonly toIncident: boolean };

/** Reads the summary of a group; what it heard in episodes before the last one is not counted again. */
export function summariseAlerts(state: AlertState): AlertSummary | null {
  if (state.status === 'none') return null;
  const { episode, before, incident, status } = state;
  return { open: status === 'open', alerts: episode.fired + (before?.fired ?? 0), toIncident: incident !== null };
}

/** All groups together. */
export function scoreAlerts(summaries: readonly AlertSummary[]): AlertScore {
  return {
    groups: summaries.length,
    open: summaries.filter(({ open }) => open).length,
    alerts: summaries.reduce((sum, { alerts }) => sum + alerts, 0),
    toIncident: summaries.filter(({ toIncident }) => toIncident).length,
  };
}
