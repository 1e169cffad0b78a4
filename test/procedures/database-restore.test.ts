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
/** A session of the application that stays open, and what it is told. */
async function asApp() {
  const { database_host: host, database_port: port, database_app: user } = sandbox.vars;
  const client = new Client({ host, port: Number(port), user, password: sandbox.secrets['database_app_password'], database: 'shop' });
  await client.connect();
  const complaints: string[] = [];
  client.on('error', ({ message }) => complaints.push(message));
  return { client, complaints, end: async () => await client.end().catch(() => undefined) };
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
  expect(await database.asApp(WRITE)).toBe('');
  expect(await it.undo('resume-writes')).toMatchObject({ status: 'ok' });
  expect(await it.undo('swap')).toMatchObject({ status: 'ok' });
  expect(await it.undo('swap')).toMatchObject({ status: 'already-done' });
  expect(await it.undo('create')).toMatchObject({ status: 'already-done' });
  expect(await database.asApp(WRITE)).toContain('read-only transaction');
  // Before people are told that they can write again, they can.
  expect(await it.undo('end-sessions')).toMatchObject({ status: 'ok' });
  expect(await database.asApp('update orders set quantity = quantity where false')).toBe('');
  expect(await it.undo('stop-writes')).toMatchObject({ status: 'ok' });
  // What was ordered from the restored one is not lost either.
  expect([await oid(), await databases(), await orders()]).toEqual([before, ['shop', `shop_undone_${it.run}`], 2025]);
  expect(await orders(`shop_undone_${it.run}`)).toBe(2001);
  expect(await database.asApp(WRITE)).toBe('');
});

test('before the names have changed there is nothing to keep', { timeout: PATIENCE_MS }, async () => {
  const [it, before] = [await walk(), await oid()];
  await it.phase('preflight');
  for (const step of ['stop-writes', 'end-sessions', 'create']) expect(await it.one(step)).toMatchObject({ status: 'ok' });
  expect(await it.undo('swap')).toMatchObject({ status: 'already-done' });
  expect(await it.undo('create')).toMatchObject({ status: 'ok' });
  expect(await it.undo('create')).toMatchObject({ status: 'already-done' });
  expect([await oid(), await databases()]).toEqual([before, ['shop']]);
});

test('a session that can only read is ended, also where the bot died after it had let writes in', { timeout: PATIENCE_MS }, async () => {
  const [it, close] = [await walk(), [] as (() => Promise<void>)[]];
  await it.phase('preflight');
  const ways = [
    async () => await it.one('resume-writes'),
    async () => await it.undo('end-sessions'),
    async () => await it.undo('stop-writes'),
  ];
  for (const resume of ways) {
    await it.one('stop-writes');
    const session = await asApp();
    close.push(session.end);
    await database.sql('alter database shop reset default_transaction_read_only', 'postgres');
    expect(await resume()).toMatchObject({ status: 'ok' });
    await expect.poll(() => session.complaints[0]).toContain('terminating connection');
  }
  for (const each of close) await each();
});

test('a number that an order was given since the backup is given to no other', { timeout: PATIENCE_MS }, async () => {
  const last = async () => Number(await database.sql("select last_value from pg_sequences where sequencename = 'orders_id_seq'"));
  await database.sql('create sequence countdown increment -1; create sequence short as smallint; create sequence unused;');
  await database.sql("select setval('countdown', -5), setval('short', 7)");
  const name = await database.backUp();
  await database.sql(
    `${WRITE}; select setval('countdown', -9); alter sequence short as integer; select setval('short', 99999); select nextval('unused');`,
  );
  const before = await last();
  const it = await walk(name);
  await it.phase('preflight');
  for (const step of ['stop-writes', 'end-sessions', 'create', 'restore', 'prepare'])
    expect(await it.one(step)).toMatchObject({ status: 'ok' });
  expect(await it.one('prepare')).toMatchObject({ status: 'ok' });
  const found = await database.sql('select sequencename, last_value from pg_sequences order by 1', `shop_restore_${it.run}`);
  expect(found).toBe(`countdown|-9\norders_id_seq|${before}\nshort|7\nunused|1`);
});

test('a default right that was taken from everybody stays taken', { timeout: PATIENCE_MS }, async () => {
  await database.sql(
    'alter default privileges revoke execute on functions from public; alter default privileges grant execute on functions to shop_app;',
  );
  const [it, rights] = [await walk(), await database.sql('\\ddp')];
  expect(await goes(it)).toMatchObject({ id: 'tell-again', status: 'ok' });
  expect(await database.sql('\\ddp')).toBe(rights);
});

test('an API that does not answer keeps nobody from it', { timeout: PATIENCE_MS }, async () => {
  const [nowhere, version] = [{ api_url: 'http://127.0.0.1:9' }, sandbox.commits.bad];
  const it = await createWalk(sandbox, {}, { run: 'ill', vars: nowhere });
  expect(wrong(await it.phase('preflight'))[0]).toMatchObject({ id: 'running', says: expect.stringContaining('version=<commit>') });
  expect(wrong(await (await createWalk(sandbox, { version }, { run: 'ill', vars: nowhere })).phase('preflight'))).toEqual([]);
});

test('a database whose name has to be quoted is restored too', { timeout: PATIENCE_MS }, async () => {
  const odd = "The shop's \\ 1";
  await database.sql('alter database shop connection limit 0', 'postgres');
  await database.sql("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = 'shop'", 'postgres');
  await database.sql(`alter database shop rename to "${odd}"; alter database "${odd}" connection limit -1;`, 'postgres');
  const it = await createWalk(sandbox, {}, { run: 'odd', vars: { database: odd } });
  expect(wrong(await it.phase('preflight'))).toEqual([]);
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect([await orders(odd), await orders(`${odd}_before_odd`)]).toEqual([2000, 2025]);
});

test('a right that was taken away since the backup does not come back', { timeout: PATIENCE_MS }, async () => {
  await database.sql('revoke insert on orders from shop_app; create table newer (id int); grant select on newer to shop_app;');
  expect(await goes(await walk())).toMatchObject({ id: 'tell-again', status: 'ok' });
  expect(await database.asApp(WRITE)).toContain('permission denied');
  expect(await database.asApp('select count(*) from orders')).toBe('2000');
});

test('a session that holds a lock is ended, and can write no more', { timeout: PATIENCE_MS }, async () => {
  const session = await asApp();
  await session.client.query('begin');
  await session.client.query(WRITE);
  const it = await walk();
  expect(await goes(it)).toMatchObject({ id: 'tell-again', status: 'ok' });
  expect(session.complaints[0]).toContain('terminating connection');
  expect(await orders(`shop_before_${it.run}`)).toBe(2025);
});

test('the application can read all the time until the names change, and not write', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  for (const step of ['stop-writes', 'tell', 'end-sessions']) await it.one(step);
  expect(await database.asApp(WRITE)).toContain('read-only transaction');
  expect(await database.asApp('select count(*) from orders')).toBe('2025');
  expect(await it.one('writes-stopped')).toMatchObject({ status: 'ok' });
  expect(await it.undo('stop-writes')).toMatchObject({ status: 'ok' });
  expect(await database.asApp(WRITE)).toBe('');
});

test('its check tells whether the names have changed, and when nobody can know', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  const steps = ['stop-writes', 'tell', 'end-sessions', 'writes-stopped', 'create', 'restore', 'prepare'];
  for (const step of steps) expect(await it.one(step)).toMatchObject({ status: 'ok' });
  expect(await it.check('swap')).toMatchObject({ status: 'failed' });
  expect(await it.one('swap')).toMatchObject({ status: 'ok' });
  expect(await it.check('swap')).toMatchObject({ status: 'ok' });
  await database.byHand('createdb', `shop_restore_${it.run}`);
  expect(await it.check('swap')).toMatchObject({ status: 'failed', exit: 2 });
});

test('names do not change while one of the two can be written to', { timeout: PATIENCE_MS }, async () => {
  const [it, before] = [await walk(), await oid()];
  await it.phase('preflight');
  for (const step of ['stop-writes', 'end-sessions', 'create', 'restore', 'prepare']) await it.one(step);
  await database.sql('alter database shop reset default_transaction_read_only', 'postgres');
  expect(await it.one('swap')).toMatchObject({ status: 'failed', says: expect.stringContaining('can be written to') });
  expect(await oid()).toBe(before);
});
