import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBotProcess } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { openLedgerWorld, until } from './ledger-world.ts';
import type { LedgerWorld } from './ledger-world.ts';

let world: LedgerWorld;
let bots: BotProcess[];

beforeEach(async () => {
  world = await openLedgerWorld();
  bots = [];
});

afterEach(async () => {
  await world.open('gate');
  await world.open('late-gate');
  for (const bot of bots) await bot.ends('SIGKILL');
  await world.close();
});

async function startBot(): Promise<BotProcess> {
  const bot = startBotProcess(world.environment);
  bots.push(bot);
  await bot.says('ready');
  return bot;
}

async function danaStartsAndOmarApproves(): Promise<void> {
  const dana = world.slack.person('dana');
  const omar = world.slack.person('omar');
  await dana.types('/rollback ledger', { in: '#ops' });
  await omar.sees(/Write a destructive line.*Approve/s);
  await omar.clicks('Approve');
}

test('killed in the middle of a destructive step, the bot finds the line once and asks what became of it', async () => {
  await world.shut('gate');
  const first = await startBot();
  await danaStartsAndOmarApproves();
  await until(() => world.exists('gate.struck'), 'the step to have written its line');
  await first.ends('SIGKILL');
  await world.open('gate');
  await until(async () => (await world.lines()).filter((line) => line.startsWith('struck')).length === 1, 'the one line');

  await startBot();
  const omar = world.slack.person('omar');
  await omar.sees(/nobody knows|not know|unknown/i);
  expect((await world.lines()).filter((line) => line.startsWith('struck '))).toHaveLength(1);
  await until(
    async () => omar.screen().channels.some(({ messages }) => messages.some(({ buttons }) => buttons.includes('It happened'))),
    'the buttons',
  );
  await omar.clicks('It happened');
  await omar.sees(/Write another destructive line.*Approve/s);
  await omar.clicks('Approve');
  await omar.sees(/verified/i);
  expect((await world.lines()).map((line) => line.split(' ').slice(0, -1).join(' '))).toEqual(['guarded', 'struck', 'struck late']);
});

test('a step that outlives the bot is watched, and cannot be run again while it lives', async () => {
  await world.shut('late-gate');
  const first = await startBot();
  await danaStartsAndOmarApproves();
  const omar = world.slack.person('omar');
  await omar.sees(/Write another destructive line.*Approve/s);
  await omar.clicks('Approve');
  await until(() => world.exists('late-gate.begun'), 'the step to have begun');
  await first.ends('SIGKILL');

  await startBot();
  await omar.sees(/still running/i);
  expect((await world.lines()).filter((line) => line.startsWith('struck late'))).toHaveLength(0);
  await world.open('late-gate');
  await until(
    async () => (await world.lines()).some((line) => line.startsWith('struck late')),
    'the line of the step that outlived the bot',
  );
  await until(
    async () => omar.screen().channels.some(({ messages }) => messages.some(({ buttons }) => buttons.includes('It happened'))),
    'the question',
  );
  await omar.clicks('It happened');
  await omar.sees(/verified/i);
  expect((await world.lines()).filter((line) => line.startsWith('struck late'))).toHaveLength(1);
});
