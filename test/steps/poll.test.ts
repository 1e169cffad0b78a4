import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepAnswer } from '../../src/core/ports.ts';
import { pollUntil } from '../../src/steps/poll.ts';
import type { Polling } from '../../src/steps/poll.ts';
import { createEventClock } from './event-clock.ts';
import { createStage, PATH } from './stage.ts';

const YES: StepAnswer = { status: 'ok', says: 'It is up.', outputs: {} };
const NO: StepAnswer = { status: 'failed', says: 'It is down.', observed: 'down' };
const LOST: StepAnswer = { status: 'unknown', reason: 'timeout', says: 'No answer.' };

type Script = { readonly answers: readonly StepAnswer[]; readonly takesMs?: number } & Partial<Omit<Polling, 'ask' | 'clock'>>;

/** Polls something that answers as the script says, and the last answer for ever; notes when it was asked. */
async function poll({
  answers,
  takesMs = 0,
  ...more
}: Script): Promise<{ answer: StepAnswer; askedAt: number[]; lines: string[]; endedAt: number }> {
  const clock = createEventClock();
  const askedAt: number[] = [];
  const lines: string[] = [];
  const usual = {
    poll: { everyMs: 2000, withinMs: 10_000, times: 1 },
    effect: 'read',
    timeoutMs: 60_000,
    signal: new AbortController().signal,
  } as const;
  const answer = await pollUntil({
    ...usual,
    ...more,
    clock,
    say: (line) => void lines.push(line),
    async ask(timeoutMs) {
      askedAt.push(clock.monotonicMs());
      const ms = Math.min(takesMs, timeoutMs);
      if (ms > 0) await new Promise<void>((resolve) => void clock.after(ms, resolve));
      return takesMs > timeoutMs ? LOST : (answers[askedAt.length - 1] ?? answers.at(-1)!);
    },
  });
  return { answer, askedAt, lines, endedAt: clock.monotonicMs() };
}

describe('a poll', () => {
  test('ends as soon as it holds', async () => {
    const { answer, askedAt, lines } = await poll({ answers: [NO, NO, YES] });
    expect([answer, askedAt]).toEqual([YES, [0, 2000, 4000]]);
    expect(lines).toEqual(['Question 1: It is down.', 'Question 2: It is down.']);
  });

  test('gives up when its window is over, and says what it saw last', async () => {
    const { answer, askedAt, endedAt } = await poll({ answers: [NO] });
    expect(answer).toEqual({ status: 'failed', observed: 'down', says: 'It did not hold within 10 s, asked 5 times. It is down.' });
    expect(askedAt).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(endedAt).toBeLessThanOrEqual(10_000);
  });

  test('wants it as often in a row as it says', async () => {
    const times = { everyMs: 1000, withinMs: 10_000, times: 3 };
    const { answer, askedAt } = await poll({ poll: times, answers: [YES, YES, NO, YES, YES, YES] });
    expect([answer, askedAt.length]).toEqual([YES, 6]);
    const never = await poll({ poll: times, answers: [YES, YES, NO, YES, YES, NO, YES, YES, NO, YES] });
    expect(never.answer).toMatchObject({ status: 'failed', says: expect.stringContaining('did not hold 3 times in a row within 10 s') });
  });

  test('says what it heard before the question that the end of its window cut off', async () => {
    const { answer } = await poll({ answers: [NO], poll: { everyMs: 4000, withinMs: 10_000, times: 1 }, takesMs: 3000 });
    expect(answer).toMatchObject({ status: 'failed', says: 'It did not hold within 10 s, asked 3 times. It is down.' });
  });

  test('counts a question that is not answered as one that does not hold', async () => {
    expect((await poll({ answers: [LOST, YES] })).answer).toEqual(YES);
    expect((await poll({ answers: [LOST] })).answer).toMatchObject({ status: 'failed', says: expect.stringContaining('No answer.') });
  });

  test('does not repeat what may have changed something when its answer is lost', async () => {
    const { answer, askedAt } = await poll({ effect: 'destructive', answers: [LOST, YES] });
    expect([answer, askedAt.length]).toEqual([LOST, 1]);
  });

  test('keeps its rhythm when answers take their time, and never asks two questions at once', async () => {
    expect((await poll({ answers: [NO], takesMs: 500 })).askedAt).toEqual([0, 2000, 4000, 6000, 8000]);
    expect((await poll({ answers: [NO], takesMs: 3000 })).askedAt).toEqual([0, 3000, 6000, 9000]);
  });

  test('never lasts longer than its window, or than the time of its step', async () => {
    expect((await poll({ answers: [NO], takesMs: 3000 })).endedAt).toBe(10_000);
    expect((await poll({ answers: [NO], takesMs: 60_000 })).endedAt).toBe(10_000);
    expect((await poll({ answers: [NO], timeoutMs: 5000 })).endedAt).toBeLessThanOrEqual(5000);
  });

  test('does not spend a long window on one question that hangs', async () => {
    const hours = { everyMs: 1000, withinMs: 3_600_000, times: 1 };
    const { askedAt } = await poll({ poll: hours, timeoutMs: 100_000, answers: [NO], takesMs: 1_000_000 });
    expect(askedAt).toEqual([0, 30_000, 60_000, 90_000]);
  });

  test('ends at once when somebody stops it', async () => {
    const controller = new AbortController();
    const say = (): void => controller.abort('stopped-by-person');
    const polling = { clock: createEventClock(), signal: controller.signal, say, effect: 'read', timeoutMs: 60_000 } as const;
    const answer = await pollUntil({ ...polling, poll: { everyMs: 2000, withinMs: 10_000, times: 1 }, ask: async () => NO });
    expect(answer).toMatchObject({ status: 'unknown', reason: 'stopped-by-person' });
  });
});

test('a real probe is asked until what it reads has changed, and its processes are not put on record', async () => {
  const stage = await createStage();
  const file = join(stage.folder, 'state');
  writeFileSync(file, 'down');
  const { answer, output, processes } = await stage.perform(
    { kind: 'run', argv: ['cat', file], exit: [0] },
    {
      effect: 'read',
      env: { PATH },
      expect: { equals: 'up' },
      poll: { everyMs: 10, withinMs: 20_000, times: 2 },
      onOutput: (text) => void (text.includes('Question 2') && writeFileSync(file, 'up')),
    },
  );
  expect(answer).toMatchObject({ status: 'ok', observed: 'up' });
  expect(output).toContain('Question 1 (0 of 2 in a row): "cat" ended with exit status 0. It is "down", and it should equal "up".');
  expect(processes).toEqual([]);
  await stage.close();
});
