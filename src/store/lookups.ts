import type { StreamId } from '../core/brand.ts';
import { eventOf } from './chain.ts';
import { StoreFailed } from './errors.ts';
import type { Db, EventRow, LookupRow } from './tables.ts';

/** What people and buttons will ask for by name: the runs that start in these events, and the tokens in them. */
export function lookupsOf(rows: readonly EventRow[]): readonly LookupRow[] {
  const found = new Map<string, LookupRow>();
  for (const row of rows) {
    const event = eventOf(row);
    if (event.type === 'run-started' && 'run' in event && typeof event.run === 'string') {
      found.set(`run ${event.run}`, { kind: 'run', key: event.run, stream: row.stream });
    }
    if ('token' in event && typeof event.token === 'string') {
      found.set(`token ${event.token}`, { kind: 'token', key: event.token, stream: row.stream });
    }
  }
  return [...found.values()];
}

/** Keeps where runs and tokens belong; throws where another stream has the same one, so that no click can go astray. */
export async function writeLookups(db: Db, rows: readonly EventRow[]): Promise<void> {
  const lookups = lookupsOf(rows);
  if (lookups.length === 0) return;
  await db
    .insertInto('lookups')
    .values(lookups)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const lookup of lookups) {
    const stream = await findByKey(db, lookup);
    if (stream === lookup.stream) continue;
    throw new StoreFailed(
      'misused',
      `The ${lookup.kind} "${lookup.key}" of ${lookup.stream} belongs to ${stream} already; make a new one.`,
    );
  }
}

/** The stream that a run or a token belongs to. */
export async function findByKey(db: Db, { kind, key }: Pick<LookupRow, 'kind' | 'key'>): Promise<StreamId<string> | null> {
  const row = await db.selectFrom('lookups').select('stream').where('kind', '=', kind).where('key', '=', key).executeTakeFirst();
  return row?.stream ?? null;
}

/** The open incident of a channel, else the one that was opened there last. */
export async function findByChannel(db: Db, channel: string): Promise<StreamId<string> | null> {
  const row = await db
    .selectFrom('streams')
    .select('stream')
    .where('channel', '=', channel)
    .orderBy((order) => order.case().when('status', '=', 'closed').then(1).else(0).end())
    .orderBy('opened_at', 'desc')
    .orderBy('stream')
    .executeTakeFirst();
  return row?.stream ?? null;
}
