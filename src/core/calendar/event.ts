import type { Instant } from '../brand.ts';
import type { Turn } from '../contact/rotation.ts';
import type { Person } from '../incident/event.ts';

/** Everything that can happen to a rotation's calendar. */
export type CalendarFact =
  /** `takes`: whose time on call that was until then. */
  | { type: 'override-made'; id: string; who: string; from: Instant; to: Instant; by: Person; takes?: readonly Turn[] }
  /** One that has begun already ends here; `next`: who is on call instead. */
  | { type: 'override-cancelled'; id: string; by: Person; next?: readonly Turn[] };

const KNOWN: Readonly<Record<CalendarFact['type'], true>> = { 'override-made': true, 'override-cancelled': true };

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
