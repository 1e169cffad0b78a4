import { existsSync } from 'node:fs';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { openSqliteStore, StoreFailed, StoreRefused, verifyFile } from '../../src/store/index.ts';
import { opened } from '../contracts/store/happenings.ts';
import { FOLDS, stream, write } from '../contracts/store/subject.ts';
import { change, OWNER, tempPlace } from './place.ts';
import type { Place } from './place.ts';

const TABLES = [
  'claims',
  'events',
  'facts',
  'inbox',
  'lookups',
  'messages',
  'migrations',
  'migrations_lock',
  'outputs',
  'streams',
  'summaries',
];

let place: Place;
beforeEach(async () => {
  place = await tempPlace();
});
afterEach(async () => {
  await place.remove();
});

async function open(): Promise<Store> {
  return await openSqliteStore({ file: place.file, folds: FOLDS, owner: OWNER });
}

async function verify(): Promise<unknown> {
  return await verifyFile(place.file, FOLDS);
}

async function refusal(opening: Promise<unknown>): Promise<StoreRefused> {
  const error = await opening.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreRefused);
  return error as StoreRefused;
}

describe('migrations', () => {
  test('a missing file is made, with its folder and all tables', async () => {
    await (await open()).close();
    const raw = new Database(place.file, { readonly: true });
    expect(raw.prepare(`select name from sqlite_master where type = 'table' order by name`).pluck().all()).toEqual(TABLES);
    raw.close();
  });

  test('an empty file is as good as none', async () => {
    await mkdir(path.dirname(place.file));
    await writeFile(place.file, '');
    const store = await open();
    expect(await write(store, stream('a'), [opened()])).toBe(1);
    await store.close();
  });

  test('opening again makes nothing again', async () => {
    await (await open()).close();
    const raw = new Database(place.file, { readonly: true });
    const made = (): unknown[] => raw.prepare('select * from migrations order by name').all();
    const before = made();
    await (await open()).close();
    expect(before).toHaveLength(3);
    expect(made()).toEqual(before);
    raw.close();
  });

  test('a start that was cut off between two migrations goes on where it was', async () => {
    await (await open()).close();
    change(
      place.file,
      `drop table inbox; drop table outputs; drop table messages; drop table facts; drop table summaries; drop index streams_seq; delete from migrations where name > '0002'`,
    );
    expect(await refusal(verifyFile(place.file, FOLDS))).toMatchObject({
      code: 'older',
      message: expect.stringContaining('start Rollbot on it once'),
    });
    const store = await open();
    await store.setFact('workspace', 'T01');
    await store.close();
    expect(await verifyFile(place.file, FOLDS)).toEqual([]);
  });

  test('a database that a newer version has migrated is refused, by the owner and by a reader', async () => {
    await (await open()).close();
    change(place.file, `insert into migrations values ('0009-from-the-future', '2030-01-01T00:00:00.000Z')`);
    for (const attempt of [open, verify]) {
      const error = await refusal(attempt());
      expect(error).toMatchObject({ code: 'newer', message: expect.stringContaining('newer Rollbot (it has "0009-from-the-future")') });
    }
  });
});

describe('files that are none of ours', () => {
  test.each([
    ['a text', 'not a database at all, but long enough to look at'],
    ['a short text', 'xy'],
  ])('%s is refused and left as it was', async (_, text) => {
    await mkdir(path.dirname(place.file));
    await writeFile(place.file, text);
    for (const attempt of [open, verify]) expect(await refusal(attempt())).toMatchObject({ code: 'not-a-database' });
    expect(await readFile(place.file, 'utf8')).toBe(text);
  });

  test("somebody else's database is refused and left as it was", async () => {
    await mkdir(path.dirname(place.file));
    change(place.file, 'create table recipes (name text)');
    const before = await readFile(place.file);
    for (const attempt of [open, verify]) expect(await refusal(attempt())).toMatchObject({ code: 'not-a-journal' });
    expect((await readFile(place.file)).equals(before)).toBe(true);
  });

  test('a journal that is not there can not be verified, and is not made by that', async () => {
    expect(await refusal(verifyFile(place.file, FOLDS))).toMatchObject({ code: 'missing' });
    expect(existsSync(place.file)).toBe(false);
  });

  test('a folder that can not be made is said in a sentence', async () => {
    await writeFile(path.dirname(place.file), 'a file where the folder should be');
    const error = await open().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreFailed);
    expect(error).toMatchObject({ code: 'not-writable', message: expect.stringContaining('check its path') });
  });
});

describe('a damaged file', () => {
  test('pages that were overwritten are found by verify', async () => {
    const store = await open();
    for (let index = 0; index < 50; index += 1) await write(store, stream(`s${index}`), [opened('x'.repeat(2000))]);
    await store.close();
    const bytes = await readFile(place.file);
    bytes.fill(0xff, 10 * 4096, 20 * 4096);
    await writeFile(place.file, bytes);
    const findings = await verifyFile(place.file, FOLDS);
    expect(findings[0]).toMatchObject({ stream: 'store/file', says: expect.stringContaining('damaged') });
  });

  test('a file that was cut short is found', async () => {
    const store = await open();
    for (let index = 0; index < 50; index += 1) await write(store, stream(`s${index}`), [opened('x'.repeat(2000))]);
    await store.close();
    await truncate(place.file, 10 * 4096);
    const findings = await verifyFile(place.file, FOLDS);
    expect(findings[0]).toMatchObject({ stream: 'store/file', says: expect.stringContaining('damaged') });
  });

  test('events of a stream that is not listed are found', async () => {
    const store = await open();
    await write(store, stream('a'), [opened()]);
    change(place.file, 'delete from streams');
    expect(await store.verify()).toMatchObject([{ stream: 'store/file', says: expect.stringContaining('events') }]);
    await store.close();
  });
});
