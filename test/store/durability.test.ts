import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrations.ts';
import { openSqliteStore, verifyFile } from '../../src/store/index.ts';
import { makeDurable, openSqliteFile } from '../../src/store/sqlite-file.ts';
import { storeOn } from '../../src/store/sqlite.ts';
import { opened } from '../contracts/store/happenings.ts';
import { FOLDS, keepingLog, stream, write } from '../contracts/store/subject.ts';
import { openUnowned, OWNER, tempPlace } from './place.ts';
import type { Place } from './place.ts';
import { startProgram } from './program.ts';

const A = stream('a');

let place: Place;
beforeEach(async () => {
  place = await tempPlace();
});
afterEach(async () => {
  await place.remove();
});

test('every commit is synced to the disk, also after something was written', async () => {
  const opening = await openSqliteFile(place.file);
  await makeDurable(opening);
  await migrate(opening.db);
  const store = storeOn(opening, { folds: FOLDS, log: keepingLog([]) }, () => undefined);
  await write(store, A, [opened()]);
  await store.setFact('workspace', 'T01');
  const pragma = (name: string): unknown => opening.raw.pragma(name, { simple: true });
  expect({ journal: pragma('journal_mode'), synchronous: pragma('synchronous'), keys: pragma('foreign_keys') }).toEqual({
    journal: 'wal',
    synchronous: 2,
    keys: 1,
  });
  await store.close();
});

test('nothing that was answered is lost when the process is killed, again and again', async () => {
  let answered = 0;
  for (let round = 1; round <= 3; round += 1) {
    const appender = startProgram('appender', place.file);
    for (let line = 0; line < 20 * round; line += 1) answered = Number(await appender.line());
    await appender.kill();
    answered = Math.max(answered, ...(await appender.rest()).map(Number));
    const store = await openSqliteStore({ file: place.file, folds: FOLDS, owner: OWNER });
    const { seq } = await store.load(A);
    expect(seq).toBeGreaterThanOrEqual(answered);
    expect(seq % 2, 'appends of two events are whole').toBe(1);
    expect(await store.events(A)).toHaveLength(seq);
    expect(Number((await store.message(A, 'card'))?.extra)).toBeGreaterThanOrEqual(answered);
    expect(await store.verify()).toEqual([]);
    await store.close();
  }
  expect(answered).toBeGreaterThan(2 * 120);
});

test('processes that write to the same stream lose nothing to one another', async () => {
  const first = await openSqliteStore({ file: place.file, folds: FOLDS, owner: OWNER });
  await write(first, A, [opened()]);
  await first.close();
  const rivals = [startProgram('rival', place.file, '30'), startProgram('rival', place.file, '30')];
  const answers = (await Promise.all(rivals.map(async (rival) => await rival.rest()))).flat();
  expect(answers.map((line) => JSON.parse(line) as object)).toMatchObject([{ ok: 30 }, { ok: 30 }]);
  const store = await openUnowned(place.file, FOLDS);
  expect(await store.events(A)).toHaveLength(1 + 2 * 60);
  await store.close();
  expect(await verifyFile(place.file, FOLDS)).toEqual([]);
});
