import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGate } from './gate.ts';
import { createSqlStage } from './sql-stage.ts';
import type { SqlStage } from './sql-stage.ts';
import { LIMIT_MS, until } from './stage.ts';

let stage: SqlStage;
beforeAll(async () => (stage = await createSqlStage()));
beforeEach(async () => await stage.refill());
afterAll(async () => await stage.close());

describe('a lock of somebody else', () => {
  test('is waited for no longer than it may be', async () => {
    await stage.db.client.query('begin; lock table orders');
    const { answer } = await stage.sql('delete from orders', { lockTimeoutMs: 50 });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringMatching(/nothing was changed: .*lock timeout \(55P03\)\.$/) });
    await stage.db.client.query('rollback');
    expect(await stage.count()).toBe(3);
  });
});

/** What runs on the server for a run of Rollbot. */
async function running(): Promise<readonly string[]> {
  const text = `select query from pg_stat_activity where application_name = 'rollbot/r1' and state = 'active'`;
  return (await stage.db.client.query<{ query: string }>(text)).rows.map(({ query }) => query);
}

describe('a statement that is ended', () => {
  const SLOW = "insert into orders select 'slow', 1 from pg_sleep(60)";

  test('because its time is over is cancelled on the server, and has changed nothing', async () => {
    const performed = stage.sql(SLOW);
    await until(async () => (await running()).length > 0);
    stage.clock.leap(LIMIT_MS);
    const { answer } = await performed;
    expect(answer).toMatchObject({
      status: 'failed',
      says: 'It had not ended after 10 min, so it was cancelled, and nothing was changed.',
    });
    await until(async () => (await running()).length === 0);
    expect(await stage.count()).toBe(3);
  });

  test.each([
    [
      'stopped-by-person',
      'destructive',
      { status: 'failed', says: 'A person stopped it while it ran, so it was cancelled, and nothing was changed.' },
    ],
    ['bot-stopped', 'destructive', { status: 'failed' }],
    ['bot-stopped', 'idempotent', { status: 'unknown', reason: 'bot-stopped' }],
    ['bot-stopped', 'read', { status: 'unknown', reason: 'bot-stopped' }],
  ] as const)('by %s is cancelled on the server: %s', async (why, effect, outcome) => {
    const controller = new AbortController();
    const performed = stage.sql('select pg_sleep(60)', { signal: controller.signal, effect });
    await until(async () => (await running()).length > 0);
    controller.abort(why);
    expect((await performed).answer).toMatchObject(outcome);
    await until(async () => (await running()).length === 0);
  });
});

describe('a connection that is lost', () => {
  test('before the commit has changed nothing', async () => {
    const gate = await startGate(stage.db.url, 'INSERT', 'cut');
    const { answer } = await stage.sql("insert into orders values ('tea', 1)", { url: gate.url });
    await gate.close();
    expect(answer).toMatchObject({
      status: 'failed',
      says: expect.stringMatching(/^The connection to Postgres was lost before anything was committed, so nothing was changed/),
    });
    expect(await stage.count()).toBe(3);
  });

  test('because the server ends it before the commit has changed nothing', async () => {
    const performed = stage.sql("insert into orders select 'slow', 1 from pg_sleep(60)");
    await until(async () => (await running()).length > 0);
    await stage.db.client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollbot/r1'");
    expect((await performed).answer).toMatchObject({ status: 'failed', says: expect.stringContaining('(57P01)') });
    expect(await stage.count()).toBe(3);
  });

  test.each([
    ['cut', 'connection-lost'],
    ['mute', 'timeout'],
  ] as const)('during the commit (%s) leaves it open whether it happened', async (how, reason) => {
    const gate = await startGate(stage.db.url, 'COMMIT', how);
    const performed = stage.sql("insert into orders values ('tea', 1)", { url: gate.url });
    await gate.heard;
    if (how === 'mute') stage.clock.leap(LIMIT_MS);
    const { answer } = await performed;
    expect(answer).toMatchObject({ status: 'unknown', reason, says: expect.stringContaining('nobody knows whether it happened') });
    await until(async () => (await stage.count()) === 4);
    await gate.close();
  });

  test('because the server ends it during the commit leaves it open, although the server says why', async () => {
    await stage.db.client.query(
      `create or replace function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$`,
    );
    await stage.db.client.query(
      'create constraint trigger slow after insert on orders deferrable initially deferred for each row execute function dawdle()',
    );
    const performed = stage.sql("insert into orders values ('tea', 1)");
    await until(async () => (await running()).includes('commit'));
    await stage.db.client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollbot/r1'");
    const { answer } = await performed;
    expect(answer).toMatchObject({ status: 'unknown', reason: 'connection-lost', says: expect.stringContaining('(57P01)') });
  });

  test('while it only reads has failed', async () => {
    const gate = await startGate(stage.db.url, 'PG_SLEEP', 'cut');
    expect((await stage.read('select pg_sleep(0)', { url: gate.url })).answer.status).toBe('failed');
    await gate.close();
  });
});
