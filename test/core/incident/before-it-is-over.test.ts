import { describe, expect, test } from 'vitest';
import type { StepId, TokenId } from '../../../src/core/brand.ts';
import { reading } from './cast.ts';
import { step } from './plans.ts';
import { approved, FLUSH, intend, RETRY, stopped } from './scenes.ts';
import { begin, conclude, createStage, end, FAILED, lose, perform, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const OVER = { kind: 'hold-or-finish', run: RUN, token: 'over' as TokenId } as const;

function running(...steps: readonly Parameters<typeof step>[]): Stage {
  const stage = createStage();
  stage.open();
  stage.start(steps.map((each) => step(...each)));
  return stage;
}

describe('a step has failed', () => {
  test('nothing new begins, and nobody is asked before what runs beside it has ended', () => {
    const stage = running(['one'], ['beside'], ['other']);
    begin(stage, 'one');
    begin(stage, 'beside');
    end(stage, 'one', FAILED);
    expect(stage.owed()).toEqual([]);
    expect(stage.refused({ kind: 'intend', run: RUN, step: 'other' as StepId, executor: 'bot-1', approvers: [] })).toBe('not-due');
    expect(stage.refused(OVER)).toBe('not-due');
    end(stage, 'beside');
    expect(conclude(stage)).toMatchObject([{ type: 'run-held', why: 'failed' }]);
  });

  test('to try again is to try that one again, and not what went well', () => {
    const stage = running(['one'], ['two', { after: ['one'] }]);
    perform(stage, 'one');
    begin(stage, 'two');
    end(stage, 'two', FAILED);
    conclude(stage);
    stage.accept(stage.click('omar', stage.heldToken(), RETRY));
    expect(stage.step('one')).toMatchObject({ attempt: 1, state: { status: 'finished' } });
    expect(stage.owed()).toMatchObject([{ do: 'perform', step: 'two' }]);
  });
});

describe('a run that is being stopped is not over', () => {
  test.each(['read', 'idempotent', 'guarded', 'destructive'] as const)('while the process of a %s step lives', (effect) => {
    const stage = running(['one', { effect }]);
    begin(stage, 'one');
    stopped(stage);
    lose(stage, 'one', { alive: true });
    expect(stage.refused(OVER)).toBe('not-due');
  });

  test.each([
    ['guarded', false],
    ['destructive', false],
    ['read', true],
  ] as const)('while nobody knows whether a %s step happened, unless it can not have changed anything: %s', (effect, isOver) => {
    const stage = running(['one', { effect }]);
    begin(stage, 'one');
    stopped(stage);
    lose(stage, 'one');
    expect('refusal' in stage.take(OVER)).toBe(!isOver);
  });
});

test('an approval that is void is asked for anew, and does not count any more', () => {
  const stage = approved();
  stage.accept(intend([reading('omar', [])]));
  expect(stage.step('flush').state.status).toBe('pending');
  expect(stage.owed()).toMatchObject([{ do: 'request-approval', step: FLUSH }]);
  expect(stage.refused(intend([reading('omar')]))).toBe('approval-missing');
});
