import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { openSqliteReader, openSqliteStore, StoreOwned, verifyFile } from '../../src/store/index.ts';
import { opened } from '../contracts/store/happenings.ts';
import { FOLDS, stream, write } from '../contracts/store/subject.ts';
import { OWNER, tempPlace } from './place.ts';
import type { Place } from './place.ts';
import { startProgram } from './program.ts';
import type { Program } from './program.ts';

let place: Place;
let programs: Program[];
beforeEach(async () => {
  place = await tempPlace();
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill();
  await place.remove();
});

async function open(file = place.file): Promise<Store> {
  return await openSqliteStore({ file, folds: FOLDS, owner: OWNER });
}

async function ownerElsewhere(): Promise<Program> {
  const program = startProgram('owner', place.file);
  programs.push(program);
  expect(await program.line()).toBe('owns');
  return program;
}

test('a second process is refused, and told whom the journal belongs to', async () => {
  const { child } = await ownerElsewhere();
  const error = await open().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreOwned);
  expect(error).toMatchObject({ code: 'store-owned', holder: { pid: child.pid, host: hostname(), startedAt: 1_700_000_000_000 } });
  expect(String(error)).toContain(`belongs to process ${child.pid} on ${hostname()}, which started at 2023-11-14T22:13:20.000Z`);
});

test('the refused one leaves the owner alone', async () => {
  const owner = await ownerElsewhere();
  await expect(open()).rejects.toThrow(StoreOwned);
  await expect(open()).rejects.toThrow(`process ${owner.child.pid}`);
  owner.child.stdin?.end();
  await owner.rest();
  await (await open()).close();
});

test('what a killed process owned is free at once', async () => {
  const owner = await ownerElsewhere();
  await owner.kill();
  expect(existsSync(`${place.file}.lock.json`)).toBe(true);
  const store = await open();
  expect(JSON.parse(await readFile(`${place.file}.lock.json`, 'utf8'))).toEqual({ ...OWNER, host: hostname() });
  await store.close();
});

test('of many that start at the same moment after a crash, one owns it', async () => {
  await (await ownerElsewhere()).kill();
  programs = Array.from({ length: 3 }, () => startProgram('owner', place.file));
  const answers = await Promise.all(programs.map(async (program) => await program.line()));
  expect([answers.filter((each) => each === 'owns').length, answers.filter((each) => each === 'refused').length]).toEqual([1, 2]);
});

test('the same process can not open it twice either, until it has closed it', async () => {
  const store = await open();
  await expect(open()).rejects.toThrow(`process ${OWNER.pid}`);
  await store.close();
  const again = await open();
  await store.close();
  await expect(open()).rejects.toThrow(`process ${OWNER.pid}`);
  await again.close();
});

test('a journal has one owner however it is linked to', async () => {
  const store = await open();
  const link = path.join(path.dirname(place.file), 'link.db');
  await symlink(place.file, link);
  await expect(open(link)).rejects.toThrow(StoreOwned);
  await store.close();
});

test.each([['{"pid":'], ['null'], ['']])('the owner is not named where its card says %j', async (card) => {
  const store = await open();
  await writeFile(`${place.file}.lock.json`, card);
  const error = await open().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreOwned);
  expect(error).toMatchObject({ holder: null, message: expect.stringContaining('belongs to another process') });
  await store.close();
});

test('a start that fails does not keep the journal', async () => {
  await mkdir(path.dirname(place.file));
  await writeFile(place.file, 'this is no database, whatever its name says');
  await expect(open()).rejects.toThrow('no SQLite database');
  await writeFile(place.file, '');
  await (await open()).close();
});

test('reading and verifying need no ownership, and see what the owner has written', async () => {
  const store = await open();
  await write(store, stream('a'), [opened()]);
  const reader = await openSqliteReader({ file: place.file, folds: FOLDS });
  await write(store, stream('a'), [opened()]);
  expect(await reader.load(stream('a'))).toMatchObject({ seq: 2 });
  expect(await verifyFile(place.file, FOLDS)).toEqual([]);
  await reader.close();
  await store.close();
  expect(await verifyFile(place.file, FOLDS)).toEqual([]);
});
