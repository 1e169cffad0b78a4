import type { Settings } from '../settings.ts';
import { rulesOf } from '../trigger/rule.ts';
import type { PinnedRule } from '../trigger/rule.ts';
import type { Alert } from './alert.ts';
import type { Route } from './schema.ts';

/** What `rollbot.yml` lets an alert lead to. */
export type Offer = { readonly target: string; readonly procedures: readonly string[] };

type Said = Pick<Alert, 'labels' | 'target'>;

/**
 * The procedures that may be offered for these alerts: those of the first route that one of them fits, on a target that its
 * source may speak of. Null where no route fits.
 */
export function offerFor(settings: Pick<Settings, 'alerts'>, source: string, alerts: readonly Said[]): Offer | null {
  const [route] = routesFor(settings, source, alerts);
  return route ? { target: route.target, procedures: route.procedures } : null;
}

/** The rules that these alerts speak for: what `triggers:` of their routes names. */
export function rulesFor(
  settings: Pick<Settings, 'alerts' | 'triggers' | 'targets'>,
  source: string,
  alerts: readonly Said[],
): readonly PinnedRule[] {
  const routes = routesFor(settings, source, alerts);
  return rulesOf(settings).filter(({ name, target }) => routes.some((route) => route.target === target && route.triggers?.includes(name)));
}

function routesFor({ alerts: settings }: Pick<Settings, 'alerts'>, source: string, alerts: readonly Said[]): readonly Route[] {
  const allowed = settings && Object.hasOwn(settings.sources, source) ? (settings.sources[source]?.targets ?? []) : [];
  return (settings?.routes ?? []).filter(
    ({ match, target }) =>
      allowed.includes(target) && alerts.some((alert) => (alert.target ?? target) === target && fits(match, alert.labels)),
  );
}

function fits(match: Readonly<Record<string, string>>, labels: Alert['labels']): boolean {
  return Object.entries(match).every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value);
}
