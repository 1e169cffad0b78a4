import type { Instant } from '../brand.ts';
import type { Person } from '../incident/event.ts';

/** Everything that can happen to a rotation's calendar. */
export type CalendarFact =
  | { type: 'override-made'; id: string; who: string; from: Instant; to: Instant; by: Person }
  /** One that has begun already ends here. */
  | { type: 'override-cancelled'; id: string; by: Person };

const KNOWN: Readonly<Record<CalendarFact['type'], true>> = { 'override-made': true, 'override-cancelled': true };

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
