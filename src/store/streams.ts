import { sql } from 'kysely';
import type { StreamId } from '../core/brand.ts';
import type { Kind } from '../core/kinds.ts';
import type { Store } from '../core/ports.ts';
import type { Folds } from './fold.ts';
import { findByChannel, findByKey } from './lookups.ts';
import type { Db } from './tables.ts';

/** Finds streams: those that are owed something, those that are open, and the one that something belongs to. */
export function streamsOf(db: Db, folds: Folds): Pick<Store, 'dueStreams' | 'nextDueAt' | 'streams' | 'streamOf' | 'claims'> {
  // What a newer Rollbot has written last is only read here, so nothing is owed by this one.
  const versions = Object.values(folds).map(({ version }) => version);
  const due = db.selectFrom('streams').where('snapshot_version', 'in', versions).orderBy('next_due_at');
  return {
    async dueStreams(now) {
      const rows = await due.select('stream').where('next_due_at', '<=', now).orderBy('stream').execute();
      return rows.map((row) => row.stream as StreamId<Kind>);
    },
    async nextDueAt() {
      const row = await due.select('next_due_at').where('next_due_at', 'is not', null).executeTakeFirst();
      return row?.next_due_at ?? null;
    },
    async streams<K extends Kind = 'incident'>({ kind, includeClosed = false, limit }: Parameters<Store['streams']>[0] = {}) {
      let query = db
        .selectFrom('streams')
        .select('stream')
        .where((where) => where(sql<string>`stream`, 'like', `${kind ?? 'incident'}/%`))
        .orderBy('opened_at', 'desc')
        .orderBy('stream', 'desc');
      if (!includeClosed) query = query.where('status', 'not in', ['none', 'closed']);
      if (limit !== undefined) query = query.limit(limit);
      return (await query.execute()).map((row) => row.stream as StreamId<K>);
    },
    async streamOf(key) {
      const found =
        'run' in key
          ? await findByKey(db, { kind: 'run', key: key.run })
          : 'token' in key
            ? await findByKey(db, { kind: 'token', key: key.token })
            : await findByChannel(db, key.channel);
      return found as StreamId | null;
    },
    claims: async () => await db.selectFrom('claims').select(['key', 'holder', 'since']).orderBy('key').execute(),
  };
}
