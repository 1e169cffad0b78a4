import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startRedisServer } from '../../src/demo/sandbox/redis-server.ts';
import { findTool } from '../../src/demo/sandbox/tools.ts';
import { PATH } from './stage.ts';

export type RedisServer = {
  readonly url: string;
  /** A connection of the test's own. */
  readonly client: Redis;
  close(): Promise<void>;
};

/** Starts a real redis-server of the test's own, which keeps nothing on disk, with a password where one is given. */
export async function startRedis(password = ''): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'rollbot-redis-'));
  const binary = (await findTool('redis-server', PATH)) ?? '';
  const { host, port, close } = await startRedisServer({ binary, dir, password });
  const client = new Redis({ port, host, password });
  client.on('error', () => undefined);
  return {
    url: `redis://${host}:${port}/0`,
    client,
    async close() {
      client.disconnect();
      await close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
