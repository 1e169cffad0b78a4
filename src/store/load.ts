import { JournalBroken } from '../core/journal-broken.ts';
import type { Digest, Instant, StreamId } from '../core/brand.ts';
import type { Log } from '../core/ports.ts';
import { checkChain, eventOf, NO_LINK, ownFaultOf } from './chain.ts';
import type { Link } from './chain.ts';
import { foldOf } from './fold.ts';
import type { AnyEvent, AnyState, Fold, Folds } from './fold.ts';
import { isIntact } from './snapshot.ts';
import type { Db, EventRow, StreamRow } from './tables.ts';

export type Loading = { readonly folds: Folds; readonly log: Log };

/** A loaded stream together with what the next event is tied to. */
export type Standing = {
  readonly state: AnyState;
  readonly seq: number;
  readonly readOnly: string | null;
  readonly end: Link & { readonly at: Instant };
};
/** An event where it stands, of whatever kind. */
export type Placed = { readonly stream: StreamId<string>; readonly seq: number; readonly event: AnyEvent; readonly hash: Digest };

/** Reads a stream's state inside the transaction `db`: by its snapshot where that can be used, else from its first event. */
export async function loadStream(db: Db, { folds, log }: Loading, stream: StreamId<string>): Promise<Standing> {
  const fold = foldOf(folds, stream);
  const row = await db.selectFrom('streams').selectAll().where('stream', '=', stream).executeTakeFirst();
  if (!row) return { state: fold.initial, seq: 0, readOnly: null, end: { ...NO_LINK, at: 0 as Instant } };
  const usable = row.snapshot_version === fold.version && row.snapshot_seq <= row.seq;
  const resumed = usable ? resume(row, await eventsFrom(db, stream, row.snapshot_seq), log) : null;
  if (resumed) return standing(row, fold, resumed.state, resumed.events, 1);
  const events = await eventsFrom(db, stream, 1);
  checkChain(events, NO_LINK);
  return standing(row, fold, fold.initial, events, 0);
}

/** All events of a stream, with its chain checked; throws `JournalBroken`. */
export async function readEvents(db: Db, stream: StreamId<string>): Promise<readonly Placed[]> {
  const rows = await eventsFrom(db, stream, 1);
  checkChain(rows, NO_LINK);
  return rows.map((row) => ({ stream: row.stream, seq: row.seq, event: eventOf(row), hash: row.hash }));
}

/** The rows of a stream's events from `seq` on, in order and unchecked. */
export async function eventsFrom(db: Db, stream: StreamId<string>, seq: number): Promise<readonly EventRow[]> {
  return await db.selectFrom('events').selectAll().where('stream', '=', stream).where('seq', '>=', seq).orderBy('seq').execute();
}

/** The state of the snapshot and the events from the one it was made at; null where it has to be made anew. */
function resume(row: StreamRow, events: readonly EventRow[], log: Log): { state: AnyState; events: readonly EventRow[] } | null {
  const [anchor, ...tail] = events;
  if (anchor?.seq !== row.snapshot_seq) return null;
  const fault = ownFaultOf(anchor);
  if (fault !== null) throw new JournalBroken(row.stream, anchor.seq, fault);
  checkChain(tail, anchor);
  if (isIntact(row, anchor)) {
    const state: AnyState = JSON.parse(row.snapshot);
    return { state, events };
  }
  log.warn(
    { stream: row.stream, seq: row.snapshot_seq },
    'a snapshot is not what it was when it was written; it is made anew from the events',
  );
  return null;
}

/** Folds what comes after the first `done` events, up to the first that is not understood. */
function standing(row: StreamRow, fold: Fold, from: AnyState, events: readonly EventRow[], done: number): Standing {
  const end = events.at(-1);
  if (end?.seq !== row.seq) throw new JournalBroken(row.stream, (end?.seq ?? 0) + 1, 'it is missing, or was never counted.');
  let state = from;
  let seq = done === 0 ? 0 : row.snapshot_seq;
  for (const event of events.slice(done)) {
    if (!fold.knows(event.type)) return { state, seq, readOnly: event.type, end };
    state = fold.evolve(state, eventOf(event));
    seq = event.seq;
  }
  return { state, seq, readOnly: null, end };
}
