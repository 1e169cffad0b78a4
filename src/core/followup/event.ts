import type { IncidentId, Instant, PersonId, RoleId, TokenId } from '../brand.ts';
import type { Person } from '../incident/event.ts';

/** Something that has to be done after an incident, before anybody has it. */
export type OpenedItem = {
  readonly id: string;
  readonly title: string;
  readonly owner: RoleId;
  readonly dueAt: Instant;
  /** The procedure that asks for it; null where it is asked for after every incident. */
  readonly from: string | null;
  /** Whose doing it is about: it is for somebody else. */
  readonly notBy?: PersonId;
};

/** Where a reminder stands to the time at which something is due. */
export type ReminderWhen = 'before' | 'due' | 'after';

/** Everything that can happen to the follow-ups of an incident. */
export type FollowUpFact =
  | { type: 'follow-ups-opened'; incident: IncidentId; title: string; drill: boolean; items: readonly OpenedItem[] }
  /** From here on it has buttons. */
  | { type: 'buttons-given'; item: string; token: TokenId }
  | { type: 'taken'; item: string; by: Person }
  | { type: 'done'; item: string; by: Person }
  | { type: 'postponed'; item: string; by: Person; to: Instant; reason: string }
  /** `slot` counts the moments of its schedule that are over, those that were missed among them. */
  | { type: 'reminded'; item: string; when: ReminderWhen; slot: number };

const KNOWN: Readonly<Record<FollowUpFact['type'], true>> = {
  'follow-ups-opened': true,
  'buttons-given': true,
  taken: true,
  done: true,
  postponed: true,
  reminded: true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
