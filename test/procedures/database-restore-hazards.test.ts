import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox } from '../demo/sandbox/sandboxes.ts';
import { handDatabase, wrong } from './database-world.ts';
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

describe('what is restored is looked at before it is used', () => {
  test('a restore that fails in the middle leaves nothing', { timeout: PATIENCE_MS }, async () => {
    // It can be dumped and not restored: while a dump is restored, no search path finds the other table.
    await database.sql(`
      create function is_known(id int) returns boolean language plpgsql as $$ begin return exists (select from products p where p.id = $1); end $$;
      create table notes (product_id int check (is_known(product_id)));
      insert into notes values (1);
    `);
    const [it, before] = [await walk(await database.backUp()), await oid()];
    expect(await goes(it)).toMatchObject({ id: 'restore', status: 'failed', says: expect.stringContaining('COPY notes') });
    expect(await it.check('restore')).toMatchObject({ status: 'failed' });
    expect(await database.sql("select count(*) from pg_class where relname = 'orders'", `shop_restore_${it.run}`)).toBe('0');
    for (const step of ['create', 'stop-writes']) expect(await it.undo(step)).toMatchObject({ status: 'ok' });
    expect([await oid(), await databases(), await orders()]).toEqual([before, ['shop'], 2025]);
  });

  test('a backup of broken data goes no further', { timeout: PATIENCE_MS }, async () => {
    const it = await walk(await database.backUp());
    expect(await goes(it)).toMatchObject({
      id: 'data-is-whole',
      status: 'failed',
      says: expect.stringContaining('have a total of nothing'),
    });
  });

  test('a backup whose rows are others than were written down goes no further', { timeout: PATIENCE_MS }, async () => {
    const name = await database.backUp();
    await database.rewrite(name, { rows: { 'public.orders': 2026, 'public.products': 120, 'public.schema_migrations': 2 } });
    expect(await goes(await walk(name))).toMatchObject({
      id: 'rows-are-there',
      status: 'failed',
      says: expect.stringContaining('2025 rows'),
    });
  });

  test.each([
    [1, 'ok'],
    [3, 'failed'],
  ])('rows that come with an extension are none too many: at least %i are wanted', { timeout: PATIENCE_MS }, async (wanted, status) => {
    const name = await database.backUp();
    const rows = { 'public.orders': 2025, 'public.products': 120, 'public.schema_migrations': 2 };
    await database.rewrite(name, { rows: { ...rows, 'public.counted': wanted } });
    const it = await walk(name);
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    for (const step of ['stop-writes', 'end-sessions', 'create', 'restore']) expect(await it.one(step)).toMatchObject({ status: 'ok' });
    const tables = ['counted', 'uncounted'].map(
      (table) => `create table ${table} as select generate_series(1, 2) as id; alter extension hstore add table ${table};`,
    );
    await database.sql(`create extension hstore; ${tables.join(' ')}`, `shop_restore_${it.run}`);
    expect(await it.one('rows-are-there')).toMatchObject({ status });
  });
});

describe("the old document's command", () => {
  test('restores nothing, and doubles what has no key', { timeout: PATIENCE_MS }, async () => {
    await database.sql("create table notes (says text); insert into notes values ('once');");
    const name = await database.backUp();
    await database.sql('update orders set total_cents = 1');
    expect(await database.byHand('pg_restore', '-d', 'shop', name)).toBe(1);
    expect(await database.sql('select count(*) from notes')).toBe('2');
    expect(await database.sql('select max(total_cents) from orders')).toBe('1');
  });

  test('with --clean and a backup that was cut short empties every table', { timeout: PATIENCE_MS }, async () => {
    const name = await database.backUp();
    await database.cut(name, 0.6);
    expect(await database.byHand('pg_restore', '--clean', '-d', 'shop', name)).toBe(1);
    expect(await orders()).toBe(0);
  });
});
