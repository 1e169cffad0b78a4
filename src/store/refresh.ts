import type { StreamId } from '../core/brand.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import { foldOf } from './fold.ts';
import { loadStream } from './load.ts';
import type { Loading } from './load.ts';
import { derivedColumns } from './snapshot.ts';
import type { Db } from './tables.ts';
import { writing } from './transaction.ts';

/**
 * Makes the snapshots of other fold versions anew, so that what a new version owes a stream is owed at once and not only
 * when somebody happens to touch it. A stream that can't be read is left as it is: it must not keep the bot from starting.
 */
export async function refreshStreams(db: Db, loading: Loading): Promise<void> {
  const rows = await db.selectFrom('streams').select(['stream', 'snapshot_version']).execute();
  for (const { stream, snapshot_version: version } of rows) {
    if (version === foldOf(loading.folds, stream).version) continue;
    try {
      await writing(db, async (trx) => await refreshStream(trx, loading, stream));
    } catch (error) {
      if (!(error instanceof JournalBroken)) throw error;
      loading.log.error({ stream, seq: error.seq, error: error.message }, 'a stream is broken and is left alone');
    }
  }
}

async function refreshStream(db: Db, { folds, log }: Loading, stream: StreamId<string>): Promise<void> {
  const standing = await loadStream(db, { folds, log }, stream);
  if (standing.readOnly !== null) {
    log.warn({ stream, type: standing.readOnly }, 'a stream was written by a newer Rollbot and is left alone');
    return;
  }
  await db
    .updateTable('streams')
    .set(derivedColumns(foldOf(folds, stream), stream, standing.state, standing.end))
    .where('stream', '=', stream)
    .execute();
}
