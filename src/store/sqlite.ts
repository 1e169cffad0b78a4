import type { StreamId } from '../core/brand.ts';
import type { Log, Store, VerifyFinding } from '../core/ports.ts';
import { StoreFailed } from './errors.ts';
import type { Owner } from './errors.ts';
import type { Folds } from './fold.ts';
import { checkMigrated, checkOrigin, migrate } from './migrations.ts';
import { takeOwnership } from './ownership.ts';
import { refreshStreams } from './refresh.ts';
import { createSqlStore } from './sql-store.ts';
import { explainFailure } from './sqlite-failure.ts';
import { makeDurable, openSqliteFile } from './sqlite-file.ts';
import type { SqliteFile } from './sqlite-file.ts';

export type SqliteStoreOptions = {
  /** Made, with its folder, where it is missing. */
  readonly file: string;
  readonly folds: Folds;
  readonly log?: Log;
  readonly owner: Owner;
};

/** What can be done with a journal that belongs to another process, or to none. */
export type StoreReader = Pick<
  Store,
  'load' | 'events' | 'streams' | 'streamOf' | 'claims' | 'readOutput' | 'messages' | 'getFact' | 'verify' | 'close'
>;

/** Names what a finding is about where it is the database file. */
const FILE = 'store/file' as StreamId<string>;

/** Opens the journal as its one owner; throws `StoreOwned` or `StoreRefused` with a sentence where that can't be. */
export async function openSqliteStore({ file, folds, log = SILENT, owner }: SqliteStoreOptions): Promise<Store> {
  const ownership = takeOwnership(file, owner);
  try {
    const opened = await openSqliteFile(file);
    try {
      await checkOrigin(opened.db, file);
      await makeDurable(opened);
      await migrate(opened.db);
      await refreshStreams(opened.db, { folds, log });
      return storeOn(opened, { folds, log }, ownership.release);
    } catch (error) {
      await opened.close();
      throw error;
    }
  } catch (error) {
    ownership.release();
    throw error;
  }
}

/** Opens the journal to read it, whoever owns it. */
export async function openSqliteReader({ file, folds, log = SILENT }: Omit<SqliteStoreOptions, 'owner'>): Promise<StoreReader> {
  const opened = await openSqliteFile(file, { readonly: true });
  try {
    await checkMigrated(opened.db, file);
    return storeOn(opened, { folds, log }, () => undefined);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Checks a journal without owning it; an empty answer means that all is well. */
export async function verifyFile(file: string, folds: Folds): Promise<readonly VerifyFinding[]> {
  return await damageAsFinding(file, async () => {
    const reader = await openSqliteReader({ file, folds });
    try {
      return await reader.verify();
    } finally {
      await reader.close();
    }
  });
}

/** The store on an open file that has all tables. */
export function storeOn(opened: SqliteFile, loading: { readonly folds: Folds; readonly log: Log }, onClose: () => void): Store {
  const store = createSqlStore({
    db: opened.db,
    ...loading,
    checkFiles: async () => await Promise.resolve(fileFaults(opened)),
    async close() {
      await opened.close();
      onClose();
    },
  });
  return { ...store, verify: async () => await damageAsFinding(opened.file, async () => await store.verify()) };
}

function fileFaults({ raw }: SqliteFile): readonly VerifyFinding[] {
  const said = raw.prepare<[], string>('pragma integrity_check').pluck().all();
  const damage = said.filter((line) => line !== 'ok').map((line) => `The database file is damaged: ${line}`);
  const loose = raw.prepare<[], string>('pragma foreign_key_check').pluck().all();
  const strays = [...new Set(loose)].map((table) => `The table ${table} has rows of streams that are not listed.`);
  return [...damage, ...strays].map((says) => ({ stream: FILE, seq: null, says }));
}

/** A file that SQLite can't even look through is what a check is there to find. */
async function damageAsFinding(file: string, check: () => Promise<readonly VerifyFinding[]>): Promise<readonly VerifyFinding[]> {
  try {
    return await check();
  } catch (error) {
    const failure = explainFailure(file)(error);
    if (failure instanceof StoreFailed && failure.code === 'damaged') return [{ stream: FILE, seq: null, says: failure.message }];
    throw failure;
  }
}

const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
