import type { Settings } from '../settings.ts';
import type { Alert } from './alert.ts';

/** What `rollbot.yml` lets an alert lead to. */
export type Offer = { readonly target: string; readonly procedures: readonly string[] };

/**
 * The procedures that may be offered for these alerts: those of the first route that one of them fits, on a target that its
 * source may speak of. Null where no route fits.
 */
export function offerFor(
  { alerts: settings }: Settings,
  source: string,
  alerts: readonly Pick<Alert, 'labels' | 'target'>[],
): Offer | null {
  const allowed = settings && Object.hasOwn(settings.sources, source) ? (settings.sources[source]?.targets ?? []) : [];
  const route = (settings?.routes ?? []).find(
    ({ match, target }) =>
      allowed.includes(target) && alerts.some((alert) => (alert.target ?? target) === target && fits(match, alert.labels)),
  );
  return route ? { target: route.target, procedures: route.procedures } : null;
}

function fits(match: Readonly<Record<string, string>>, labels: Alert['labels']): boolean {
  return Object.entries(match).every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value);
}
