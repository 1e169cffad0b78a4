import type { StreamId } from '../core/brand.ts';
import type { JournalBroken } from '../core/journal-broken.ts';
import { postBucket } from './budget.ts';
import { brokenCard } from './cards/broken-card.ts';
import { channelOf } from './incident-channel.ts';
import { DONE } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { post, whatIsOwed } from './poster.ts';
import type { PosterParts } from './poster.ts';

const KEY = 'broken';

/** Says once in the incident's channel that its journal can't be trusted; where it has no channel, there is nobody to tell. */
export async function tellBroken(parts: PosterParts, stream: StreamId, { message }: JournalBroken): Promise<Outcome> {
  const { store, budget, log } = parts;
  log.error({ stream, says: message }, 'a journal is broken, and its incident is left alone');
  const channel = await channelOf(store, stream);
  const card = brokenCard(message);
  if (channel === null || whatIsOwed(await store.message(stream, KEY), card) === 'nothing') return DONE;
  await budget.turn(postBucket(channel), 'approval');
  return await post(parts, { stream, key: KEY, channel, thread: null, card });
}
