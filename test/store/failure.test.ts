import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { StoreFailed } from '../../src/store/index.ts';
import { migrate } from '../../src/store/migrations.ts';
import { makeDurable, openSqliteFile } from '../../src/store/sqlite-file.ts';
import type { SqliteFile } from '../../src/store/sqlite-file.ts';
import { storeOn } from '../../src/store/sqlite.ts';
import { opened, shown } from '../contracts/store/happenings.ts';
import { at, FOLD, FOLDS, foldsWith, keepingLog, stream, write } from '../contracts/store/subject.ts';
import { tempPlace } from './place.ts';
import type { Place } from './place.ts';

const A = stream('a');

let place: Place;
let opening: SqliteFile;
let store: Store;
beforeEach(async () => {
  place = await tempPlace();
  opening = await openSqliteFile(place.file, { busyTimeoutMs: 20 });
  await makeDurable(opening);
  await migrate(opening.db);
  store = storeOn(opening, { folds: FOLDS, log: keepingLog([]) }, () => undefined);
  await write(store, A, [opened()]);
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

test('a full disk is said in a sentence, leaves nothing half-written, and passes when there is room again', async () => {
  const pages = opening.raw.pragma('page_count', { simple: true }) as number;
  opening.raw.pragma(`max_page_count = ${pages + 2}`);
  const many = Array.from({ length: 500 }, (_, index) => shown(`a-rather-long-token-${index}`));
  const claims = { take: [{ key: 'worker:api', holder: 'r1' }] };
  const error = await store.append([{ stream: A, expectedSeq: 1, facts: many }], claims, at(1)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreFailed);
  expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('make room') });
  expect(await store.events(A)).toHaveLength(1);
  expect(await store.claims()).toEqual([]);
  opening.raw.pragma('max_page_count = 100000');
  expect(await write(store, A, many)).toBe(501);
  expect(await store.verify()).toMatchObject([]);
});

test('a database that another process keeps locked is said in a sentence, and passes when it is let go', async () => {
  const other = new Database(place.file);
  other.exec('begin immediate');
  const error = await write(store, A, [shown('t1')]).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreFailed);
  expect(error).toMatchObject({ code: 'locked', message: expect.stringContaining('keeps') });
  await expect(store.setFact('workspace', 'T01')).rejects.toThrow('locked');
  expect(await store.load(A)).toMatchObject({ seq: 1 });
  other.exec('rollback');
  other.close();
  expect(await write(store, A, [shown('t1')])).toBe(2);
});

test('a fold that throws half-way undoes the whole append', async () => {
  const broken = storeOn(opening, { folds: foldsWith({ ...FOLD, evolve: failToFold }), log: keepingLog([]) }, () => undefined);
  const writes = [{ stream: stream('b'), expectedSeq: 0, facts: [opened()] }];
  await expect(broken.append(writes, { take: [{ key: 'worker:api', holder: 'r1' }] }, at(1))).rejects.toThrow('This fold is broken.');
  expect(await store.claims()).toEqual([]);
  expect(await write(store, stream('b'), [opened()])).toBe(1);
});

test('an error for which the database has rolled back by itself is the one that is thrown', async () => {
  const evolve = (): never => {
    opening.raw.exec('rollback');
    return failToFold();
  };
  const broken = storeOn(opening, { folds: foldsWith({ ...FOLD, evolve }), log: keepingLog([]) }, () => undefined);
  await expect(broken.append([{ stream: A, expectedSeq: 1, facts: [shown('t1')] }], {}, at(1))).rejects.toThrow('This fold is broken.');
  expect(await write(store, A, [shown('t1')])).toBe(2);
});

test('what was asked before closing is done, what is asked after it is refused in a sentence', async () => {
  const appending = store.append([{ stream: A, expectedSeq: 1, facts: [shown('t1')] }], {}, at(1));
  const setting = store.setFact('workspace', 'T01');
  await store.close();
  await setting;
  expect(await appending).toMatchObject({ status: 'ok' });
  const error = await store.getFact('workspace').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreFailed);
  expect(error).toMatchObject({ code: 'closed' });
});

function failToFold(): never {
  throw new Error('This fold is broken.');
}
