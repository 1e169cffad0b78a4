import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spawnRollbot } from './bot-process.ts';
import { openLedgerWorld, until } from './ledger-world.ts';
import type { LedgerWorld } from './ledger-world.ts';

let world: LedgerWorld;
beforeEach(async () => {
  world = await openLedgerWorld();
});
afterEach(async () => await world.close());

/** Starts Rollbot, and reads its output only until it says this. */
async function readUntil(text: string, args: readonly string[]) {
  const child = spawnRollbot(world.environment, ['bin/rollbot.js', ...args]);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (stdout.includes(text)) child.stdout.destroy();
  });
  await once(child.stdout, 'close');
  return { child, ended, stderr: () => stderr };
}

test('a command whose reader has left ends well', async () => {
  const { ended, stderr } = await readUntil('sed-in-place', ['check', '--rules']);
  expect(await ended).toBe(0);
  expect(stderr()).toBe('');
});

test('the bot goes on when nobody reads its log any more', async () => {
  const { child, ended, stderr } = await readUntil('"ready"', ['start']);
  try {
    await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
    await world.slack.person('omar').sees(/Write a destructive line.*Approve/s);
    await until(async () => (await world.lines()).length === 1, 'the first line');
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
  expect(stderr()).toBe('');
});
