import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGate } from './gate.ts';
import { startRedis } from './redis-server.ts';
import type { RedisServer } from './redis-server.ts';
import { createStage, LIMIT_MS } from './stage.ts';
import type { Options, Performed, Stage } from './stage.ts';

let stage: Stage;
let redis: RedisServer;
beforeAll(async () => ([stage, redis] = await Promise.all([createStage(), startRedis()])));
beforeEach(async () => void (await redis.client.flushall()));
afterAll(async () => {
  await redis.close();
  await stage.close();
});

const command = async (words: readonly string[], options: Options & { url?: string } = {}): Promise<Performed> =>
  await stage.perform({ kind: 'redis-command', url: options.url ?? redis.url, command: words }, options);

async function unlink(
  match: string,
  options: Options & { url?: string; cap?: number; batch?: number; pauseMs?: number } = {},
): Promise<Performed> {
  const { url = redis.url, cap, batch = 100, pauseMs = 0, ...rest } = options;
  return await stage.perform({ kind: 'redis-unlink', url, match, batch, pauseMs, ...(cap !== undefined && { cap }) }, rest);
}

async function fill(prefix: string, count: number): Promise<void> {
  await redis.client.mset(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x'])));
}

describe('a command', () => {
  test.each([
    [['SET', 'a', '1\r\nFLUSHALL\r\n'], 'OK'],
    [['GET', 'nothing'], null],
    [['INCRBY', 'n', '41'], 41],
    [['LRANGE', 'list', '0', '-1'], []],
    [
      ['EVAL', 'return {1, {"two"}, false}', '0'],
      [1, ['two'], null],
    ],
  ])('%j is answered %j', async (words, reply) => {
    expect((await command(words)).answer).toMatchObject({ status: 'ok', observed: reply });
  });

  test('never becomes two, whatever its arguments hold', async () => {
    await fill('k', 3);
    await command(['SET', 'a', '1\r\nFLUSHALL\r\n']);
    expect(await redis.client.dbsize()).toBe(4);
  });

  test('can be expected to answer something, and give outputs', async () => {
    await redis.client.set('rollbot:marker', 'cache-staging');
    const read = { effect: 'read', outputs: { marker: {} } } as const;
    const asked = await command(['GET', 'rollbot:marker'], { ...read, expect: { equals: 'cache-staging' } });
    expect(asked.answer).toMatchObject({ status: 'ok', outputs: { marker: 'cache-staging' } });
    const { answer } = await command(['GET', 'rollbot:marker'], { ...read, expect: { equals: 'cache-production' } });
    expect(answer).toMatchObject({
      status: 'failed',
      observed: 'cache-staging',
      says: expect.stringContaining('should equal "cache-production"'),
    });
  });

  test('that Redis refuses has failed', async () => {
    await redis.client.set('text', 'abc');
    const { answer } = await command(['INCR', 'text']);
    expect(answer).toEqual({ status: 'failed', says: 'Redis refused INCR: ERR value is not an integer or out of range.' });
  });

  test.each([
    ['redis://127.0.0.1:1/0', /could not be reached, so nothing was done: .*ECONNREFUSED/],
    ['http://127.0.0.1:6379', /has to begin with redis:/],
    ['redis://:a/b@127.0.0.1:6379', /special characters of its password are written as %XX/],
  ])('to %s has failed, and nothing was done', async (url, says) => {
    expect((await command(['FLUSHALL'], { url })).answer).toMatchObject({ status: 'failed', says: expect.stringMatching(says) });
  });
});

describe('a connection that is lost', () => {
  test.each([
    [['INCR', 'n'], 'INCR', 'destructive', { status: 'unknown', reason: 'connection-lost' }],
    [['GET', 'n'], 'GET', 'read', { status: 'failed', says: expect.stringContaining('was lost while it was read') }],
  ] as const)('during %j', async (words, word, effect, outcome) => {
    const gate = await startGate(redis.url, word, 'cut');
    expect((await command(words, { url: gate.url, effect })).answer).toMatchObject(outcome);
    await gate.close();
  });

  test('during a write is not made up for by writing again', async () => {
    const gate = await startGate(redis.url, 'INCR', 'cut');
    await command(['INCR', 'n'], { url: gate.url });
    await gate.close();
    expect(Number(await redis.client.get('n'))).toBeLessThanOrEqual(1);
  });

  test.each([
    [['INCR', 'n'], 'INCR', 'destructive', { status: 'unknown', reason: 'timeout' }],
    [['GET', 'n'], 'GET', 'read', { status: 'failed', says: 'Redis did not answer in time.' }],
  ] as const)('or silent for too long during %j', async (words, word, effect, outcome) => {
    const gate = await startGate(redis.url, word, 'mute');
    const commanded = command(words, { url: gate.url, effect });
    await gate.heard;
    stage.clock.leap(LIMIT_MS);
    expect((await commanded).answer).toMatchObject(outcome);
    await gate.close();
  });
});

describe('a password', () => {
  let closed: RedisServer;
  beforeAll(async () => (closed = await startRedis('sesame-open')));
  afterAll(async () => await closed.close());

  test('opens the server', async () => {
    const url = { $pieces: ['redis://:', { secret: 'redis' }, closed.url.replace('redis://', '@')] };
    const action = { kind: 'redis-command', url, command: ['PING'] } as const;
    expect((await stage.perform(action, { secrets: { redis: 'sesame-open' } })).answer).toMatchObject({ status: 'ok', observed: 'PONG' });
  });

  test.each([
    ['is missing', '', 'NOAUTH'],
    ['is wrong', 'sesame-shut', 'WRONGPASS'],
  ])('that %s is a failure that does not repeat it', async (_, password, says) => {
    const url = closed.url.replace('redis://', password ? `redis://:${password}@` : 'redis://');
    const { answer } = await command(['FLUSHALL'], { url });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining(says) });
    expect(JSON.stringify(answer)).not.toContain('sesame');
  });
});

describe('deleting by pattern', () => {
  test('deletes what matches and nothing else, and counts it', async () => {
    await fill('warm:', 2500);
    await fill('session:', 10);
    const { answer, output } = await unlink('warm:*');
    expect(answer).toMatchObject({ status: 'ok', observed: 2500, says: '2,500 keys of the pattern "warm:*" deleted.' });
    expect(await redis.client.dbsize()).toBe(10);
    expect(output).toMatch(/^\d+ keys of 2,500 had been deleted\.\n/);
  });

  test('above its cap deletes none', async () => {
    await fill('warm:', 1000);
    expect((await unlink('warm:*', { cap: 999 })).answer).toMatchObject({
      status: 'failed',
      says: expect.stringContaining('More than 999 keys match'),
    });
    expect(await redis.client.dbsize()).toBe(1000);
    expect((await unlink('warm:*', { cap: 1000 })).answer).toMatchObject({ status: 'ok', observed: 1000 });
  });

  test('finds that nothing had to be done', async () => {
    expect((await unlink('warm:*')).answer).toMatchObject({ status: 'already-done', observed: 0 });
  });

  test('that loses its connection says how far it was known to have come', async () => {
    await fill('warm:', 1000);
    const gate = await startGate(redis.url, 'UNLINK', 'cut');
    const { answer } = await unlink('warm:*', { url: gate.url });
    expect(answer).toMatchObject({
      status: 'unknown',
      reason: 'connection-lost',
      says: expect.stringContaining('0 keys of 1,000 had been deleted'),
    });
    await gate.close();
  });

  test('that loses its connection while it still counts has failed, with nothing deleted', async () => {
    await fill('warm:', 10);
    const gate = await startGate(redis.url, 'SCAN', 'cut');
    expect((await unlink('warm:*', { url: gate.url })).answer.status).toBe('failed');
    expect(await redis.client.dbsize()).toBe(10);
    await gate.close();
  });

  test('ends between two batches when somebody stops it', async () => {
    await fill('warm:', 1000);
    const controller = new AbortController();
    const onOutput = (): void => controller.abort('stopped-by-person');
    const { answer } = await unlink('warm:*', { batch: 10, pauseMs: 1, signal: controller.signal, onOutput });
    expect(answer).toMatchObject({
      status: 'unknown',
      reason: 'stopped-by-person',
      says: expect.stringMatching(/\d+ keys of 1,000 had been deleted\.$/),
    });
    expect(await redis.client.dbsize()).toBeGreaterThan(0);
  });
});

test('counting by pattern gives the number of keys', async () => {
  await fill('warm:', 1234);
  const action = { kind: 'redis-count', url: redis.url, match: 'warm:*' } as const;
  const { answer } = await stage.perform(action, { effect: 'read', expect: { below: 2000 }, outputs: { warm: {} } });
  expect(answer).toMatchObject({ status: 'ok', observed: 1234, outputs: { warm: '1234' } });
});
