import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Client } from 'pg';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { handDatabase, statuses, wrong } from './database-world.ts';
import { createWalk } from './walk.ts';

let sandbox: Sandbox;
let database: ReturnType<typeof handDatabase>;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'database-restore' });
  database = handDatabase(sandbox);
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

let runs = 0;
async function walk(backup = 'newest', patienceMs?: number) {
  runs += 1;
  const it = await createWalk(sandbox, { backup }, { run: `r${runs}`, ...(patienceMs !== undefined && { patienceMs }) });
  return { ...it, run: `r${runs}` };
}
const databases = async () =>
  (await database.sql("select datname from pg_database where datname like 'shop%' order by 1", 'postgres')).split('\n');
const orders = async (of?: string) => Number(await database.sql('select count(*) from orders', of));
const oid = async () => await database.sql("select oid from pg_database where datname = 'shop'", 'postgres');
/** How the last step that was tried went, of the preflight and the steps. */
async function goes(it: Awaited<ReturnType<typeof walk>>) {
  expect(wrong(await it.phase('preflight'))).toEqual([]);
  return (await it.phase('step')).at(-1);
}
const WRITE = 'insert into orders (product_id, quantity, total_cents) values (1, 1, 100)';

test('readings of the checklist fail against the broken data', { timeout: PATIENCE_MS }, async () => {
  const it = await walk('newest', 1000);
  await it.phase('preflight');
  expect(statuses(await it.phase('verify', { all: true }))).toMatchObject({ 'verify.1': 'failed', 'verify.3': 'failed' });
});

test('it repairs the data, keeps what it replaced, and does no harm a second time', { timeout: PATIENCE_MS * 2 }, async () => {
  const [rights, before] = [await database.sql('\\ddp'), await oid()];
  const it = await walk();
  expect(wrong(await it.phase('preflight'))).toEqual([]);
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(wrong(await it.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  // The 25 orders since the backup are no longer seen, and not lost.
  expect([await orders(), await orders(`shop_before_${it.run}`)]).toEqual([2000, 2025]);
  expect(await oid()).not.toBe(before);
  expect(await database.sql('\\ddp')).toBe(rights);
  expect(await database.sql("select current_setting('statement_timeout')")).toBe('1min');
  expect(await database.asApp('delete from orders')).toContain('permission denied');
  expect(await database.asApp(WRITE)).toBe('');

  const again = await walk();
  expect(await goes(again)).toMatchObject({ id: 'tell-again', status: 'ok' });
  expect(await databases()).toEqual(['shop', `shop_before_${it.run}`, `shop_before_${again.run}`]);
  expect([await orders(), await orders(`shop_before_${again.run}`)]).toEqual([2000, 2001]);
});

test('undoing brings back the database as it was, with what was written since', { timeout: PATIENCE_MS }, async () => {
  const before = await oid();
  const it = await walk();
  expect(await goes(it)).toMatchObject({ id: 'tell-again', status: 'ok' });
  for (const step of ['resume-writes', 'swap', 'create', 'stop-writes']) {
    expect(await it.undo(step)).toMatchObject({ status: 'ok' });
    expect(await it.undo(step)).toMatchObject({ status: 'already-done' });
  }
  expect([await oid(), await databases(), await orders()]).toEqual([before, ['shop'], 2025]);
  expect(await database.asApp(WRITE)).toBe('');
});

test('a right that was taken away since the backup does not come back', { timeout: PATIENCE_MS }, async () => {
  await database.sql('revoke insert on orders from shop_app; create table newer (id int); grant select on newer to shop_app;');
  expect(await goes(await walk())).toMatchObject({ id: 'tell-again', status: 'ok' });
  expect(await database.asApp(WRITE)).toContain('permission denied');
  expect(await database.asApp('select count(*) from orders')).toBe('2000');
});

test('a session that holds a lock is ended, and can write no more', { timeout: PATIENCE_MS }, async () => {
  const { database_host: host, database_port: port, database_app: user } = sandbox.vars;
  const session = new Client({ host, port: Number(port), user, password: sandbox.secrets['database_app_password'], database: 'shop' });
  await session.connect();
  const complaints: string[] = [];
  session.on('error', ({ message }) => complaints.push(message));
  await session.query('begin');
  await session.query(WRITE);
  const it = await walk();
  expect(await goes(it)).toMatchObject({ id: 'tell-again', status: 'ok' });
  expect(complaints[0]).toContain('terminating connection');
  expect(await orders(`shop_before_${it.run}`)).toBe(2025);
});

test('the application can read all the time until the names change, and not write', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  for (const step of ['tell', 'stop-writes', 'end-sessions']) await it.only(step);
  expect(await database.asApp(WRITE)).toContain('read-only transaction');
  expect(await database.asApp('select count(*) from orders')).toBe('2025');
  expect(await it.only('writes-stopped')).toMatchObject({ status: 'ok' });
  expect(await it.undo('stop-writes')).toMatchObject({ status: 'ok' });
  expect(await database.asApp(WRITE)).toBe('');
});

test('its check tells whether the names have changed, and when nobody can know', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  const steps = ['tell', 'stop-writes', 'end-sessions', 'writes-stopped', 'create', 'restore', 'prepare'];
  for (const step of steps) expect(await it.only(step)).toMatchObject({ status: 'ok' });
  expect(await it.check('swap')).toMatchObject({ status: 'failed' });
  expect(await it.only('swap')).toMatchObject({ status: 'ok' });
  expect(await it.check('swap')).toMatchObject({ status: 'ok' });
  await database.byHand('createdb', `shop_restore_${it.run}`);
  expect(await it.check('swap')).toMatchObject({ status: 'failed', exit: 2 });
});

test('names do not change while one of the two can be written to', { timeout: PATIENCE_MS }, async () => {
  const [it, before] = [await walk(), await oid()];
  await it.phase('preflight');
  for (const step of ['stop-writes', 'end-sessions', 'create', 'restore', 'prepare']) await it.only(step);
  await database.sql('alter database shop reset default_transaction_read_only', 'postgres');
  expect(await it.only('swap')).toMatchObject({ status: 'failed', says: expect.stringContaining('can be written to') });
  expect(await oid()).toBe(before);
});
