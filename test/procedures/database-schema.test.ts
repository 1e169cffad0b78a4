import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox, run, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { handDatabase, statuses, wrong } from './database-world.ts';
import { createWalk } from './walk.ts';

let sandbox: Sandbox;
let database: ReturnType<typeof handDatabase>;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'database-schema' });
  database = handDatabase(sandbox);
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

let runs = 0;
async function walk(params: Readonly<Record<string, string>> = {}, patienceMs?: number) {
  runs += 1;
  const given = { ref: sandbox.commits.good, ...params };
  return await createWalk(sandbox, given, { run: `s${runs}`, ...(patienceMs !== undefined && { patienceMs }) });
}
/** A session of the owner that stays open, and what it is told. */
async function asOwner(name: string) {
  const { database_host: host, database_port: port, database_admin: user } = sandbox.vars;
  const password = sandbox.secrets['database_admin_password'];
  const client = new Client({ host, port: Number(port), user, password, database: 'shop', application_name: name });
  await client.connect();
  const complaints: string[] = [];
  client.on('error', ({ message }) => complaints.push(message));
  return { client, complaints, end: async () => await client.end().catch(() => undefined) };
}
const applied = async () => (await database.sql('select id from schema_migrations order by 1')).split('\n');
const ALL = ['0001-shop', '0002-offers', '0003-discounts'];
/** What stops it before anything is touched. */
async function refusal(params: Readonly<Record<string, string>> = {}) {
  const found = wrong(await (await walk(params)).phase('preflight'));
  expect(await applied()).toContain('0002-offers');
  return found[0];
}

test('readings of the checklist fail against the broken schema', { timeout: PATIENCE_MS }, async () => {
  const it = await walk({}, 1000);
  await it.phase('preflight');
  const read = statuses(await it.phase('verify', { all: true }));
  expect(read).toMatchObject({ 'verify.3': 'failed', 'verify.6': 'failed' });
  await database.sql('alter table orders rename column total_cents to total');
  expect(await it.one('verify.1')).toMatchObject({ status: 'failed', says: expect.stringContaining('orders.total_cents') });
});

test('it takes back one migration, and a second run has nothing to do or nothing to choose', { timeout: PATIENCE_MS * 2 }, async () => {
  const it = await walk();
  expect(wrong(await it.phase('preflight'))).toEqual([]);
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(wrong(await it.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  expect(await applied()).toEqual(['0001-shop', '0002-offers']);
  expect(await database.sql("select datname from pg_database where datname like '%rehearsal%'", 'postgres')).toBe('');
  const { stdout } = await run(sandbox, 'git', ['ls-tree', '-r', '--name-only', 'origin/main', 'src/db/migrations']);
  expect(stdout).not.toContain('0003');

  const named = await walk({ migration: '0003-discounts' });
  expect(wrong(await named.phase('preflight'))).toEqual([]);
  const again = await named.phase('step');
  expect(again.filter(({ id }) => id !== 'schema-fits').every(({ status }) => status === 'already-done')).toBe(true);
  expect(again.map(({ id }) => id)).toContain('restore-code');
  expect(await refusal()).toMatchObject({ id: 'preflight.7', says: expect.stringContaining('has 0002-offers itself') });
});

describe('what stops it', () => {
  test('another database', { timeout: PATIENCE_MS }, async () => {
    await database.sql("comment on database shop is 'staging-database'");
    expect(await refusal()).toMatchObject({ id: 'preflight.1' });
  });

  test(
    'a migration that is not the newest, one that nobody has tried to take back, one that nobody knows',
    { timeout: PATIENCE_MS },
    async () => {
      expect(await refusal({ migration: '0002-offers' })).toMatchObject({
        id: 'preflight.6',
        says: expect.stringContaining('0003-discounts came after'),
      });
      expect(await refusal({ migration: '0001-shop' })).toMatchObject({ id: 'preflight.6' });
      expect(await refusal({ migration: '0009-nothing' })).toMatchObject({ id: 'chosen' });
      await database.sql("delete from schema_migrations where id <> '0001-shop'; insert into schema_migrations values ('0004-by-hand');");
      const found = wrong(await (await walk()).phase('preflight'));
      expect(found[0]).toMatchObject({ id: 'chosen', says: expect.stringContaining('exit status 1') });
    },
  );

  test.each([
    ['n'.repeat(51), 'longer than the 63 bytes'],
    ['shop=1', 'for an address'],
  ])('a name that is not one for a copy: %s', async (name, says) => {
    const it = await createWalk(sandbox, { ref: sandbox.commits.good }, { run: 's0', vars: { database: name } });
    expect(wrong(await it.phase('preflight', { all: true }))).toContainEqual(
      expect.objectContaining({ id: 'preflight.11', says: expect.stringContaining(says) }),
    );
  });

  test('rows that would go, unless somebody has said that they may', { timeout: PATIENCE_MS }, async () => {
    await database.sql('insert into discounts values (1, 10), (2, 20)');
    expect(await refusal()).toMatchObject({
      id: 'preflight.9',
      says: expect.stringContaining('2 rows would go, of discounts,orders:discount_cents:id'),
    });
    expect(await refusal({ lose_rows: 'yes' })).toBeUndefined();
  });
});

test('undoing applies it again, with the rows that were in it', { timeout: PATIENCE_MS }, async () => {
  await database.sql('insert into discounts values (1, 10), (2, 20); update orders set discount_cents = id * 7 where id in (5, 9);');
  const it = await walk({ lose_rows: 'yes' });
  await it.phase('preflight');
  expect(wrong(await it.phase('step'))).toEqual([]);
  // Somebody has another one that is missing: it is none of this run's business.
  await database.sql("delete from schema_migrations where id = '0002-offers'");
  for (const step of ['restore-code', 'roll-back']) {
    expect(await it.undo(step)).toMatchObject({ status: 'ok' });
  }
  expect(await it.undo('roll-back')).toMatchObject({ status: 'already-done' });
  expect(await applied()).toEqual(['0001-shop', '0003-discounts']);
  expect(await database.sql('select product_id, percent from discounts order by 1')).toBe('1|10\n2|20');
  expect(await database.sql('select id, discount_cents from orders where discount_cents is not null order by 1')).toBe('5|35\n9|63');
  const { stdout } = await run(sandbox, 'git', ['ls-tree', '-r', '--name-only', 'origin/main', 'src/db/migrations']);
  expect(stdout).toContain('0003');
});

test('when the bot died while the rows came back, their transaction tells whether they did', { timeout: PATIENCE_MS }, async () => {
  await database.sql('insert into discounts values (1, 10), (2, 20);');
  const it = await walk({ lose_rows: 'yes' });
  await it.phase('preflight');
  for (const step of ['keep', 'rehearse', 'roll-back']) expect(await it.one(step)).toMatchObject({ status: 'ok' });
  expect(await database.migrate('up')).toBe(0);
  const other = await asOwner('somebody');
  await other.client.query('begin');
  const { rows } = await other.client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  await writeFile(join(it.state, `schema-s${runs}`, 'is-back'), `${rows[0]?.id}\n`);
  expect(await it.undo('roll-back')).toMatchObject({ status: 'failed', says: expect.stringContaining('exit status 2') });
  await other.client.query('rollback');
  await other.end();
  expect(await it.undo('roll-back')).toMatchObject({ status: 'ok' });
  expect(await it.undo('roll-back')).toMatchObject({ status: 'already-done' });
  expect(await database.sql('select count(*) from discounts')).toBe('2');
});

test('an attempt that lives on in the server is ended before the next', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  for (const step of ['keep', 'rehearse']) expect(await it.one(step)).toMatchObject({ status: 'ok' });
  const killed = await asOwner(`rollbot/s${runs}`);
  await killed.client.query('begin; select from schema_migrations;');
  expect(await it.one('roll-back')).toMatchObject({ status: 'ok' });
  expect(killed.complaints[0]).toContain('terminating connection');
  await killed.end();
  expect(await applied()).toEqual(['0001-shop', '0002-offers']);
});

test('a check that can not look says that nobody knows, and not that nothing has happened', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  expect(await it.check('roll-back')).toMatchObject({ status: 'failed', exit: 1 });
  await database.sql('alter database shop connection limit 0', 'postgres');
  expect(await it.check('roll-back')).toMatchObject({ status: 'failed', exit: 2 });
  expect(await it.undo('roll-back')).toMatchObject({ status: 'failed', says: expect.stringContaining('exit status 2') });
});

test('a copy that was left over when the bot died is no obstacle', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  await it.one('keep');
  await database.byHand('createdb', `shop_rehearsal_s${runs}`);
  expect(await it.one('rehearse')).toMatchObject({ status: 'ok' });
});

test('an API that does not answer keeps nobody from it', { timeout: PATIENCE_MS }, async () => {
  const given = { ref: sandbox.commits.good, version: sandbox.commits.bad };
  const it = await createWalk(sandbox, given, { run: 'ill', vars: { api_url: 'http://127.0.0.1:9' } });
  expect(wrong(await it.phase('preflight'))).toEqual([]);
});

test('a row that comes after the look at it stops the step, and nothing goes', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  for (const step of ['keep', 'rehearse']) expect(await it.one(step)).toMatchObject({ status: 'ok' });
  await database.sql('insert into discounts values (1, 10)');
  expect(await it.one('roll-back')).toMatchObject({ status: 'failed', says: expect.stringContaining('exit status 1') });
  expect(await it.check('roll-back')).toMatchObject({ status: 'failed', exit: 1 });
  expect(await applied()).toEqual(ALL);
});

test('a migration that can not be taken back is found out on the copy', { timeout: PATIENCE_MS }, async () => {
  await database.sql('create view cheap as select * from discounts where percent > 50');
  const it = await walk();
  await it.phase('preflight');
  expect((await it.phase('step')).at(-1)).toMatchObject({ id: 'rehearse', status: 'failed' });
  expect(await applied()).toEqual(ALL);
  expect(await database.sql("select count(*) from pg_database where datname like '%rehearsal%'", 'postgres')).toBe('0');
});

test("the old document's command asks nobody, and a second time takes back what was good", { timeout: PATIENCE_MS }, async () => {
  await database.sql('insert into discounts values (1, 10)');
  expect(await database.migrate('rollback', '--steps=1')).toBe(0);
  expect(await database.migrate('rollback', '--steps=1')).toBe(0);
  expect(await applied()).toEqual(['0001-shop']);
  expect(await database.sql("select to_regclass('discounts') is null, to_regclass('offers') is null")).toBe('t|t');
});
