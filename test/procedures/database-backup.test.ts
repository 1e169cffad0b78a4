import { createHash } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox } from '../demo/sandbox/sandboxes.ts';
import { handDatabase, wrong } from './database-world.ts';
import { createWalk } from './walk.ts';

// What a restore finds out about a backup before anything is touched.

const HOUR_MS = 3_600_000;
let sandbox: Sandbox;
let database: ReturnType<typeof handDatabase>;
/** The newest backup, and the orders that must stay. */
let name: string;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'database-restore' });
  database = handDatabase(sandbox);
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
afterEach(async () => await stillThere());
beforeEach(async () => {
  name = await database.backUp();
  await rename(database.pathOf(name), database.pathOf('of-this-test.dump'));
  await rename(database.pathOf(`${name}.json`), database.pathOf('of-this-test.dump.json'));
  name = 'of-this-test.dump';
  await database.rewrite(name, { file: name });
});

/** Whatever is refused, nothing of the data is touched. */
async function stillThere(): Promise<void> {
  const orders = await database.sql('select count(*) from orders');
  if (orders !== '2025') throw new Error(`There are ${orders} orders.`);
}

/** Everything in the preflight that is wrong. */
async function preflight(backup = name, { all = true } = {}) {
  const it = await createWalk(sandbox, { backup }, { run: 'r1' });
  return wrong(await it.phase('preflight', { all }));
}
const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const says = (text: string) => expect.stringContaining(text);

test('a good backup is taken', async () => {
  expect(await preflight()).toEqual([]);
});

test('one that was cut short is refused', async () => {
  await database.cut(name, 0.6);
  expect(await preflight()).toMatchObject([
    { id: 'preflight.4', status: 'failed', says: says('bytes, and should have') },
    { id: 'preflight.5', status: 'failed', says: says('could not read from input file') },
  ]);
});

test('one that was cut before it was written down is refused', async () => {
  const part = await database.cut(name, 0.6);
  await database.rewrite(name, { bytes: part.length, sha256: createHash('sha256').update(part).digest('hex') });
  expect(await preflight()).toMatchObject([{ id: 'preflight.5', says: says('could not read from input file') }]);
});

test('one that is another file of the same size is refused', async () => {
  await database.rewrite(name, { sha256: 'a'.repeat(64) });
  expect(await preflight()).toMatchObject([{ id: 'preflight.4', says: says('did NOT match') }]);
});

test.each([
  [{ marker: 'staging-database' }, 'preflight.6', 'It is a backup of staging-database, and this is sandbox-production-database.'],
  [{ marker: null }, 'preflight.6', 'It is a backup of nobody knows what'],
  [{ taken: at(-25) }, 'preflight.6', 'longer ago than 24 hours'],
  [{ taken: at(2) }, 'preflight.6', 'which has not been yet'],
  [{ server: 990_001 }, 'preflight.7', 'The backup is of PostgreSQL 99'],
  [{ file: 'another.dump' }, 'backup', 'of-this-test.dump.json is about another file'],
  [{ taken: 'yesterday evening' }, 'backup', "of-this-test.dump.json can't be read"],
])('what is written down about it is believed: %j', async (change, id, why) => {
  await database.rewrite(name, change);
  expect(await preflight(name, { all: false })).toMatchObject([{ id, status: 'failed', says: says(why) }]);
});

const refused = async (backup: string) => (await preflight(backup, { all: false }))[0];

test('one that nobody has written anything down about is refused, and so is a link', async () => {
  await rm(database.pathOf(`${name}.json`));
  expect(await refused(name)).toMatchObject({ id: 'backup', says: says('Nobody has written down what of-this-test.dump should be') });
  expect(await refused('latest.dump')).toMatchObject({ id: 'backup', says: says('latest.dump is a link') });
  expect(await refused('no-such.dump')).toMatchObject({ id: 'backup', says: says('no-such.dump is not there') });
});

test('newest is the one that was taken last, whatever its name and age on disk', async () => {
  await database.rewrite(name, { taken: at(-2) });
  await writeFile(database.pathOf('zz-half-done.dump'), 'half');
  const it = await createWalk(sandbox, { backup: 'newest' }, { run: 'r1' });
  await it.phase('preflight');
  expect((await it.one('tell')).says).toMatch(/backup shop_\d+_\d+\.dump/);
});

test('a server, a database or an earlier run that is not as it should be stops it', async () => {
  await database.sql("comment on database shop is 'staging-database'");
  expect(await preflight()).toMatchObject([{ id: 'preflight.1', says: says('It is "staging-database"') }]);
  await database.sql("comment on database shop is 'sandbox-production-database'");
  await database.byHand('createdb', 'shop_restore_r0');
  expect(await preflight()).toMatchObject([{ id: 'preflight.2', says: says('shop_restore_r0 is left over') }]);
  await database.byHand('dropdb', 'shop_restore_r0');
});
