import type { Kysely } from 'kysely';

/** The journal and what is computed from it. */
export async function createJournal(db: Kysely<unknown>): Promise<void> {
  await createStreams(db);
  await createEvents(db);
  await createLookups(db);
  await createClaims(db);
}

async function createStreams(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('streams')
    .addColumn('stream', 'text', (column) => column.primaryKey().notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('channel', 'text')
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('next_due_at', 'bigint')
    .addColumn('snapshot_seq', 'integer', (column) => column.notNull())
    .addColumn('snapshot_version', 'text', (column) => column.notNull())
    .addColumn('snapshot_digest', 'text', (column) => column.notNull())
    .addColumn('snapshot', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('streams_next_due_at').on('streams').column('next_due_at').execute();
  await db.schema.createIndex('streams_opened_at').on('streams').column('opened_at').execute();
  await db.schema.createIndex('streams_channel').on('streams').column('channel').execute();
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('stream', 'text', (column) => column.notNull().references('streams.stream'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('prev', 'text')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_key', ['stream', 'seq'])
    .execute();
}

async function createLookups(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lookups')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull().references('streams.stream'))
    .addPrimaryKeyConstraint('lookups_key', ['kind', 'key'])
    .execute();
  await db.schema.createIndex('lookups_stream').on('lookups').column('stream').execute();
}

async function createClaims(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('claims')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .execute();
}
