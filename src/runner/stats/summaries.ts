import { setImmediate as otherWork } from 'node:timers/promises';
import type { StreamId } from '../../core/brand.ts';
import type { Json } from '../../core/digest.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import type { Kind } from '../../core/kinds.ts';
import type { Log, Store } from '../../core/ports.ts';

export type SummaryParts = { readonly store: Store; readonly log: Log };

/** The summaries of all streams of a kind, as new as the streams are. */
export type Summaries<Summary> = { all(): Promise<readonly Summary[]> };

/** How the streams of a kind are summed up; null is none. */
type Kept<K extends Kind, Summary> = {
  readonly kind: K;
  readonly version: string;
  readonly compute: (stream: StreamId<K>) => Promise<{ readonly seq: number; readonly summary: Summary | null }>;
};

/**
 * Keeps the summaries of a kind beside the journal and in memory, and computes only those anew whose streams have gone on. A
 * stream that can't be read has none, and is tried again the next time.
 */
export function createSummaries<K extends Kind, Summary extends object>(
  { store, log }: SummaryParts,
  { kind, version, compute }: Kept<K, Summary>,
): Summaries<Summary> {
  const known = new Map<StreamId<K>, Summary | null>();
  let loaded = false;
  let refreshing: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    if (!loaded) for (const { stream, summary } of await store.summaries(kind)) known.set(stream, summary as Summary | null);
    loaded = true;
    for (const stream of await store.staleSummaries(kind, version)) {
      await renew(stream);
      // After an upgrade there are thousands, and nobody must wait for an acknowledgement meanwhile.
      await otherWork();
    }
  }

  async function renew(stream: StreamId<K>): Promise<void> {
    try {
      const { seq, summary } = await compute(stream);
      known.set(stream, summary);
      await store.saveSummary(stream, { seq, version, summary: summary as Json });
    } catch (error) {
      if (!(error instanceof JournalBroken)) throw error;
      log.debug({ stream, error }, 'a broken stream is left out of figures');
    }
  }

  return {
    async all() {
      refreshing ??= refresh().finally(() => (refreshing = null));
      await refreshing;
      return [...known.values()].filter((summary) => summary !== null);
    },
  };
}
