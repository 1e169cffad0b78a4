import type { Kysely } from 'kysely';

/** What is kept beside the journal and can't be computed from it. */
export async function createSideTables(db: Kysely<unknown>): Promise<void> {
  await createInbox(db);
  await createOutputs(db);
  await createMessages(db);
  await createFacts(db);
}

async function createInbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('inbox')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ordinal', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await db.schema.createIndex('inbox_ordinal').on('inbox').column('ordinal').execute();
  await db.schema.createIndex('inbox_settled_at').on('inbox').column('settled_at').execute();
}

async function createOutputs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outputs')
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('outputs_key', ['run', 'step', 'attempt'])
    .execute();
}

async function createMessages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('messages')
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('ts', 'text')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('extra', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('messages_key', ['stream', 'key'])
    .execute();
}

async function createFacts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('facts')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}
