import type { Store } from '../core/ports.ts';
import { findByChannel, findByKey } from './lookups.ts';
import type { Db } from './tables.ts';

/** Finds streams: those that are owed something, those that are open, and the one that something belongs to. */
export function streamsOf(db: Db): Pick<Store, 'dueStreams' | 'nextDueAt' | 'streams' | 'streamOf' | 'claims'> {
  return {
    async dueStreams(now) {
      const rows = await db
        .selectFrom('streams')
        .select('stream')
        .where('next_due_at', '<=', now)
        .orderBy('next_due_at')
        .orderBy('stream')
        .execute();
      return rows.map((row) => row.stream);
    },
    async nextDueAt() {
      const row = await db
        .selectFrom('streams')
        .select('next_due_at')
        .where('next_due_at', 'is not', null)
        .orderBy('next_due_at')
        .executeTakeFirst();
      return row?.next_due_at ?? null;
    },
    async streams({ includeClosed = false, limit } = {}) {
      let query = db.selectFrom('streams').select('stream').orderBy('opened_at', 'desc').orderBy('stream', 'desc');
      if (!includeClosed) query = query.where('status', '=', 'open');
      if (limit !== undefined) query = query.limit(limit);
      return (await query.execute()).map((row) => row.stream);
    },
    async streamOf(key) {
      if ('run' in key) return await findByKey(db, { kind: 'run', key: key.run });
      if ('token' in key) return await findByKey(db, { kind: 'token', key: key.token });
      return await findByChannel(db, key.channel);
    },
    claims: async () => await db.selectFrom('claims').select(['key', 'holder', 'since']).orderBy('key').execute(),
  };
}
