import type { Instant, PersonId, StreamId, TokenId } from '../brand.ts';
import type { Medium } from '../contact/schema.ts';
import type { Acting } from '../incident/command.ts';
import type { OpenedPage, PageSeverity } from './state.ts';

/** What is sent to one contact by one medium. The same `key` is always the same message, for media that know duplicates. */
export type PageMessage = {
  readonly key: string;
  readonly page: StreamId<'page'>;
  /** One line that says what is the matter and what is wanted, with DRILL in front of a drill. */
  readonly summary: string;
  readonly details: string;
  readonly severity: PageSeverity;
  readonly at: Instant;
  /** The member to whom it goes, where there is one. */
  readonly person: PersonId | null;
  /** Where it can be acknowledged without Slack; null where no link is configured. */
  readonly acknowledge: string | null;
};

/** Known of one delivery: `sent` was taken by the medium, `delivered` reached the person's device or mailbox. */
export type Delivery =
  | { readonly status: 'sent' | 'delivered'; readonly says: string; readonly ref: string | null }
  /** `final`: asking this medium again is of no use; `afterMs`: not before that. */
  | { readonly status: 'failed'; readonly says: string; readonly final: boolean; readonly afterMs?: number }
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

/** Which page is meant: by the token of its buttons, by its id, or the one that calls who asks. */
export type WhichPage = { readonly token: TokenId } | { readonly page: string } | { readonly mine: true };

/** What people can do about pages, whichever room they come from. */
export type Pages = {
  /** `/page database-admin "restore needed"`; `incident` where it was asked in an incident's channel. */
  page(asked: { readonly to: string; readonly summary: string; readonly incident: StreamId | null } & Acting): Promise<PageAnswer>;
  acknowledge(which: WhichPage, acting: Acting, how: 'button' | 'command'): Promise<PageAnswer>;
  /** A contact has followed the signed link of a page. */
  acknowledgeByLink(page: string, contact: string): Promise<PageAnswer>;
  /** Calls the next ones without waiting. */
  escalate(which: WhichPage, acting: Acting): Promise<PageAnswer>;
  /** What it was about is done. */
  end(which: WhichPage, acting: Acting): Promise<PageAnswer>;
  /** Those that are not over, newest first, as many as fit into a message. */
  list(): Promise<readonly OpenedPage[]>;
  /** All that are not over. */
  all(): Promise<readonly OpenedPage[]>;
  onChange(listener: (stream: StreamId<'page'>) => void): () => void;
};
