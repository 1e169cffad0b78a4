import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreOwned } from './errors.ts';
import type { Holder, Owner } from './errors.ts';
import { explainFailure } from './sqlite-failure.ts';

export type Ownership = { readonly release: () => void };

/**
 * Makes this process the only owner of a database, or throws `StoreOwned` with the name of the one that is.
 *
 * What counts is the operating system's lock on `<file>.lock`: it ends with its process however that ends, so no stale
 * one has to be recognised, and it also holds between containers that can't see each other's processes. SQLite is what
 * takes it, because Node has no file locks of its own. `<file>.lock.json` only says whose it is.
 */
export function takeOwnership(file: string, owner: Owner): Ownership {
  const path = realPath(file);
  const card = `${path}.lock.json`;
  const lock = openLock(path);
  try {
    // Nothing is ever written to it, so it needs no journal file beside it.
    lock.pragma('journal_mode = memory');
    lock.exec('begin exclusive');
    writeFileSync(card, `${JSON.stringify({ ...owner, host: hostname() } satisfies Holder)}\n`);
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') throw new StoreOwned(file, readCard(card));
    throw explainFailure(`${path}.lock`)(error);
  }
  return {
    release() {
      if (!lock.open) return;
      rmSync(card, { force: true });
      lock.close();
    },
  };
}

/** However a file is linked to, it has one lock. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

/** The lock's file stays empty and stays where it is: removing it would let two processes lock two different files. */
function openLock(file: string): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new Database(`${file}.lock`, { timeout: 0 });
  } catch (error) {
    throw explainFailure(`${file}.lock`)(error);
  }
}

function readCard(file: string): Holder | null {
  try {
    const card: Partial<Record<keyof Holder, unknown>> = JSON.parse(readFileSync(file, 'utf8'));
    return { pid: Number(card.pid), startedAt: Number(card.startedAt), host: String(card.host) };
  } catch {
    return null;
  }
}
