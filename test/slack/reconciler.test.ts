import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/slack/outcome.ts';
import { channelName } from '../../src/slack/incident-channel.ts';
import { createReconciler } from '../../src/slack/reconciler.ts';
import { silent } from './house.ts';
import { createManualClock } from './manual-clock.ts';
import { beginning, opened, started, STREAM, told } from './story.ts';

const LATER: Outcome = { status: 'later', afterMs: null, says: 'away' };

function open(outcomes: readonly (Outcome | Error)[], tickMs: number | null = null) {
  const clock = createManualClock();
  const times: number[] = [];
  const reconciler = createReconciler({
    clock,
    log: silent,
    pass: async () => {
      const outcome = outcomes[times.length] ?? { status: 'done' };
      times.push(clock.monotonicMs());
      if (outcome instanceof Error) throw outcome;
      return await Promise.resolve({ outcome, tickMs });
    },
  });
  return { clock, times, reconciler };
}

describe('a stream is looked at', () => {
  test('once more, however often it is woken while it is looked at', async () => {
    const { times, reconciler } = open([]);
    for (let count = 0; count < 10; count += 1) reconciler.wake(STREAM);
    await reconciler.settled();
    expect(times).toHaveLength(2);
  });

  test('again after growing pauses, until Slack takes it', async () => {
    const { clock, times, reconciler } = open(Array.from({ length: 9 }, () => LATER));
    reconciler.wake(STREAM);
    await clock.pass(10 * 60_000);
    await reconciler.settled();
    expect(times.map((at, index) => (at - (times[index - 1] ?? 0)) / 1000)).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('and is behind until its messages say what it says', async () => {
    const { clock, reconciler } = open([LATER, LATER]);
    expect(reconciler.isBehind(STREAM)).toBe(false);
    reconciler.wake(STREAM);
    expect(reconciler.isBehind(STREAM)).toBe(true);
    await clock.pass(1000);
    expect(reconciler.isBehind(STREAM)).toBe(true);
    await clock.pass(10_000);
    expect(reconciler.isBehind(STREAM)).toBe(false);
  });

  test('after exactly the pause that Slack asks for', async () => {
    const { clock, times, reconciler } = open([{ status: 'later', afterMs: 7000, says: 'pause' }]);
    reconciler.wake(STREAM);
    await clock.pass(7000);
    expect(times).toEqual([0, 7000]);
  });

  test('again after an error of our own, which reaches nobody', async () => {
    const { clock, times, reconciler } = open([new Error('a bug')]);
    reconciler.wake(STREAM);
    await clock.pass(1000);
    expect(times).toEqual([0, 1000]);
  });

  test('each minute while time alone changes what it says', async () => {
    const { clock, times, reconciler } = open([], 60_000);
    reconciler.wake(STREAM);
    await clock.pass(0);
    await reconciler.settled();
    await clock.pass(120_000);
    expect(times).toEqual([0, 60_000, 120_000]);
  });

  test('no more once the bot stops', async () => {
    const { clock, times, reconciler } = open([LATER]);
    reconciler.wake(STREAM);
    await clock.pass(0);
    await reconciler.stop();
    reconciler.wake(STREAM);
    await clock.pass(60_000);
    expect(times).toEqual([0]);
  });
});

describe("the name of an incident's channel", () => {
  test.each([
    ['of a run', told(...beginning).incident, 'inc', 'inc-20261124-cache-k7m2xq'],
    ['of a drill', told({ ...opened, drill: true }, started).incident, 'inc', 'inc-drill-20261124-cache-k7m2xq'],
    ['without a run', told({ ...opened, title: 'Käse & <Brot>: “späť”!' }).incident, 'ops', 'ops-20261124-ka-se-brot-spa-t-k7m2xq'],
    ['of nothing that can be written', told({ ...opened, title: '🙂' }).incident, 'inc', 'inc-20261124-k7m2xq'],
  ])('%s', (_, incident, prefix, name) => {
    expect(channelName(incident, prefix)).toBe(name);
  });

  test("ends with the incident's id within 80 characters", () => {
    const name = channelName(told({ ...opened, title: 'x'.repeat(300) }).incident, 'p'.repeat(80));
    expect(name.length).toBeLessThanOrEqual(80);
    expect(name).toMatch(/^[a-z0-9-]+-k7m2xq$/);
  });
});
