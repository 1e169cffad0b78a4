import { expect, test } from 'vitest';
import { Database } from './journal-reader.ts';
import { startBotProcess } from '../process/bot-process.ts';
import type { BotProcess } from '../process/bot-process.ts';
import { openLedgerWorld, until } from '../process/ledger-world.ts';
import type { LedgerWorld } from '../process/ledger-world.ts';

/** Every journal write of the ledger run, and a few more that never come. */
const MOST_WRITES = 34;

/** What an honest person answers who can look into the ledger. */
async function omarAnswersHonestly(world: LedgerWorld): Promise<void> {
  const omar = world.slack.person('omar');
  const messages = omar.screen().channels.flatMap((channel) => channel.messages);
  const button = messages.flatMap(({ buttons }) => buttons).find((label) => label === 'Approve' || label === 'It happened');
  if (button === 'Approve') await omar.clicks('Approve').catch(() => {});
  if (button !== 'It happened') return;
  const asked = messages.find(({ buttons }) => buttons.includes('It happened'));
  const written = (await world.lines()).some((line) => line.startsWith(/another/.test(asked?.text ?? '') ? 'struck late' : 'struck '));
  await omar.clicks(written ? 'It happened' : 'It did not: run it again').catch(() => {});
}

/** Plays until the run is over, however often the people have to be asked. */
async function playUntilOver(world: LedgerWorld, bot: BotProcess | null): Promise<'over' | 'dead'> {
  const dana = world.slack.person('dana');
  const over = (): boolean => dana.screen().channels.some(({ messages }) => messages.some(({ text }) => /done and verified/i.test(text)));
  let dead = false;
  void bot?.ends().then(() => (dead = true));
  await until(
    async () => {
      if (dead || over()) return true;
      await omarAnswersHonestly(world);
      return false;
    },
    'the run to be over',
    40_000,
  );
  return dead ? 'dead' : 'over';
}

async function dieAfter(writes: number): Promise<'died' | 'outlived'> {
  const world = await openLedgerWorld();
  const dying = startBotProcess({ ...world.environment, DIES_AFTER: String(writes) }, ['test/torture/dying-bot.ts']);
  let second: BotProcess | null = null;
  try {
    await dying.says('ready');
    await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
    if ((await playUntilOver(world, dying)) === 'over') return 'outlived';
    second = startBotProcess(world.environment);
    await second.says('ready');
    if (!Database.hasRun(world.folder)) await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
    await playUntilOver(world, second);
    const kinds = (await world.lines()).map((line) => line.split(' ').slice(0, -1).join(' '));
    expect(kinds, `killed after write ${writes}`).toEqual(['guarded', 'struck', 'struck late']);
    expect(await second.ends('SIGTERM'), `killed after write ${writes}`).toBe(0);
    expect(await Database.findings(world.folder), `killed after write ${writes}`).toEqual([]);
    return 'died';
  } finally {
    await dying.ends('SIGKILL');
    await second?.ends('SIGKILL');
    await world.close();
  }
}

test('killed after each of its journal writes, the bot finishes the run with every effect exactly once', async () => {
  const endings = [];
  for (let writes = 1; writes <= MOST_WRITES; writes += 1) {
    endings.push(await dieAfter(writes));
    if (endings.at(-1) === 'outlived') break;
  }
  expect(endings.filter((ending) => ending === 'died').length).toBeGreaterThan(15);
  expect(endings.at(-1)).toBe('outlived');
});
