import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import type { Address } from './redis-gate.ts';

export type RedisServer = Address & { close: () => Promise<void> };

/** Ends the server as soon as nobody holds the other end of its input, so that it can't outlive us, however we end. */
const GUARD = '"$@" & server=$!; cat >/dev/null; kill "$server" 2>/dev/null; wait "$server"';
const ATTEMPTS = 3;

type Order = { readonly binary: string; readonly dir: string; readonly password?: string };

/** Starts a redis-server of the sandbox's own, which keeps nothing on disk. */
export async function startRedisServer({ binary, dir, password = '' }: Order): Promise<RedisServer> {
  await mkdir(dir, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = spawnGuarded({ binary, dir, password }, port);
    if (await answers({ dir, password }, port)) return { host: '127.0.0.1', port, close: server.close };
    await server.close();
    if (attempt === ATTEMPTS) throw new Error(`redis-server does not start: read redis-server.log in the sandbox's folder.`);
  }
}

function spawnGuarded({ binary, dir, password = '' }: Order, port: number): { close: () => Promise<void> } {
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
    '--requirepass',
    password,
  ];
  const args = ['-c', GUARD, 'redis-guard', binary, ...settings, '--logfile', 'redis-server.log'];
  const child = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], env: {}, cwd: dir });
  const exited = once(child, 'exit');
  return {
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Whether it is this very server that answers, and not another one that has taken the port in the meantime. */
async function answers({ dir, password = '' }: Omit<Order, 'binary'>, port: number): Promise<boolean> {
  const redis = new Redis({ host: '127.0.0.1', port, password, retryStrategy: untilStarted, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  try {
    const [, where] = await redis.config('GET', 'dir');
    return where === (await realpath(dir));
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** Three seconds of tries, 50 ms apart. */
function untilStarted(tries: number): number | null {
  return tries <= 60 ? 50 : null;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
