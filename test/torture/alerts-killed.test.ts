import { expect, test } from 'vitest';
import { firingIn } from '../../src/core/alert/state.ts';
import { openAlertWorld, readGroups, sendAlerts } from '../process/alert-world.ts';
import { startBotProcess } from '../process/bot-process.ts';
import { until } from '../process/ledger-world.ts';
import { Database } from './journal-reader.ts';

const CLIENTS = 6;
const ALERTS = 5;

/** What of these groups is in the journal: each with all of its alerts, or not at all. */
async function firing(world: Awaited<ReturnType<typeof openAlertWorld>>, groups: readonly string[]): Promise<readonly number[]> {
  return (await readGroups(world, groups)).map((state) => (state.status === 'open' ? firingIn(state) : 0));
}

// By itself in the middle of its work, or right before and after it has written: then what it has written is still in its inbox.
test.concurrent.each([
  ['by the number of its answers', null, 40],
  ['by the number of its answers, later', null, 90],
  ['before write 2', 'before write 2', null],
  ['after write 1', 'after write 1', null],
  ['after write 3', 'after write 3', null],
])('killed %s in a storm, the bot has lost nothing that it said it had taken', async (_, moment, answers) => {
  const world = await openAlertWorld();
  const first = startBotProcess({ ...world.environment, DIES: moment ?? 'never' }, ['test/torture/dying-bot.ts']);
  let second: ReturnType<typeof startBotProcess> | null = null;
  const taken: string[] = [];
  try {
    const { port } = await first.says('ready');
    let next = 0;
    let alive = true;
    const client = async (): Promise<void> => {
      while (alive) {
        const group = `group-${next++}`;
        const status = await sendAlerts(Number(port), group, ALERTS);
        if (status === 202) taken.push(group);
        if (status === null) alive = false;
        if (answers !== null && taken.length >= answers) first.child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    expect(await first.ends()).toBe('SIGKILL');
    expect(taken.length).toBeGreaterThan(0);

    second = startBotProcess(world.environment);
    await second.says('ready');
    await until(
      async () => (await firing(world, taken)).every((count) => count === ALERTS),
      'everything that was taken to be in the journal',
    );
    expect(await second.ends('SIGTERM')).toBe(0);
    expect(await firing(world, taken)).toEqual(taken.map(() => ALERTS));
    expect(await Database.findings(world.folder)).toEqual([]);
  } finally {
    await first.ends('SIGKILL');
    await second?.ends('SIGKILL');
    await world.close();
  }
});
