import type { StreamId } from '../core/brand.ts';
import { digestOf } from '../core/digest.ts';
import type { Clock, Log, MessageRow, Store } from '../core/ports.ts';
import { postBucket, UPDATE_BUCKET } from './budget.ts';
import type { Budget } from './budget.ts';
import type { Card } from './cards/blocks.ts';
import { hasKey, lookUp, metadataOf } from './lookup.ts';
import { DONE, outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Web } from './web.ts';
import { Posted } from './answers.ts';

export type PosterParts = {
  readonly store: Pick<Store, 'message' | 'saveMessage'>;
  readonly web: Web;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly log: Log;
};

/** A card with its name and its place. */
export type Letter = {
  readonly stream: StreamId<string>;
  readonly key: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly card: Card;
};

/** Whether a message has to be posted or edited, and in what it stands now. */
export function whatIsOwed(row: MessageRow | null, card: Card): 'nothing' | 'post' | 'edit' {
  if (row?.status !== 'posted' || row.ts === null) return 'post';
  return row.digest === digestOf(card) ? 'nothing' : 'edit';
}

/** Puts a message into its channel once, whatever becomes of the answers; a post whose answer was lost is looked for first. */
export async function post(parts: PosterParts, letter: Letter): Promise<Outcome> {
  const { store, web } = parts;
  const { stream, key, channel, thread, card } = letter;
  const before = await store.message(stream, key);
  const open = before?.status === 'posting' ? sinceOf(before) : null;
  if (before && open !== null) {
    const found = await lookUp(web, { channel: before.channel, thread, sinceMs: open, matches: hasKey(stream, key) });
    if (found.status === 'later') return found;
    if (found.status === 'found') {
      await store.saveMessage(stream, key, { ...before, status: 'posted', ts: found.ts, extra: null });
      return DONE;
    }
    if (found.status === 'refused')
      parts.log.warn({ stream, key, says: found.says }, 'could not look for a lost message, so it is posted again');
  }
  const row = { status: 'posting', channel, ts: null, digest: digestOf(card) } as const;
  await store.saveMessage(stream, key, { ...row, extra: { since: parts.clock.now() } });
  const result = await web.call('chat.postMessage', {
    channel,
    text: card.text,
    blocks: card.blocks,
    metadata: metadataOf(stream, key),
    unfurl_links: false,
    unfurl_media: false,
    ...(thread !== null && { thread_ts: thread }),
  });
  if (result.status === 'ok') {
    const posted = Posted.parse(result.data);
    await store.saveMessage(stream, key, { ...row, status: 'posted', channel: posted.channel, ts: posted.ts, extra: null });
    return DONE;
  }
  // Only a lost answer leaves anything to look for.
  if (result.status !== 'lost') await store.saveMessage(stream, key, { ...row, extra: null });
  if (result.status === 'rate-limited') parts.budget.pause(postBucket(channel), result.afterMs);
  return outcomeOf(result);
}

/** Makes a message say what it has to say now; one that somebody has deleted is posted anew. */
export async function edit(parts: PosterParts, letter: Letter, row: MessageRow): Promise<Outcome> {
  const { stream, key, card } = letter;
  const result = await parts.web.call('chat.update', { channel: row.channel, ts: row.ts, text: card.text, blocks: card.blocks });
  if (result.status === 'ok') {
    await parts.store.saveMessage(stream, key, { ...row, digest: digestOf(card) });
    return DONE;
  }
  if (result.status === 'refused' && result.error === 'message_not_found') {
    await parts.store.saveMessage(stream, key, { ...row, status: 'posting', ts: null, extra: null });
    return await post(parts, letter);
  }
  if (result.status === 'rate-limited') parts.budget.pause(UPDATE_BUCKET, result.afterMs);
  return outcomeOf(result);
}

/** When a post was sent whose answer never came; null where none was. */
export function sinceOf(row: MessageRow): number | null {
  const { extra } = row;
  if (typeof extra !== 'object' || extra === null || !('since' in extra)) return null;
  return typeof extra.since === 'number' ? extra.since : null;
}
