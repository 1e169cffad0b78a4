import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { createBudget, PRIORITIES, UPDATE_BUCKET } from '../../src/slack/budget.ts';
import type { Priority } from '../../src/slack/budget.ts';
import { createManualClock } from './manual-clock.ts';

function ask(budget: ReturnType<typeof createBudget>, went: string[], name: string, priority: Priority, bucket = 'b'): void {
  void budget.turn(bucket, priority).then(() => went.push(name));
}

describe('the budget of calls', () => {
  test('lets a burst out at once and the rest one by one', async () => {
    const clock = createManualClock();
    const budget = createBudget(clock, () => ({ burst: 2, everyMs: 1000 }));
    const went: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ask(budget, went, name, 'progress');
    await clock.pass(0);
    expect(went).toEqual(['a', 'b']);
    await clock.pass(999);
    expect(went).toEqual(['a', 'b']);
    await clock.pass(1);
    expect(went).toEqual(['a', 'b', 'c']);
    await clock.pass(1000);
    expect(went).toEqual(['a', 'b', 'c', 'd']);
  });

  test('lets approvals pass in front of pages, and pages in front of progress', async () => {
    const clock = createManualClock();
    const budget = createBudget(clock, () => ({ burst: 1, everyMs: 1000 }));
    const went: string[] = [];
    ask(budget, went, 'first', 'output');
    ask(budget, went, 'output', 'output');
    ask(budget, went, 'progress', 'progress');
    ask(budget, went, 'approval', 'approval');
    ask(budget, went, 'page', 'page');
    ask(budget, went, 'second approval', 'approval');
    await clock.pass(10_000);
    expect(went).toEqual(['first', 'approval', 'second approval', 'page', 'progress', 'output']);
  });

  test('keeps a pause that Slack asks for, and other channels go on', async () => {
    const clock = createManualClock();
    const budget = createBudget(clock);
    const went: string[] = [];
    budget.pause('post C1', 7000);
    ask(budget, went, 'held', 'approval', 'post C1');
    ask(budget, went, 'free', 'output', 'post C2');
    await clock.pass(6999);
    expect(went).toEqual(['free']);
    await clock.pass(1);
    expect(went).toEqual(['free', 'held']);
  });

  test('says whether anybody had to wait', async () => {
    const clock = createManualClock();
    const budget = createBudget(clock, () => ({ burst: 1, everyMs: 1000 }));
    expect(await budget.turn('b', 'progress')).toBe(false);
    const second = budget.turn('b', 'progress');
    await clock.pass(1000);
    expect(await second).toBe(true);
  });

  test('holds nobody up when the bot stops', async () => {
    const clock = createManualClock();
    const budget = createBudget(clock, () => ({ burst: 1, everyMs: 1000 }));
    const went: string[] = [];
    for (const name of ['a', 'b', 'c']) ask(budget, went, name, 'progress');
    budget.end();
    ask(budget, went, 'd', 'progress');
    await clock.pass(0);
    expect(went.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('never sends more than 50 edits in any minute, and sends all of them', async () => {
    const arrivals = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 2000 }), priority: fc.constantFrom(...PRIORITIES) }), {
      maxLength: 120,
    });
    const holds = fc.asyncProperty(arrivals, async (asks) => {
      const clock = createManualClock();
      const budget = createBudget(clock);
      const times: number[] = [];
      for (const { afterMs, priority } of asks) {
        await clock.pass(afterMs);
        void budget.turn(UPDATE_BUCKET, priority).then(() => times.push(clock.monotonicMs()));
      }
      await clock.pass(200_000);
      expect(times).toHaveLength(asks.length);
      expect(Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length))).toBeLessThanOrEqual(50);
    });
    await fc.assert(holds, { numRuns: 25 });
  });
});
