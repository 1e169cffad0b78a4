import { realClock } from '../../../src/clock.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Redis } from 'ioredis';
import { startSandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { findTool } from '../../../src/demo/sandbox/tools.ts';
import { startRedisServer } from '../../../src/demo/sandbox/redis-server.ts';
import { withRedis } from './repairs.ts';
import { freshFolder, freshSandbox, PATIENCE_MS, run, until } from './sandboxes.ts';

const HOST_PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';

/** What a test has started and has to end, newest first. */
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (let end = endings.pop(); end; end = endings.pop()) await end();
});

async function folder(): Promise<string> {
  const { dir, remove } = await freshFolder();
  endings.push(remove);
  return dir;
}

describe('a sandbox leaves the machine alone', { timeout: PATIENCE_MS }, () => {
  test('its steps find its own tools, its own home and no git settings of the owner', async () => {
    const crontab = await ownersCrontab();
    const sandbox = await freshSandbox();
    endings.push(() => sandbox.close());
    for (const tool of ['crontab', 'wrangler']) {
      expect((await run(sandbox, 'bash', ['-c', `command -v ${tool}`])).stdout).toBe(join(sandbox.path, tool));
    }
    const inside = sandbox.env.SANDBOX_DIR ?? '?';
    const { stdout } = await run(sandbox, 'git', ['config', '--list', '--show-origin', '--name-only']);
    const origins = new Set(stdout.split('\n').map((line) => line.split('\t')[0]));
    expect(origins).toEqual(new Set(['file:.git/config', `file:${inside}/home/.gitconfig`]));
    const paths = [sandbox.repo, sandbox.origin, sandbox.path, sandbox.env.HOME, sandbox.env.TMPDIR];
    expect(paths.filter((path) => !path?.startsWith(inside))).toEqual([]);
    await run(sandbox, 'crontab', ['-r']);
    expect(await ownersCrontab()).toBe(crontab);
  });

  test('a folder with something in it is refused, and nothing is added to it', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'letter.txt'), 'dear Lee');
    await expect(startSandbox({ dir, clock: realClock })).rejects.toThrow('is not empty: give the sandbox one of its own');
    expect(await readdir(dir)).toEqual(['letter.txt']);
  });
});

describe('a Redis that is given', { timeout: PATIENCE_MS }, () => {
  test('is used when it is empty, and left empty', async () => {
    const { address, redis } = await givenRedis();
    const sandbox = await freshSandbox({ redis: address });
    expect(await redis.get('rollbot:marker')).toBe(sandbox.marker);
    await sandbox.close();
    expect(await redis.dbsize()).toBe(0);
  });

  test('is refused when it holds anything, and keeps it', async () => {
    const { address, redis } = await givenRedis();
    await redis.set('letter', 'dear Lee');
    await expect(startSandbox({ dir: await folder(), clock: realClock, redis: address })).rejects.toThrow(
      'holds 1 keys: give the sandbox an empty one',
    );
    expect(await redis.keys('*')).toEqual(['letter']);
  });
});

describe('nothing outlives a sandbox', { timeout: PATIENCE_MS }, () => {
  test('closing it ends its Redis, its service, its jobs and a deployment that hangs', async () => {
    const sandbox = await freshSandbox({ cronEveryMs: 200 });
    const redisPid = await pidOfRedis(sandbox.redisUrl);
    await sandbox.sabotage('deploy-hangs');
    const hanging = run(sandbox, 'wrangler', ['deploy', '--env', 'production']);
    await sandbox.close();
    expect((await hanging).exitCode).toBe(1);
    expect(isAlive(redisPid)).toBe(false);
    await expect(fetch(sandbox.serviceUrl)).rejects.toThrow('fetch failed');
    await expect(withRedis(sandbox, (redis) => redis.ping())).rejects.toThrow(/closed|ECONNREFUSED/);
  });

  test('killing the process that started it ends its Redis too', async () => {
    const program = fileURLToPath(new URL('./fixtures/abandoned-sandbox.ts', import.meta.url));
    const child = spawn(process.execPath, [program, await folder()], { stdio: ['ignore', 'pipe', 'inherit'] });
    endings.push(() => child.kill('SIGKILL'));
    const [redisUrl] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const redisPid = await pidOfRedis(redisUrl);
    expect(isAlive(redisPid)).toBe(true);
    child.kill('SIGKILL');
    expect(await until(() => !isAlive(redisPid))).toBe(true);
  });
});

async function givenRedis() {
  const server = await startRedisServer({ binary: (await findTool('redis-server', HOST_PATH)) ?? '', dir: await folder() });
  endings.push(server.close);
  const redis = new Redis({ host: server.host, port: server.port });
  endings.push(() => redis.disconnect());
  return { address: { host: server.host, port: server.port }, redis };
}

/** What the machine's own crontab holds for whoever runs the tests. */
async function ownersCrontab(): Promise<string> {
  const crontab = await findTool('crontab', HOST_PATH);
  return crontab ? (await execa(crontab, ['-l'], { reject: false })).stdout : '';
}

async function pidOfRedis(url: string): Promise<number> {
  const redis = new Redis(url);
  const info = await redis.info('server');
  redis.disconnect();
  return Number(/^process_id:(\d+)/m.exec(info)?.[1]);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
