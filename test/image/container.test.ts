import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asRootOnReadOnlyRoot, byPermissions, mayMount, onReadOnlyRoot, openContainer } from './container.ts';
import type { Container, Way } from './container.ts';
import { openImageWorld } from './image-world.ts';
import type { ImageWorld } from './image-world.ts';
import type { BotProcess } from '../process/bot-process.ts';

const mountable = canMount();
const WAYS: readonly { readonly how: string; readonly way: Way }[] = [
  { how: 'as a user without rights', way: byPermissions },
  ...(mountable ? [{ how: 'on a read-only root of its own', way: onReadOnlyRoot }] : []),
];
const NOT_SHOWN = 'Not shown: this machine lets nobody mount, so the image was not run on a read-only root.';

let world: ImageWorld;
let bot: BotProcess | null = null;

beforeAll(async () => {
  world = await openImageWorld();
}, 200_000);

afterEach(async () => {
  await bot?.ends('SIGKILL');
  bot = null;
});

afterAll(async () => await world.close());

function open(way: Way): Container {
  return openContainer(world.image, way, world.given);
}

describe.each(WAYS)('the image, run $how', ({ way }) => {
  test('is ready, healthy while it lives and only then, and ends with 0 on SIGTERM', async () => {
    const container = open(way);
    const { healthcheck } = world.image;
    expect(await container.execute(healthcheck)).toEqual({ exit: 1, says: '' });
    bot = container.start();
    await bot.says('ready');
    expect(await container.execute(healthcheck)).toEqual({ exit: 0, says: '' });
    const began = performance.now();
    expect(await bot.ends('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(bot.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    expect(await container.execute(healthcheck)).toEqual({ exit: 1, says: '' });
    expect(await container.execute(['node', 'bin/rollbot.js', 'verify'])).toMatchObject({ exit: 0 });
  });

  test('finds the shipped procedures in order', async () => {
    expect(await open(way).execute(['node', 'bin/rollbot.js', 'check'])).toEqual({
      exit: 0,
      says: expect.stringMatching(/^rollbot\.yml and \d+ procedures? are in order: .*\bcache\b/),
    });
  });

  test('can write to its two volumes and nowhere else', async () => {
    const { exit, says } = await open(way).execute(['find', '.', '-writable', '-prune']);
    expect([exit, says.trim().split('\n').toSorted()]).toEqual([0, ['./data', './incidents']]);
  });

  test('deploys with wrangler, up to where Cloudflare would be asked', async () => {
    const deploy = ['wrangler', 'deploy', '--dry-run', '--cwd', 'data/worker'];
    const { exit, says } = await open(way).execute(deploy, { WRANGLER_SEND_METRICS: 'false', CI: 'true' });
    expect([exit, says]).toEqual([0, expect.stringContaining('--dry-run: exiting now')]);
  });
});

test('on the read-only root, git reads a repository of another owner, and not even root writes', async () => {
  if (!mountable) return console.warn(NOT_SHOWN);
  const git = ['git', '-C', '/srv/repository', 'log', '--format=%s'];
  expect(await open(onReadOnlyRoot).execute(git)).toEqual({ exit: 0, says: 'Begin\n' });
  const without = await open(onReadOnlyRoot).execute(git, { GIT_CONFIG_NOSYSTEM: '1' });
  expect(without).toEqual({ exit: 128, says: expect.stringContaining('dubious ownership') });
  const write = await open(asRootOnReadOnlyRoot).execute(['touch', '/app/data/x', '/app/x', '/x', '/usr/x', '/usr/local/x']);
  expect(write.says.match(/Read-only file system/g)).toHaveLength(4);
});

function canMount(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollbot-mount-'));
  try {
    return mayMount(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
