import { realClock } from '../../../src/clock.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { takeRedis } from '../../../src/demo/sandbox/redis-source.ts';
import type { RedisServer } from '../../../src/demo/sandbox/redis-server.ts';
import { findTool } from '../../../src/demo/sandbox/tools.ts';
import { freshFolder, PATIENCE_MS } from './sandboxes.ts';

const STAND_IN = fileURLToPath(new URL('../../../src/demo/sandbox/tools/redis-cli.ts', import.meta.url));

const HOST_PATH = '/usr/local/bin:/usr/bin:/opt/homebrew/bin';

type Question = { readonly args: readonly string[]; readonly input?: string };
const QUESTIONS: readonly Question[] = [
  { args: ['PING'] },
  { args: ['SET', 'a', 'two words'] },
  { args: ['GET', 'a'] },
  { args: ['GET', 'nothing'] },
  { args: ['EXISTS', 'a'] },
  { args: ['KEYS', '*'] },
  { args: ['NONSENSE'] },
  { args: [], input: 'SET b \'{"a":"x y"}\'\nGET b\nEXISTS "b"\nUNLINK b\n' },
];

let server: RedisServer;
let realOne: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  const folder = await freshFolder();
  remove = folder.remove;
  server = await takeRedis({ choice: 'server', dir: folder.dir, hostPath: HOST_PATH, clock: realClock });
  realOne = (await findTool('redis-cli', HOST_PATH)) ?? '';
}, PATIENCE_MS);
afterAll(async () => {
  await server.close();
  await remove();
});

test.each(QUESTIONS)('the stand-in answers $args as the real redis-cli does', async ({ args, input = '' }) => {
  const words = ['-h', server.host, '-p', String(server.port), ...args];
  const standIn = await execa(process.execPath, [STAND_IN, ...words], { input });
  const real = await execa(realOne, words, { input });
  expect(standIn.stdout).toBe(real.stdout);
});

test('says which server can not be reached', async () => {
  const asked = await execa(process.execPath, [STAND_IN, '-h', '127.0.0.1', '-p', '1', 'PING'], { reject: false });
  expect(asked).toMatchObject({ exitCode: 1, stderr: 'Could not connect to Redis at 127.0.0.1:1' });
});

test('has no default server, so that an empty variable reaches nobody', async () => {
  for (const words of [['FLUSHDB'], ['-h', '-p', 'FLUSHDB'], ['-h', '127.0.0.1', '-p', 'FLUSHDB']]) {
    const asked = await execa(process.execPath, [STAND_IN, ...words], { reject: false });
    expect(asked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Name the server') });
  }
});
