import type { Instant, RoleId, StreamId, TokenId } from '../brand.ts';
import type { Medium } from '../contact/schema.ts';
import type { Acting } from '../incident/command.ts';

/** What is sent to one contact by one medium. The same `key` is always the same message, for media that know duplicates. */
export type PageMessage = {
  readonly key: string;
  /** One line that says what is the matter and what is wanted, with DRILL in front of a drill. */
  readonly summary: string;
  readonly details: string;
  readonly severity: 'critical' | 'error' | 'warning' | 'info';
  readonly at: Instant;
  /** Where it can be acknowledged without Slack; null where no link is configured. */
  readonly acknowledge: string | null;
};

/** Known of one delivery: `sent` was taken by the medium, `delivered` reached the person's device or mailbox. */
export type Delivery =
  | { readonly status: 'sent' | 'delivered'; readonly says: string; readonly ref: string | null }
  /** `final`: asking this medium again is of no use. */
  | { readonly status: 'failed'; readonly says: string; readonly final: boolean }
  /** The answer was lost: it is sent again, because a doubled page is better than a lost one. */
  | { readonly status: 'unknown'; readonly says: string };

/** One way to reach people. Never throws for what the world does. */
export type MediumPort = {
  readonly medium: Medium;
  send(contact: string, message: PageMessage): Promise<Delivery>;
  /** Tells the medium that somebody acknowledged, or that it is over, where it can be told. */
  settle?(contact: string, key: string, as: 'acknowledged' | 'resolved'): Promise<Delivery>;
};

/** Mail that is no page: stakeholder updates, vendors. */
export type Mail = {
  send(mail: { readonly key: string; readonly to: readonly string[]; readonly subject: string; readonly text: string }): Promise<Delivery>;
};

export type PageAnswer =
  | { readonly status: 'done'; readonly says: string; readonly stream: StreamId<'page'> }
  | { readonly status: 'refused'; readonly says: string };

/** What people can do about pages, whichever room they come from. */
export type Pages = {
  /** `/page database-admin "restore needed"`; `incident` where it was asked in an incident's channel. */
  page(asked: { readonly role: RoleId; readonly summary: string; readonly incident: StreamId | null } & Acting): Promise<PageAnswer>;
  acknowledge(which: { readonly token: TokenId } | { readonly page: string }, acting: Acting): Promise<PageAnswer>;
  onChange(listener: (stream: StreamId<'page'>) => void): () => void;
};
