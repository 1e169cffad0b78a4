import type { IncidentId, Instant, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Person } from '../incident/event.ts';
import type { OpenedItem, ReminderWhen } from './event.ts';

/** What is still to be done after an incident, and what is done; closed when all of it is. */
export type FollowUpState = { readonly status: 'none' } | (FollowUpList & { readonly status: 'open' | 'closed' });

export type FollowUpList = {
  readonly incident: IncidentId;
  /** Of the incident. */
  readonly title: string;
  readonly drill: boolean;
  readonly items: readonly FollowUp[];
  readonly lastAt: Instant;
};

export type FollowUp = OpenedItem & {
  readonly openedAt: Instant;
  /** Null in the moment before it has buttons. */
  readonly token: TokenId | null;
  readonly taken: { readonly by: Person; readonly at: Instant } | null;
  readonly done: { readonly by: Person; readonly at: Instant } | null;
  /** Its date was moved, by whom and why; the last one counts. */
  readonly postponed: readonly { readonly by: Person; readonly from: Instant; readonly reason: string; readonly at: Instant }[];
  /** How many moments of the schedule that goes by its present date are over. */
  readonly slot: number;
  readonly reminders: readonly { readonly when: ReminderWhen; readonly at: Instant; readonly dueAt: Instant }[];
};

/** The item that a button belongs to. */
export function itemBy(state: FollowUpState, token: TokenId): FollowUp | undefined {
  return state.status === 'none' ? undefined : state.items.find((item) => item.token === token);
}

/** What is not done, the most urgent first. */
export function openItems({ items }: Pick<FollowUpList, 'items'>): readonly FollowUp[] {
  return items.filter(({ done }) => done === null).toSorted((a, b) => a.dueAt - b.dueAt);
}

/** Whether somebody has an item, or could take it. */
export function isFor({ taken, owner, notBy }: FollowUp, { by, roles }: Acting): boolean {
  if (notBy === by.id) return false;
  return taken ? taken.by.id === by.id : roles.includes(owner);
}
