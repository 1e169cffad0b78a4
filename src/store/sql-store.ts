import type { StreamId } from '../core/brand.ts';
import type { Kind } from '../core/kinds.ts';
import type { Loaded, Store, StoredEvent, VerifyFinding } from '../core/ports.ts';
import { appendAll } from './append.ts';
import { factsOf } from './facts.ts';
import { inboxOf } from './inbox.ts';
import { loadStream, readEvents } from './load.ts';
import type { Loading } from './load.ts';
import { messagesOf } from './messages.ts';
import { outputsOf } from './outputs.ts';
import { streamsOf } from './streams.ts';
import { summariesOf } from './summaries.ts';
import type { Db } from './tables.ts';
import { reading, writing } from './transaction.ts';
import { verifyAll } from './verify.ts';

export type SqlStoreParts = Loading & {
  readonly db: Db;
  /** What the database says about its own files; empty when they are sound. */
  readonly checkFiles: () => Promise<readonly VerifyFinding[]>;
  readonly close: () => Promise<void>;
};

/** The store on any database that has the tables. */
export function createSqlStore({ db, checkFiles, close, ...loading }: SqlStoreParts): Store {
  return {
    // What a stream's fold has made is a state of its kind; the fold is chosen by the stream's id.
    async load<K extends Kind>(stream: StreamId<K>) {
      const { state, seq, readOnly } = await reading(db, async (trx) => await loadStream(trx, loading, stream));
      return { state, seq, readOnly } as Loaded<K>;
    },
    append: async (writes, claims, now) => await writing(db, async (trx) => await appendAll(trx, loading, writes, claims, now)),
    events: async <K extends Kind>(stream: StreamId<K>) => (await readEvents(db, stream)) as readonly StoredEvent<K>[],
    ...streamsOf(db, loading.folds),
    ...inboxOf(db),
    ...outputsOf(db),
    ...messagesOf(db),
    ...factsOf(db),
    ...summariesOf(db),
    async verify() {
      const damage = await checkFiles();
      return damage.length > 0 ? damage : await verifyAll(db, loading);
    },
    close,
  };
}
