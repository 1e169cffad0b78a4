import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { until } from './stage.ts';

export type RedisServer = {
  readonly url: string;
  /** A connection of the test's own. */
  readonly client: Redis;
  close(): Promise<void>;
};

const BINARY = 'redis-server';

/** Starts a real redis-server on a free port, which keeps nothing on disk. */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...settings];
  const server = spawn(BINARY, args, { stdio: 'ignore', cwd: '/tmp' });
  const password = settings[settings.indexOf('--requirepass') + 1];
  const isClosed = settings.includes('--requirepass');
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 20, ...(isClosed && { password: password ?? '' }) });
  client.on('error', () => undefined);
  await until(() => client.status === 'ready');
  return {
    url: `redis://127.0.0.1:${port}/0`,
    client,
    async close() {
      client.disconnect();
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
