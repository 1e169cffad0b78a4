import type { Instant } from '../brand.ts';
import type { IncidentCore } from './state.ts';

type Known = Pick<IncidentCore, 'openedAt' | 'beganAt' | 'record'>;

/** When somebody or something first noticed: the first of the opening, a rule's watch, and the alerts that belong here. */
export function detectedAt({ openedAt, beganAt, record }: Known): Instant {
  return Math.min(openedAt, beganAt ?? openedAt, ...record.alerts.map(({ heardAt }) => heardAt)) as Instant;
}

/** When the trouble itself began, by what sources and rules say; null where none of them has said. */
export function troubleAt({ beganAt, record }: Known): Instant | null {
  const said = [...(beganAt === null ? [] : [beganAt]), ...record.alerts.map((each) => each.beganAt)];
  return said.length === 0 ? null : (Math.min(...said) as Instant);
}
