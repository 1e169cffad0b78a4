import type { Delivery, PageMessage } from '../../core/page/port.ts';
import type { Store } from '../../core/ports.ts';
import { postBucket } from '../budget.ts';
import { pageDirectCard } from '../cards/page-card.ts';
import { post, sinceOf } from '../poster.ts';
import type { PosterParts } from '../poster.ts';
import { channelOfPage } from './look.ts';
import type { PageLookParts } from './look.ts';
import { directKey } from './messages.ts';

export type DirectParts = PosterParts & PageLookParts & { readonly store: Pick<Store, 'load' | 'message' | 'saveMessage'> };

/** Puts a page into somebody's direct messages, and says what became of it. */
export async function sendDirect(parts: DirectParts, message: PageMessage): Promise<Delivery> {
  const { store, budget } = parts;
  const { person, page } = message;
  if (person === null) return { status: 'failed', says: 'rollbot.yml names no Slack account of theirs.', final: true };
  const { state } = await store.load(page);
  if (state.status === 'none') return { status: 'failed', says: 'There is no such page.', final: true };
  await budget.turn(postBucket(person), 'page');
  const key = directKey(message.key);
  const card = pageDirectCard(state, await channelOfPage(parts, state));
  const outcome = await post(parts, { stream: page, key, channel: person, thread: null, card });
  if (outcome.status === 'done') return { status: 'delivered', says: 'It stands in their direct messages.', ref: null };
  if (outcome.status === 'refused') return { status: 'failed', says: `${outcome.says}.`, final: true };
  const row = await store.message(page, key);
  // Only a lost answer leaves anything that may have arrived.
  if (row && sinceOf(row) !== null) return { status: 'unknown', says: `${outcome.says}.` };
  return { status: 'failed', says: `${outcome.says}.`, final: false, ...(outcome.afterMs !== null && { afterMs: outcome.afterMs }) };
}
