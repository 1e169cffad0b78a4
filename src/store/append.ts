import type { Instant } from '../core/brand.ts';
import type { AppendResult, ClaimChange, Write } from '../core/ports.ts';
import { eventOf, sealEvent } from './chain.ts';
import { changeClaims, heldClaim } from './claims.ts';
import { StoreFailed } from './errors.ts';
import { foldOf } from './fold.ts';
import type { AnyEvent, AnyFact, Folds } from './fold.ts';
import { loadStream } from './load.ts';
import type { Loading, Standing } from './load.ts';
import { writeLookups } from './lookups.ts';
import { derivedColumns } from './snapshot.ts';
import type { Db, EventRow } from './tables.ts';

/** Writes events to several streams and moves claims, inside the transaction `db`: everything, or nothing at all. */
export async function appendAll(
  db: Db,
  loading: Loading,
  writes: readonly Write[],
  claims: ClaimChange,
  now: Instant,
): Promise<AppendResult> {
  checkWrites(writes, loading.folds);
  const standings = new Map<Write, Standing>();
  for (const write of writes) {
    const standing = await loadStream(db, loading, write.stream);
    if (standing.readOnly !== null) return { status: 'read-only', type: standing.readOnly };
    if (standing.seq !== write.expectedSeq) return { status: 'conflict' };
    standings.set(write, standing);
  }
  const held = await heldClaim(db, claims);
  if (held) return held;
  await changeClaims(db, claims, now);
  const seqs: Record<string, number> = {};
  for (const [write, standing] of standings) seqs[write.stream] = await writeStream(db, loading.folds, write, standing, now);
  return { status: 'ok', seqs };
}

async function writeStream(db: Db, folds: Folds, write: Write, standing: Standing, now: Instant): Promise<number> {
  const fold = foldOf(folds, write.stream);
  const rows = sealAll(write, standing, now);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return standing.seq;
  // What is folded is what will be read back, so that a later refold can't come to another state.
  const state = rows.reduce((before, row) => fold.evolve(before, eventOf(row)), standing.state);
  const columns = derivedColumns(fold, write.stream, state, last);
  await db
    .insertInto('streams')
    .values({ ...columns, opened_at: first.at })
    .onConflict((conflict) => conflict.column('stream').doUpdateSet(columns))
    .execute();
  await db.insertInto('events').values(rows).execute();
  await writeLookups(db, rows);
  return last.seq;
}

function sealAll(write: Write, standing: Standing, now: Instant): EventRow[] {
  const rows: EventRow[] = [];
  const at = Math.max(now, standing.end.at) as Instant;
  for (const fact of write.facts) {
    const event: AnyEvent = { ...fact, at };
    rows.push(sealEvent(write.stream, rows.at(-1) ?? standing.end, event));
  }
  return rows;
}

function checkWrites(writes: readonly Write[], folds: Folds): void {
  if (new Set(writes.map((write) => write.stream)).size < writes.length) {
    throw new StoreFailed('misused', 'One append names the same stream twice; put its events into one write.');
  }
  const unknown = writes
    .flatMap(({ stream, facts }) => facts.map((fact: AnyFact) => ({ ...fact, fold: foldOf(folds, stream) })))
    .find(({ type, fold }) => !fold.knows(type));
  if (unknown) throw new StoreFailed('misused', `This Rollbot does not know events of type "${unknown.type}", so it can't write one.`);
}
