import { describe, expect, test } from 'vitest';
import type { StepId } from '../../../src/core/brand.ts';
import { due } from '../../../src/core/incident/due.ts';
import { step } from './plans.ts';
import { AGAIN, alive, begun, FLUSH, lost, one } from './scenes.ts';
import { begin, createStage, lose, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const OK = { status: 'ok', says: 'done', outputs: {} } as const;

/** A first attempt was lost, a person said that it did not happen, and the second one acts now. */
function secondTry(): Stage {
  return one(begun, lost, (stage) => stage.accept(stage.click('omar', stage.tokenOf('flush'), AGAIN)), begun);
}

describe('a result counts only for the attempt that it is of, and from whom acts on it', () => {
  test.each([
    ['the first attempt, after the second has begun', 1, 'bot-1'],
    ['an attempt that there was never', 3, 'bot-1'],
    ['a bot that does not act on it', 2, 'bot-2'],
  ])('of %s', (_, attempt, executor) => {
    const stage = secondTry();
    const before = stage.step('flush').state;
    const facts = stage.accept({ kind: 'finish-step', run: RUN, step: FLUSH, attempt, executor, answer: OK, durationMs: 1, output: null });
    expect(facts).toMatchObject([{ type: 'late-result', attempt }]);
    expect(stage.step('flush').state).toEqual(before);
  });

  test('nor is a second attempt lost because the first one was', () => {
    const stage = secondTry();
    const lose1 = {
      kind: 'lose-step',
      run: RUN,
      step: FLUSH,
      attempt: 1,
      reason: 'timeout',
      alive: false,
      token: stage.newToken(),
    } as const;
    expect(stage.refused(lose1)).toBe('not-due');
    expect(stage.step('flush').state.status).toBe('intended');
  });
});

describe('what may run again by itself', () => {
  test('does not while its process lives, and does when that has ended', () => {
    const stage = createStage();
    stage.open();
    stage.start([step('warm', { effect: 'idempotent' })]);
    begin(stage, 'warm');
    lose(stage, 'warm', { alive: true });
    expect(stage.step('warm')).toMatchObject({ attempt: 1, state: { status: 'unknown', alive: true } });
    expect(due(stage.state(), stage.now())).toEqual([]);
    stage.accept({ kind: 'note-orphan-ended', run: RUN, step: 'warm' as StepId, attempt: 1 });
    expect(stage.step('warm')).toMatchObject({ attempt: 2, state: { status: 'pending' } });
  });

  test('is nothing that destroys: its end leaves it unknown', () => {
    const stage = one(begun, alive);
    stage.accept({ kind: 'note-orphan-ended', run: RUN, step: FLUSH, attempt: 1 });
    expect(stage.step('flush')).toMatchObject({ attempt: 1, state: { status: 'unknown', alive: false } });
  });
});
