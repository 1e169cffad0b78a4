import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/digest.ts';
import type { RowCount } from '../../src/core/procedure/action.ts';
import { createSqlStage } from './sql-stage.ts';
import type { SqlStage } from './sql-stage.ts';

let stage: SqlStage;
beforeAll(async () => (stage = await createSqlStage()));
beforeEach(async () => await stage.refill());
afterAll(async () => await stage.close());

describe('what a statement gives', () => {
  test.each<[query: string, observed: Json]>([
    ['select count(*) from orders', 3],
    ["select total from orders where shop = 'coffee'", 7],
    ["select sum(total) from orders where shop = 'tea'", 15.5],
    ['select id, name from shops where id = 1', { id: 1, name: 'tea' }],
    ['select id from shops order by id', [{ id: 1 }, { id: 2 }, { id: 3 }]],
    ['select id from shops where id > 9', []],
    ['select null::int', null],
    ['select true as a, false as b, 1.5::float8 as c, \'{"d":[1]}\'::jsonb as e', { a: true, b: false, c: 1.5, e: { d: [1] } }],
    ['select 9007199254740991::int8 as a, 9007199254740992::int8 as b', { a: 9007199254740991, b: '9007199254740992' }],
    ['select 0.1::numeric as a, 12345678901234567.8::numeric as b', { a: 0.1, b: '12345678901234567.8' }],
    ["select 'NaN'::float8 as a, '2026-01-02'::date as b, '\\xff'::bytea as c", { a: 'NaN', b: '2026-01-02', c: '\\xff' }],
    ['select 1 as "__proto__", 2 as two', JSON.parse('{"__proto__":1,"two":2}') as Json],
  ])('%s', async (query, observed) => {
    expect((await stage.read(query)).answer).toMatchObject({ status: 'ok', observed });
  });

  test('can be expected and handed on', async () => {
    const outputs = { tea: { pointer: '/0/n' }, other: { pointer: '/1/shop' } };
    const { answer } = await stage.read('select shop, count(*) as n from orders group by shop order by n desc', { outputs });
    expect(answer).toMatchObject({ status: 'ok', outputs: { tea: '2', other: 'coffee' } });
    const one = await stage.read('select count(*) as n from orders', { outputs: { n: {}, same: { pointer: '/n' } }, expect: { above: 2 } });
    expect(one.answer).toMatchObject({ status: 'ok', observed: 3, outputs: { n: '3', same: '3' } });
    const wrong = await stage.read('select count(*) from orders', { expect: { equals: 4 } });
    expect(wrong.answer).toMatchObject({ status: 'failed', observed: 3, says: 'SELECT returned 1 row. It is 3, and it should equal 4.' });
  });

  test('of more rows than can be kept is not read, and one that writes is rolled back', async () => {
    const many = 'select n from generate_series(1, 1001) as n';
    expect((await stage.read(many, { rows: { atLeast: 1000 } })).answer).toMatchObject({
      status: 'ok',
      says: 'SELECT returned 1,001 rows.',
    });
    expect((await stage.read(many, { expect: { contains: 'x' } })).answer).toMatchObject({
      status: 'failed',
      says: expect.stringContaining('more rows than can be kept'),
    });
    const { answer } = await stage.sql("insert into orders select 'x', n from generate_series(1, 1001) as n returning total");
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('so it was rolled back and nothing was changed') });
    expect(await stage.count()).toBe(3);
  });
});

describe('a statement that changes something', () => {
  test('is committed, and says how many rows', async () => {
    const { answer, output } = await stage.sql("update orders set paid = true where shop = 'tea'", { rows: { atLeast: 1, atMost: 2 } });
    expect(answer).toMatchObject({ status: 'ok', observed: 2, says: 'UPDATE changed 2 rows.' });
    expect(output).toBe('UPDATE 2\n');
    expect(await stage.count('paid')).toBe(2);
  });

  test.each<[rows: RowCount, says: string]>([
    [{ atLeast: 1, atMost: 1 }, 'exactly 1 row'],
    [{ atMost: 1 }, 'at most 1 row'],
    [{ atLeast: 3 }, 'at least 3 rows'],
    [{ atLeast: 3, atMost: 5 }, '3 to 5 rows'],
  ])('is rolled back where its rows are not %j', async (rows, says) => {
    const { answer } = await stage.sql("delete from orders where shop = 'tea'", { rows });
    expect(answer).toMatchObject({
      status: 'failed',
      says: `DELETE would have changed 2 rows, and it should be ${says}, so it was rolled back and nothing was changed.`,
    });
    expect(await stage.count()).toBe(3);
  });

  test('hands on what it returns', async () => {
    const { answer } = await stage.sql("update orders set paid = true where shop = 'coffee' returning total", { outputs: { total: {} } });
    expect(answer).toMatchObject({ status: 'ok', observed: 7, outputs: { total: '7' } });
  });

  test('may define something, and then counts no rows', async () => {
    expect((await stage.sql('create table later_still (id int)')).answer).toMatchObject({ status: 'ok', says: 'Postgres did CREATE.' });
    expect((await stage.sql('drop table later_still', { rows: { atLeast: 1 } })).answer).toMatchObject({ status: 'failed' });
    expect((await stage.sql('drop table later_still')).answer.status).toBe('ok');
  });

  test('never becomes two, with values or without', async () => {
    for (const values of [[], ['tea']]) {
      const { answer } = await stage.sql(`select ${values.length > 0 ? '$1::text' : '1'}; delete from orders`, { values });
      expect(answer).toMatchObject({
        status: 'failed',
        says: expect.stringContaining('multiple commands into a prepared statement (42601)'),
      });
    }
    expect(await stage.count()).toBe(3);
  });

  test('takes its values as values, whatever they hold', async () => {
    const name = `'); drop table orders; --\n"\\ $1 ☃`;
    expect((await stage.sql('insert into orders values ($1, $2)', { values: [name, '5'] })).answer.status).toBe('ok');
    expect((await stage.read('select total from orders where shop = $1', { values: [name] })).answer).toMatchObject({ observed: 5 });
  });

  test('is refused by a constraint at the very end, and nothing was changed', async () => {
    const { answer } = await stage.sql('insert into later values (99)');
    expect(answer).toMatchObject({
      status: 'failed',
      says: expect.stringMatching(
        /^Postgres refused to commit it, so nothing was changed: .*foreign key constraint "later_shop_fkey" \(23503\)\.$/,
      ),
    });
  });
});

describe('what only reads', () => {
  test.each([
    'delete from orders',
    'with gone as (delete from orders returning 1) select count(*) from gone',
    'select * from orders for update',
    'create table x ()',
    "do $$ begin execute 'delete from orders'; end $$",
    "select set_config('transaction_read_only', 'off', true)",
    'explain analyze delete from orders',
    "copy orders from program 'echo'",
  ])('can not write: %s', async (query) => {
    expect((await stage.read(query)).answer).toMatchObject({ status: 'failed', says: expect.stringMatching(/^Postgres refused it/) });
    expect(await stage.count()).toBe(3);
  });

  test('has failed where the rows are not as many as they should be, and says what it found', async () => {
    const { answer } = await stage.read('select name from shops where id > 1 order by id', { rows: { atLeast: 1, atMost: 1 } });
    expect(answer).toEqual({
      status: 'failed',
      says: 'SELECT returned 2 rows, and it should be exactly 1 row.',
      observed: [{ name: 'coffee' }, { name: 'bread' }],
    });
  });
});

describe('a refusal', () => {
  test.each<[query: string, values: readonly string[], says: string]>([
    ['select * from nothing', [], 'relation "nothing" does not exist (42P01)'],
    ['select $1::int', ['hunter2-hunter2'], 'invalid input syntax for type integer: "…" (22P02)'],
    ['insert into shops values ($1, $2)', ['1', 'hunter2-hunter2'], 'unique constraint "shops_pkey" (23505)'],
    ["insert into shops values (9, 'tea')", [], 'unique constraint "shops_name_key" (23505)'],
    ['select 1/0', [], 'division by zero (22012)'],
  ])('of %s carries its SQLSTATE and no value', async (query, values, says) => {
    const { answer } = await stage.sql(query, { values });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining(says) });
    expect(answer.says).toMatch(/^Postgres refused it, so nothing was changed: /);
    expect(answer.says).not.toMatch(/hunter2|tea/);
  });

  test.each([
    ['postgres://dana:x@127.0.0.1:1/shop', /^Postgres could not be reached, so nothing was done: .*ECONNREFUSED/],
    ['mysql://dana@127.0.0.1/shop', /has to look like postgres:/],
    ['postgres://127.0.0.1/shop', /has to look like postgres:/],
    ['postgres://dana:%zz@127.0.0.1/shop', /written as %XX/],
    ['postgres://dana@127.0.0.1:1/shop?sslmode=prefer', /sslmode .* none that Rollbot knows/],
    ['postgres://dana@127.0.0.1:1/shop?sslmode=verify-ca&sslrootcert=/nowhere', /sslrootcert can't be read/],
  ])('of the URL %s means that nothing was done', async (url, says) => {
    const { answer } = await stage.sql('delete from orders', { url });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringMatching(says) });
    expect(answer.says).toContain('nothing was done');
  });

  test('of a wrong password does not repeat it', async () => {
    const url = Object.assign(new URL(stage.db.url), { password: 'sesame-shut' }).href;
    const { answer } = await stage.sql('delete from orders', { url });
    expect(answer).toEqual({
      status: 'failed',
      says: 'Postgres refused the connection, so nothing was done: password authentication failed for user "postgres" (28P01).',
    });
  });

  test('of a server without TLS is said, where TLS is asked for', async () => {
    expect((await stage.sql('select 1', { url: `${stage.db.url}?sslmode=require` })).answer).toMatchObject({
      status: 'failed',
      says: expect.stringContaining('does not support SSL'),
    });
  });
});
