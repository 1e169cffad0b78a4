import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { StoreFailed, StoreRefused } from './errors.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { explainFailure } from './sqlite-failure.ts';
import type { Tables } from './tables.ts';

export type SqliteFile = {
  readonly file: string;
  readonly db: Kysely<Tables>;
  /** The connection under `db`, for what only SQLite has. */
  readonly raw: Database.Database;
  /** Waits for what is being done, then closes; a second call does nothing. */
  close(): Promise<void>;
};

export type SqliteMode = { readonly readonly?: boolean; readonly busyTimeoutMs?: number };

const BUSY_TIMEOUT_MS = 5000;
const WAL_TRIES = 40;
const WAL_PAUSE_MS = 50;

/** Opens the file, or makes it and its folder; what is in it is not changed yet, and nobody else is kept out by this. */
export async function openSqliteFile(
  file: string,
  { readonly = false, busyTimeoutMs = BUSY_TIMEOUT_MS }: SqliteMode = {},
): Promise<SqliteFile> {
  const explain = explainFailure(file);
  if (readonly && !existsSync(file)) throw new StoreRefused('missing', `There is no journal at ${file}: check the path.`);
  try {
    if (!readonly) mkdirSync(dirname(file), { recursive: true });
    const raw = new Database(file, { readonly, fileMustExist: readonly, timeout: busyTimeoutMs });
    try {
      raw.pragma('foreign_keys = on');
      raw.pragma('schema_version');
    } catch (error) {
      raw.close();
      throw error;
    }
    return openedFile(file, raw, new Kysely<Tables>({ dialect: sqliteDialect(raw, explain) }));
  } catch (error) {
    if (isCode(error, 'SQLITE_NOTADB'))
      throw new StoreRefused('not-a-database', `${file} is no SQLite database: name another file, or move it away.`, error);
    throw explain(error);
  }
}

/** Makes every answered write one that survives a power cut; from now on the file is kept with a write-ahead log beside it. */
export async function makeDurable({ file, raw }: SqliteFile): Promise<void> {
  try {
    await switchToWal(raw, file);
    // The library's own default in WAL mode is NORMAL, with which a power cut takes the last commits away.
    raw.pragma('synchronous = full');
    // Only macOS knows this one: there a plain fsync stops at the disk's cache.
    raw.pragma('fullfsync = on');
  } catch (error) {
    throw explainFailure(file)(error);
  }
}

function openedFile(file: string, raw: Database.Database, db: Kysely<Tables>): SqliteFile {
  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    // The one connection is handed out in turn, so what was asked before this is done before this.
    await db.connection().execute(async () => await Promise.resolve());
    raw.close();
  }
  return { file, db, raw, close: async () => await (closing ??= close()) };
}

/** Tries again for a while, because SQLite does not wait here while another process is looking at the file. */
async function switchToWal(raw: Database.Database, file: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const mode = raw.pragma('journal_mode = wal', { simple: true });
      if (mode === 'wal') return;
      throw new StoreFailed('not-writable', `${file} can't be written ahead (it stays in mode "${String(mode)}"): put it on a local disk.`);
    } catch (error) {
      if (!isCode(error, 'SQLITE_BUSY') || tries === WAL_TRIES) throw error;
    }
    await sleep(WAL_PAUSE_MS);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith(code);
}
