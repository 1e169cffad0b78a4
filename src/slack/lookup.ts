import type { z } from 'zod';
import type { StreamId } from '../core/brand.ts';
import { History } from './answers.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Web } from './web.ts';

/** Says on every post which message of which stream it is, so that it can be found again. */
const METADATA_TYPE = 'rollbot_message';
const MOST_PAGES = 10;
/** Slack's clock and ours need not agree. */
const MARGIN_S = 600;

export type Sought = {
  readonly channel: string;
  readonly thread: string | null;
  /** When it may have been posted at the earliest, in milliseconds. */
  readonly sinceMs: number;
  readonly matches: (message: HistoryMessage) => boolean;
};
export type HistoryMessage = z.infer<typeof History>['messages'][number];
export type Found =
  | { readonly status: 'found'; readonly ts: string }
  | { readonly status: 'absent' }
  | Exclude<Outcome, { status: 'done' }>;

/** The mark of a message: its key within its stream. */
export function metadataOf(stream: StreamId<string>, key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: METADATA_TYPE, event_payload: { key: `${stream} ${key}` } };
}

/** Whether this is that message. */
export function hasKey(stream: StreamId<string>, key: string): (message: HistoryMessage) => boolean {
  return ({ metadata }) => metadata?.event_type === METADATA_TYPE && metadata.event_payload.key === `${stream} ${key}`;
}

/** Looks for a message whose post was never answered, before it is posted again. */
export async function lookUp(web: Web, { channel, thread, sinceMs, matches }: Sought): Promise<Found> {
  const oldest = `${Math.max(0, Math.floor(sinceMs / 1000) - MARGIN_S)}.000000`;
  const shared = { channel, oldest, limit: 200, include_all_metadata: true };
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const args = { ...shared, ...(cursor && { cursor }) };
    const result = await (thread === null
      ? web.call('conversations.history', args)
      : web.call('conversations.replies', { ...args, ts: thread }));
    if (result.status !== 'ok') return outcomeOf(result);
    const { messages, response_metadata } = History.parse(result.data);
    const found = messages.find(matches);
    if (found) return { status: 'found', ts: found.ts };
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') return { status: 'absent' };
  }
  return { status: 'absent' };
}
