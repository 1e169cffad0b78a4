import type { StreamId } from '../core/brand.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { Kind, Kinds } from '../core/kinds.ts';
import type { Store } from '../core/ports.ts';

/** The state of one stream among many: null where its journal is broken, so that the others are shown all the same. */
export async function readable<K extends Kind>(store: Pick<Store, 'load'>, stream: StreamId<K>): Promise<Kinds[K]['state'] | null> {
  try {
    return (await store.load(stream)).state;
  } catch (error) {
    if (error instanceof JournalBroken) return null;
    throw error;
  }
}
