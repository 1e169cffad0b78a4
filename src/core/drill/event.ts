import type { IncidentId, RunId, TokenId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { PinnedDrill } from './drill.ts';
import type { Occurrence } from './schedule.ts';

/** How long before its time people are told of a drill. */
export type Notice = 'day-before' | 'hour-before';

/** Why a drill that was planned did not happen, and nobody has skipped it. */
export type MissedWhy = 'bot-was-down' | 'nobody-started' | 'could-not-start' | 'moved' | 'removed';

/** Everything that can happen to a drill's timetable. */
export type DrillFact =
  /** The next time; with the same time again, what `rollbot.yml` says of it now. */
  | { type: 'drill-planned'; drill: PinnedDrill; occurrence: Occurrence; token: TokenId }
  | { type: 'drill-announced'; notice: Notice }
  | { type: 'drill-signed-up'; by: Person }
  | { type: 'drill-skipped'; by: Person; reason: string }
  /** `planned`: it was the one of the timetable, and no other beside it. */
  | { type: 'drill-started'; incident: IncidentId; run: RunId; by: Actor; planned: boolean }
  | { type: 'drill-missed'; why: MissedWhy; says: string };

const KNOWN: Readonly<Record<DrillFact['type'], true>> = {
  'drill-planned': true,
  'drill-announced': true,
  'drill-signed-up': true,
  'drill-skipped': true,
  'drill-started': true,
  'drill-missed': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
