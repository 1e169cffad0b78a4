import type { StreamId } from '../core/brand.ts';
import { CHECKUP_STREAM } from '../core/checkup/state.ts';
import type { Store } from '../core/ports.ts';
import { STORM_STREAM } from '../core/storm/state.ts';

const RECENT_STREAMS = 50;
const RECENT_GROUPS = 500;
const RECENT_RULES = 500;
const RECENT_TASKS = 50;
const RECENT_PAGES = 100;
const RECENT_LISTS = 200;

/** Looks again at whatever may have changed while nobody looked. */
export async function wakeRecent(store: Pick<Store, 'streams'>, wake: (stream: StreamId<string>) => void): Promise<void> {
  for (const stream of await store.streams({ includeClosed: true, limit: RECENT_STREAMS })) wake(stream);
  for (const stream of await store.streams({ kind: 'alert', includeClosed: true, limit: RECENT_GROUPS })) wake(stream);
  for (const stream of await store.streams({ kind: 'trigger', includeClosed: true, limit: RECENT_RULES })) wake(stream);
  for (const stream of await store.streams({ kind: 'page', includeClosed: true, limit: RECENT_PAGES })) wake(stream);
  for (const stream of await store.streams({ kind: 'drill' })) wake(stream);
  for (const stream of await store.streams({ kind: 'followup', includeClosed: true, limit: RECENT_LISTS })) wake(stream);
  for (const stream of await store.streams({ kind: 'vendor', includeClosed: true, limit: RECENT_TASKS })) wake(stream);
  for (const stream of await store.streams({ kind: 'calendar' })) wake(stream);
  wake(STORM_STREAM);
  wake(CHECKUP_STREAM);
}
