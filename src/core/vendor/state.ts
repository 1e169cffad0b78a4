import type { IncidentId, Instant, RoleId, StreamId, TokenId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';

/** Somebody outside, as `rollbot.yml` had them when they were to be asked; the number of the account is only ever in the mail. */
export type PinnedVendor = {
  readonly name: string;
  readonly title: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly url: string | null;
  readonly hours: string | null;
  /** Whether a number of ours is added to the mail. */
  readonly account: boolean;
  readonly owner: RoleId;
};

/** Whose task it is: whoever was on call for it, until somebody takes it. */
export type TaskOwner = { readonly name: string; readonly person: Person['id'] | null };

export type VendorState = { readonly status: 'none' } | VendorTask;

/** To ask a vendor in an incident is a task of one person, until somebody says that it was done. */
export type VendorTask = {
  readonly status: 'open' | 'closed';
  /** Counts the times that this vendor was to be asked in this incident. */
  readonly number: number;
  readonly token: TokenId;
  readonly incident: IncidentId;
  readonly vendor: PinnedVendor;
  readonly why: string;
  /** What to say to them, filled in. */
  readonly text: string;
  readonly owner: TaskOwner | null;
  readonly askedBy: Person;
  readonly askedAt: Instant;
  readonly mail: MailState;
  readonly reminders: number;
  readonly remindAt: Instant;
  readonly over: { readonly by: Actor; readonly says: string; readonly at: Instant } | null;
};

export type MailState =
  | { readonly status: 'none' }
  | { readonly status: 'intended'; readonly by: Person; readonly at: Instant }
  /** `unknown`: the answer of the mail server was lost. */
  | { readonly status: 'sent' | 'failed' | 'unknown'; readonly by: Person; readonly at: Instant; readonly says: string };

/** How long a task waits before its owner is reminded, each time. */
export const REMIND_MS = 15 * 60_000;

/** The stream of a vendor in an incident. */
export function taskOf(incident: IncidentId, vendor: string): StreamId<'vendor'> {
  return `vendor/${incident}/${vendor}` as StreamId<'vendor'>;
}
