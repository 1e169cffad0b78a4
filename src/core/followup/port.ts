import type { Instant, StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { FollowUp, FollowUpList } from './state.ts';

export type FollowUpAnswer = { readonly status: 'done' | 'refused'; readonly says: string; readonly stream: StreamId<'followup'> | null };

/** What people can do about follow-ups, whichever room they come from; a token stands on the buttons of each. */
export type FollowUps = {
  /** All lists on which something is open, the newest first. */
  list(): Promise<readonly FollowUpList[]>;
  find(token: TokenId): Promise<FollowUp | null>;
  take(token: TokenId, acting: Acting): Promise<FollowUpAnswer>;
  finish(token: TokenId, acting: Acting): Promise<FollowUpAnswer>;
  postpone(token: TokenId, to: Instant, reason: string, acting: Acting): Promise<FollowUpAnswer>;
  /** Calls back whenever a list has changed; the returned function ends it. */
  onChange(listener: (stream: StreamId<'followup'>) => void): () => void;
};
