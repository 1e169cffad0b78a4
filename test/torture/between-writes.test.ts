import { expect, test } from 'vitest';
import { Database } from './journal-reader.ts';
import { startBotProcess } from '../process/bot-process.ts';
import type { BotProcess } from '../process/bot-process.ts';
import { openLedgerWorld, until } from '../process/ledger-world.ts';
import type { LedgerWorld } from '../process/ledger-world.ts';

/** Several bots start and die at the same time. */
const PATIENCE_MS = 120_000;

const EFFECTS = ['guarded', 'struck', 'struck late'];

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
    PATIENCE_MS,
  );
  return dead ? 'dead' : 'over';
}

/** Plays the run to its end with a bot that dies once at this moment, and with another one after it. */
async function playWithDeath(moment: string): Promise<void> {
  const world = await openLedgerWorld();
  const dying = startBotProcess({ ...world.environment, DIES: moment }, ['test/torture/dying-bot.ts']);
  let second: BotProcess | null = null;
  try {
    await dying.says('ready');
    await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
    expect(await playUntilOver(world, dying), 'the bot should have died').toBe('dead');
    second = startBotProcess(world.environment);
    await second.says('ready');
    if (!Database.hasRun(world.folder)) await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
    await playUntilOver(world, second);
    expect(await effects(world)).toEqual(EFFECTS);
    expect(await second.ends('SIGTERM')).toBe(0);
    expect(await Database.findings(world.folder)).toEqual([]);
  } finally {
    await dying.ends('SIGKILL');
    await second?.ends('SIGKILL');
    await world.close();
  }
}

/** How often the bot writes to its journal in a run that nothing disturbs. */
async function countWrites(): Promise<number> {
  const world = await openLedgerWorld();
  const bot = startBotProcess(world.environment, ['test/torture/dying-bot.ts']);
  try {
    await bot.says('ready');
    await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
    expect(await playUntilOver(world, bot)).toBe('over');
    expect(await effects(world)).toEqual(EFFECTS);
    return Math.max(...bot.lines.map(({ appends }) => Number(appends ?? 0)));
  } finally {
    await bot.ends('SIGKILL');
    await world.close();
  }
}

/** What the steps have done, without the run's id. */
async function effects(world: LedgerWorld): Promise<readonly string[]> {
  return (await world.lines()).map((line) => line.split(' ').slice(0, -1).join(' '));
}

const WRITES = await countWrites();
const MOMENTS = Array.from({ length: WRITES }, (_, index) => [`before write ${index + 1}`, `after write ${index + 1}`]).flat();

test('a run writes to the journal before and after each of its effects', () => {
  expect(WRITES).toBeGreaterThan(15);
});

test.concurrent.each(MOMENTS)('killed %s to its journal, the bot finishes the run with every effect exactly once', playWithDeath);
