import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { StoreRefused } from './errors.ts';
import { createJournal } from './migrations/0001-journal.ts';
import { createSideTables } from './migrations/0002-beside-the-journal.ts';
import { createSummaries } from './migrations/0003-summaries.ts';
import type { Db } from './tables.ts';

const TABLE = 'migrations';

/** Every change to the tables, in order; one that was released is never edited, a new one is added below it. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-journal': { up: createJournal },
  '0002-beside-the-journal': { up: createSideTables },
  '0003-summaries': { up: createSummaries },
};

/** Brings the tables up to date, each step in a transaction of its own. */
export async function migrate(db: Db): Promise<void> {
  const provider = { getMigrations: async () => await Promise.resolve(MIGRATIONS) };
  const migrator = new Migrator({ db, provider, migrationTableName: TABLE, migrationLockTableName: `${TABLE}_lock` });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
}

/** Refuses a database that this version can't read as it stands; for those who may not change it. */
export async function checkMigrated(db: Db, file: string): Promise<void> {
  const done = await checkOrigin(db, file);
  const missing = Object.keys(MIGRATIONS).find((name) => !done.includes(name));
  if (missing) throw new StoreRefused('older', `${file} was made by an older Rollbot (it lacks "${missing}"): start Rollbot on it once.`);
}

/** Refuses a database that is somebody else's, or a newer Rollbot's, before anything in it is changed; answers the migrations that were made. */
export async function checkOrigin(db: Db, file: string): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.length === 0) return [];
  if (!tables.some((table) => table.name === TABLE)) {
    throw new StoreRefused('not-a-journal', `${file} is a database, but not one of Rollbot's: name another file, or move it away.`);
  }
  const rows = await db.withTables<{ [TABLE]: { name: string } }>().selectFrom(TABLE).select('name').execute();
  const unknown = rows.find((row) => !Object.hasOwn(MIGRATIONS, row.name));
  if (!unknown) return rows.map((row) => row.name);
  const says = `${file} was written by a newer Rollbot (it has "${unknown.name}"): start that version, or restore a backup from before it.`;
  throw new StoreRefused('newer', says);
}
