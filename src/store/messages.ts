import type { Json } from '../core/digest.ts';
import type { MessageRow, Store } from '../core/ports.ts';
import type { Db, Tables } from './tables.ts';

/** Where a stream's messages stand in chat, and what they said last. */
export function messagesOf(db: Db): Pick<Store, 'message' | 'saveMessage' | 'messages'> {
  return {
    async message(stream, key) {
      const row = await db.selectFrom('messages').selectAll().where('stream', '=', stream).where('key', '=', key).executeTakeFirst();
      return row ? readRow(row) : null;
    },
    async saveMessage(stream, key, { status, channel, ts, digest, extra }) {
      const columns = { status, channel, ts, digest, extra: JSON.stringify(extra) };
      await db
        .insertInto('messages')
        .values({ stream, key, ...columns })
        .onConflict((conflict) => conflict.columns(['stream', 'key']).doUpdateSet(columns))
        .execute();
    },
    async messages(stream) {
      const rows = await db.selectFrom('messages').selectAll().where('stream', '=', stream).orderBy('key').execute();
      return rows.map((row) => ({ ...readRow(row), key: row.key }));
    },
  };
}

function readRow(row: Tables['messages']): MessageRow {
  const extra: Json = JSON.parse(row.extra);
  return { status: row.status, channel: row.channel, ts: row.ts, digest: row.digest, extra };
}
