import type { Digest } from '../core/brand.ts';
import { canonicalJson, sha256 } from '../core/digest.ts';
import type { Link } from './chain.ts';
import type { AnyState, Fold } from './fold.ts';
import type { StreamRow } from './tables.ts';

/** The columns of a stream that follow from its state; they are written in the transaction of its events. */
export function derivedColumns(fold: Fold, stream: StreamRow['stream'], state: AnyState, link: Link) {
  const snapshot = JSON.stringify(state);
  const columns = { stream, snapshot_seq: link.seq, snapshot_version: fold.version, snapshot };
  return {
    ...columns,
    snapshot_digest: snapshotDigest(columns, link),
    seq: link.seq,
    status: state.status,
    channel: channelOf(state),
    next_due_at: fold.nextDueAt(state),
  };
}

/** Whether a snapshot is the one that was written when `link` was the end of the stream. */
export function isIntact(row: StreamRow, link: Link): boolean {
  return row.snapshot_digest === snapshotDigest(row, link);
}

/** The chat channel that a state is linked to. */
function channelOf(state: AnyState): string | null {
  return state.channel?.id ?? null;
}

type Snapshot = Pick<StreamRow, 'stream' | 'snapshot_seq' | 'snapshot_version' | 'snapshot'>;

function snapshotDigest(row: Snapshot, link: Link): Digest {
  return sha256(`${canonicalJson([row.stream, row.snapshot_seq, row.snapshot_version, link.hash])}\n${row.snapshot}`);
}
