import type { StreamId } from '../core/brand.ts';
import { canonicalJson } from '../core/digest.ts';
import type { Json } from '../core/digest.ts';
import type { VerifyFinding } from '../core/ports.ts';
import { eventOf, faultOf, NO_LINK } from './chain.ts';
import type { Link } from './chain.ts';
import { foldOf } from './fold.ts';
import type { Fold, Folds } from './fold.ts';
import { eventsFrom } from './load.ts';
import { lookupsOf } from './lookups.ts';
import { derivedColumns, isIntact } from './snapshot.ts';
import type { Db, EventRow, LookupRow, StreamRow } from './tables.ts';

/** Reads a stream from its first event and compares everything that was computed from it, inside the transaction `db`. */
export async function verifyStream(db: Db, folds: Folds, stream: StreamId<string>): Promise<readonly VerifyFinding[]> {
  const events = await eventsFrom(db, stream, 1);
  const row = await db.selectFrom('streams').selectAll().where('stream', '=', stream).executeTakeFirst();
  const chain = chainFaults(events);
  if (chain.length > 0) return chain;
  const last = events.at(-1);
  if (!row || !last)
    return [{ stream, seq: null, says: row ? 'It has no events at all.' : 'Its events are there, but the stream is not listed.' }];
  if (row.seq !== last.seq) {
    return [{ stream, seq: last.seq, says: `Its events end at ${last.seq}, but ${row.seq} were counted: some are missing.` }];
  }
  return [...stateFaults(foldOf(folds, stream), row, events, last), ...(await lookupFaults(db, stream, events))];
}

function chainFaults(events: readonly EventRow[]): readonly VerifyFinding[] {
  const findings: VerifyFinding[] = [];
  let link: Link = NO_LINK;
  let at = 0;
  for (const event of events) {
    const fault = faultOf(event, link);
    if (fault !== null) findings.push({ stream: event.stream, seq: event.seq, says: `The chain is broken: ${fault}` });
    if (event.at < at) findings.push({ stream: event.stream, seq: event.seq, says: 'Its time is before that of the event before it.' });
    link = event;
    at = event.at;
  }
  return findings;
}

/** Refolds from zero. Where another version of the fold wrote last, there is nothing to compare with. */
function stateFaults(fold: Fold, row: StreamRow, events: readonly EventRow[], last: EventRow): readonly VerifyFinding[] {
  const { stream } = row;
  const unknown = events.find((event) => !fold.knows(event.type));
  if (unknown) {
    return [{ stream, seq: unknown.seq, says: `A newer Rollbot wrote "${unknown.type}" here, so its state can't be checked by this one.` }];
  }
  const anchor = events.find((event) => event.seq === row.snapshot_seq);
  const damaged = { stream, seq: row.snapshot_seq, says: 'The snapshot is not what it was when it was written.' };
  if (!anchor || !isIntact(row, anchor)) return [damaged];
  if (row.snapshot_version !== fold.version || anchor !== last) return [];
  const state = events.reduce((before, event) => fold.evolve(before, eventOf(event)), fold.initial);
  const folded = derivedColumns(fold, stream, state, last);
  const findings: VerifyFinding[] = [];
  if (canonicalText(folded.snapshot) !== canonicalText(row.snapshot)) {
    findings.push({ stream, seq: last.seq, says: 'The snapshot is another state than the events make.' });
  }
  for (const column of ['status', 'channel', 'next_due_at'] as const) {
    if (row[column] === folded[column]) continue;
    findings.push({ stream, seq: last.seq, says: `Its row has ${column} "${row[column]}", but the events make it "${folded[column]}".` });
  }
  return findings;
}

async function lookupFaults(db: Db, stream: StreamId<string>, events: readonly EventRow[]): Promise<readonly VerifyFinding[]> {
  const rows = await db.selectFrom('lookups').selectAll().where('stream', '=', stream).execute();
  const kept = new Set(rows.map(nameOf));
  const made = new Set(lookupsOf(events).map(nameOf));
  const lost = [...made].filter((name) => !kept.has(name)).map((name) => `Its ${name} can't be found: it is not listed as its own.`);
  const stray = [...kept].filter((name) => !made.has(name)).map((name) => `The ${name} is listed as its own, but no event has it.`);
  return [...lost, ...stray].map((says) => ({ stream, seq: null, says }));
}

function nameOf(row: LookupRow): string {
  return `${row.kind} ${row.key}`;
}

function canonicalText(snapshot: string): string {
  const state: Json = JSON.parse(snapshot);
  return canonicalJson(state);
}
