import { realClock } from '../../../src/clock.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isDeepStrictEqual } from 'node:util';
import { Redis } from 'ioredis';
import { takeRedis } from '../../../src/demo/sandbox/redis-source.ts';
import type { RedisServer } from '../../../src/demo/sandbox/redis-server.ts';
import { freshFolder, PATIENCE_MS, until } from './sandboxes.ts';

/** Each row: what was set before, one command, and its answer. */
const ANSWERS: readonly (readonly [before: Readonly<Record<string, string>>, command: string, answer: unknown])[] = [
  [{}, 'PING', 'PONG'],
  [{}, 'PING hello', 'hello'],
  [{}, 'ping', 'PONG'],
  [{}, 'SELECT 0', 'OK'],
  [{}, 'SELECT 99', /out of range/],
  [{}, 'CLIENT SETNAME tester', 'OK'],
  [{}, 'GET nothing', null],
  [{ a: '1' }, 'GET a', '1'],
  [{}, 'SET a 1', 'OK'],
  [{}, 'SET a 1 EX 60', 'OK'],
  [{}, 'SET a 1 EX', /syntax/],
  [{}, 'SET a 1 EX soon', /not an integer/],
  [{}, 'SET a 1 EX 0', /invalid expire/],
  [{}, 'SET a 1 QX 60', /syntax/],
  [{ a: '1', b: '2' }, 'DEL a b c', 2],
  [{ a: '1', b: '2' }, 'UNLINK a c', 1],
  [{ a: '1' }, 'EXISTS a a b', 2],
  [{ a: '1' }, 'TYPE a', 'string'],
  [{}, 'TYPE a', 'none'],
  [{ 'x:1': '', 'x:22': '', y: '' }, 'KEYS x:*', ['x:1', 'x:22']],
  [{ 'x:1': '', 'x:22': '' }, 'KEYS x:?', ['x:1']],
  [{ a: '', b: '', c: '' }, 'KEYS [ab]', ['a', 'b']],
  [{ a: '', b: '', c: '' }, 'KEYS [^ab]', ['c']],
  [{ 'a*': '', ab: '' }, 'KEYS a\\*', ['a*']],
  [{ 'a.b': '', axb: '' }, 'KEYS a.b', ['a.b']],
  [{}, 'SCAN 0', ['0', []]],
  [{ 'x:1': '', y: '' }, 'SCAN 0 MATCH x:* COUNT 100', ['0', ['x:1']]],
  [{}, 'SCAN nowhere', /invalid cursor/],
  [{}, 'SCAN 0 COUNT 0', /syntax/],
  [{}, 'SCAN 0 COUNT few', /not an integer/],
  [{}, 'SCAN 0 MATCH', /syntax/],
  [{ a: '1' }, 'EXPIRE a 60', 1],
  [{}, 'EXPIRE a 60', 0],
  [{ a: '1' }, 'EXPIRE a -1', 1],
  [{ a: '1' }, 'EXPIRE a soon', /not an integer/],
  [{ a: '1' }, 'TTL a', -1],
  [{}, 'TTL a', -2],
  [{ a: '1', b: '2' }, 'DBSIZE', 2],
  [{ a: '1' }, 'FLUSHDB', 'OK'],
  [{ a: '1' }, 'FLUSHDB ASYNC', 'OK'],
  [{}, 'FLUSHDB NOW', /syntax/],
  [{}, 'GET', /wrong number of arguments for 'get' command/],
  [{}, 'GET a b', /wrong number of arguments for 'get' command/],
  [{}, 'DBSIZE please', /wrong number of arguments for 'dbsize' command/],
  [{}, 'HSETALL a', /unknown command/],
  [{}, 'INFO memory', /^# Memory\r\n[\s\S]*used_memory:\d+\r\n/],
  [{}, 'INFO replication', /role:master\r\n/],
  [{ a: '1' }, 'INFO keyspace', /db0:keys=1,/],
];

describe.each(['server', 'stand-in'] as const)('the %s', (choice) => {
  let server: RedisServer;
  let redis: Redis;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const folder = await freshFolder();
    remove = folder.remove;
    server = await takeRedis({ choice, dir: folder.dir, hostPath: '/usr/local/bin:/usr/bin:/opt/homebrew/bin', clock: realClock });
    redis = new Redis({ host: server.host, port: server.port });
  }, PATIENCE_MS);
  afterAll(async () => {
    redis.disconnect();
    await server.close();
    await remove();
  });
  beforeEach(async () => {
    await redis.flushdb();
  });

  test.each(ANSWERS)('holding %j answers "%s"', async (before, command, answer) => {
    for (const [key, value] of Object.entries(before)) await redis.set(key, value);
    expect(await say(redis, command)).toSatisfy((given) => matches(given, answer));
  });

  test('keeps bytes as they are, also large ones and such as are no text', async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
    await redis.set('bytes', bytes);
    expect((await redis.getBuffer('bytes'))?.equals(bytes)).toBe(true);
    await redis.set('word', 'Kühlschrank ✓');
    expect(await redis.get('word')).toBe('Kühlschrank ✓');
  });

  test('forgets a key when its time is over', async () => {
    await redis.set('brief', '1', 'EX', 1);
    expect(await redis.ttl('brief')).toBe(1);
    await until(async () => (await redis.exists('brief')) === 0);
    expect(await redis.dbsize()).toBe(0);
  });

  test('misses no key in a scan that deletes as it goes', async () => {
    const batch = redis.pipeline();
    for (let each = 0; each < 500; each += 1) batch.set(`warm:${each}`, '1').set(`page:${each}`, '1');
    await batch.exec();
    for await (const keys of redis.scanStream({ match: 'warm:*', count: 50 })) {
      if ((keys as string[]).length > 0) await redis.unlink(...(keys as string[]));
    }
    expect(await redis.dbsize()).toBe(500);
  });

  test('reports less memory when entries are deleted', async () => {
    const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
    const before = await used();
    await redis.set('large', 'x'.repeat(1_000_000));
    expect((await used()) - before).toBeGreaterThan(900_000);
    await redis.unlink('large');
    expect(await until(async () => (await used()) - before < 200_000)).toBe(true);
  });

  test('serves several connections at once', async () => {
    const other = new Redis({ host: server.host, port: server.port });
    await Promise.all([redis.set('a', '1'), other.set('b', '2')]);
    expect(await Promise.all([other.get('a'), redis.get('b')])).toEqual(['1', '2']);
    other.disconnect();
  });
});

/** One command as a person types it; errors are answers too, and the order of keys does not count. */
async function say(redis: Redis, command: string): Promise<unknown> {
  const [name = '', ...args] = command.split(' ');
  const answer = await redis.call(name, ...args).catch((error: Error) => error.message);
  return Array.isArray(answer) && name === 'KEYS' ? (answer as string[]).toSorted((a, b) => a.localeCompare(b)) : answer;
}

function matches(given: unknown, answer: unknown): boolean {
  return answer instanceof RegExp ? answer.test(String(given)) : isDeepStrictEqual(given, answer);
}
