import type { StreamId } from '../core/brand.ts';
import type { Json } from '../core/digest.ts';
import type { Kind } from '../core/kinds.ts';
import type { Store } from '../core/ports.ts';
import type { Db } from './tables.ts';

/** Summaries of streams beside the journal, and how much there is of everything. */
export function summariesOf(db: Db): Pick<Store, 'summaries' | 'staleSummaries' | 'saveSummary' | 'size'> {
  return {
    async summaries(kind) {
      const rows = await db
        .selectFrom('summaries')
        .select(['stream', 'summary'])
        .where('stream', '>=', first(kind))
        .where('stream', '<', afterLast(kind))
        .execute();
      return rows.map(({ stream, summary }) => ({ stream: stream as StreamId<typeof kind>, summary: JSON.parse(summary) as Json }));
    },
    async staleSummaries(kind, version) {
      const rows = await db
        .selectFrom('streams')
        .leftJoin('summaries', 'summaries.stream', 'streams.stream')
        .select('streams.stream')
        .where('streams.stream', '>=', first(kind))
        .where('streams.stream', '<', afterLast(kind))
        .where((where) =>
          where.or([
            where('summaries.seq', 'is', null),
            where('summaries.version', '!=', version),
            where('summaries.seq', '!=', where.ref('streams.seq')),
          ]),
        )
        .execute();
      return rows.map(({ stream }) => stream as StreamId<typeof kind>);
    },
    async saveSummary(stream, { seq, version, summary }) {
      const row = { seq, version, summary: JSON.stringify(summary) };
      await db
        .insertInto('summaries')
        .values({ stream, ...row })
        .onConflict((conflict) => conflict.column('stream').doUpdateSet(row))
        .execute();
    },
    async size() {
      const { streams, events } = await db
        .selectFrom('streams')
        .select((select) => [select.fn.countAll<number>().as('streams'), select.fn.sum<number | null>('seq').as('events')])
        .executeTakeFirstOrThrow();
      const { inbox } = await db
        .selectFrom('inbox')
        .select((select) => select.fn.countAll<number>().as('inbox'))
        .where('settled_at', 'is', null)
        .executeTakeFirstOrThrow();
      return { streams, events: events ?? 0, inbox };
    },
  };
}

/** The ids of a kind begin with its name and a slash; what follows the slash in the alphabet is a zero. */
function first(kind: Kind): StreamId<string> {
  return `${kind}/` as StreamId<string>;
}

function afterLast(kind: Kind): StreamId<string> {
  return `${kind}0` as StreamId<string>;
}
