import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Store } from '../../src/core/ports.ts';
import type { Folds } from '../../src/store/index.ts';
import { openSqliteStore } from '../../src/store/index.ts';
import { makeDurable, openSqliteFile } from '../../src/store/sqlite-file.ts';
import { storeOn } from '../../src/store/sqlite.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';

export const OWNER = { pid: process.pid, startedAt: 1_700_000_000_000 };

/** Where a test's database goes; neither it nor its folder is there yet. */
export type Place = { readonly file: string; readonly remove: () => Promise<void> };

/** A place of its own for one test. */
export async function tempPlace(): Promise<Place> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-store-'));
  return { file: path.join(folder, 'data', 'rollbot.db'), remove: async () => await rm(folder, { recursive: true, force: true }) };
}

/** A store on a file of its own, as the contract wants it. */
export async function sqliteSubject(folds: Folds): Promise<Subject> {
  const { file, remove } = await tempPlace();
  const logged: string[] = [];
  const log = keepingLog(logged);
  let store = await openSqliteStore({ file, folds, log, owner: OWNER });
  const others: Store[] = [];
  return {
    get store() {
      return store;
    },
    logged,
    async second() {
      const other = await openUnowned(file, folds);
      others.push(other);
      return other;
    },
    async reopen(next = folds) {
      await store.close();
      store = await openSqliteStore({ file, folds: next, log, owner: OWNER });
      return store;
    },
    async meddle(sql) {
      await Promise.resolve(change(file, sql));
    },
    async end() {
      for (const each of [...others, store]) await each.close();
      await remove();
    },
  };
}

/** A handle that does not ask who owns the file, which only tests may have. */
export async function openUnowned(file: string, folds: Folds): Promise<Store> {
  const opened = await openSqliteFile(file);
  await makeDurable(opened);
  return storeOn(opened, { folds, log: keepingLog([]) }, () => undefined);
}

/** Changes the tables as somebody with a database shell would, who is not held up by foreign keys. */
export function change(file: string, sql: string): void {
  const raw = new Database(file);
  raw.pragma('foreign_keys = off');
  raw.exec(sql);
  raw.close();
}
