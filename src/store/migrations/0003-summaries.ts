import type { Kysely } from 'kysely';

/** What is computed from whole streams, kept so that lists over all of them need not read them again. */
export async function createSummaries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('summaries')
    .addColumn('stream', 'text', (column) => column.primaryKey().notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('summary', 'text', (column) => column.notNull())
    .execute();
  // So that what is stale is found without a look at the snapshots, which are large.
  await db.schema.createIndex('streams_seq').on('streams').columns(['stream', 'seq']).execute();
}
