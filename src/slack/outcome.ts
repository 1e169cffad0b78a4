import { sayFailure } from './web.ts';
import type { WebFailure } from './web.ts';

/** How an attempt to bring Slack in line with the state went. */
export type Outcome =
  | { readonly status: 'done' }
  /** Worth trying again: after `afterMs` where Slack said so, else after a growing pause. */
  | { readonly status: 'later'; readonly afterMs: number | null; readonly says: string }
  /** Slack will not have it, and asking again would not help; `shut` where it takes nothing of ours into that channel. */
  | { readonly status: 'refused'; readonly says: string; readonly shut?: boolean };

export const DONE: Outcome = { status: 'done' };

/** A channel that was archived, that we were removed from, or in which only some may speak. */
const SHUT = new Set(['is_archived', 'not_in_channel', 'channel_not_found', 'restricted_action', 'restricted_action_read_only_channel']);

/** What a failed call means for what was to be done with it. */
export function outcomeOf(failure: WebFailure): Exclude<Outcome, { status: 'done' }> {
  const says = sayFailure(failure);
  if (failure.status === 'refused') return { status: 'refused', says, shut: SHUT.has(failure.error) };
  return { status: 'later', afterMs: failure.status === 'rate-limited' ? failure.afterMs : null, says };
}
