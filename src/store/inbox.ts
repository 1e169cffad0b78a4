import { sql } from 'kysely';
import type { Instant } from '../core/brand.ts';
import type { Json } from '../core/digest.ts';
import type { InboxRow, Store } from '../core/ports.ts';
import type { Db } from './tables.ts';

/** What came in, kept from before it is acknowledged until some time after it was dealt with. */
export function inboxOf(db: Db): Pick<Store, 'accept' | 'pendingInbox' | 'settleInbox' | 'dropInbox' | 'prune'> {
  return {
    async accept(key, kind, body, now) {
      const ordinal = sql<number>`(select coalesce(max(ordinal), 0) + 1 from inbox)`;
      const result = await db
        .insertInto('inbox')
        .values({ key, ordinal, kind, body: JSON.stringify(body), at: now, settled_at: null })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    pendingInbox: async (options = {}) => await pending(db, options),
    async settleInbox(key, now) {
      await db.updateTable('inbox').set({ settled_at: now }).where('key', '=', key).where('settled_at', 'is', null).execute();
    },
    async dropInbox(keys) {
      for (let from = 0; from < keys.length; from += MOST_KEYS) {
        await db
          .deleteFrom('inbox')
          .where('key', 'in', keys.slice(from, from + MOST_KEYS))
          .execute();
      }
    },
    async prune(before) {
      await db.deleteFrom('inbox').where('settled_at', '<', before).execute();
    },
  };
}

/** A statement takes only so many values. */
const MOST_KEYS = 500;

async function pending(db: Db, { kinds, except, limit }: NonNullable<Parameters<Store['pendingInbox']>[0]>): Promise<readonly InboxRow[]> {
  let query = db.selectFrom('inbox').select(['key', 'kind', 'body', 'at']).where('settled_at', 'is', null).orderBy('ordinal');
  if (kinds) query = query.where('kind', 'in', kinds);
  if (except) query = query.where('kind', 'not in', except);
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(readRow);
}

function readRow(row: { key: string; kind: string; body: string; at: Instant }): InboxRow {
  const body: Json = JSON.parse(row.body);
  return { key: row.key, kind: row.kind, body, at: row.at };
}
