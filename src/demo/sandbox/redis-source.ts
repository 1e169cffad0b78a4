import { Redis } from 'ioredis';
import type { Clock } from '../../core/ports.ts';
import type { Address } from './redis-gate.ts';
import { startRedisServer } from './redis-server.ts';
import type { RedisServer } from './redis-server.ts';
import { startRedisStandIn } from './redis-stand-in.ts';
import { findTool } from './tools.ts';

/** Where the sandbox's Redis comes from: its own server, its own or else the stand-in, the stand-in, or an empty one that is given. */
export type RedisChoice = 'server' | 'server-or-stand-in' | 'stand-in' | Address;

type Place = { readonly choice: RedisChoice; readonly dir: string; readonly hostPath: string; readonly clock: Clock };

/** Throws a sentence when there is no such Redis, or when a given one holds keys already. */
export async function takeRedis({ choice, dir, hostPath, clock }: Place): Promise<RedisServer> {
  if (typeof choice === 'object') return takeGiven(choice);
  if (choice === 'stand-in') return startRedisStandIn(clock);
  const binary = await findTool('redis-server', hostPath);
  if (binary !== null) return startRedisServer({ binary, dir });
  if (choice === 'server-or-stand-in') return startRedisStandIn(clock);
  throw new Error('There is no redis-server on this machine: install Redis, or name an empty one that the sandbox may use.');
}

async function takeGiven({ host, port }: Address): Promise<RedisServer> {
  const redis = new Redis({ host, port, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    const keys = await redis.dbsize();
    if (keys > 0)
      throw new Error(`The Redis at ${host}:${port} holds ${keys} keys: give the sandbox an empty one, because it will be flushed.`);
  } finally {
    redis.disconnect();
  }
  return { host, port, close: () => Promise.resolve() };
}
