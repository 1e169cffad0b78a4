import { expect, test } from 'vitest';
import type { CheckReading } from '../../../src/core/incident/command.ts';
import type { StepId } from '../../../src/core/brand.ts';
import { reading } from './cast.ts';
import { step } from './plans.ts';
import { approve, createStage, NOT_DONE, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const CHECK = { action: { kind: 'run', argv: ['tool', 'looks'], exit: [0] } } as const;
const BY = { by: ['devops-engineer'] };

/** A step with a check of its own that omar has approved. */
function approved(): Stage {
  const stage = createStage();
  stage.open();
  stage.start([step('switch', { approve: BY, check: CHECK })]);
  stage.accept({ kind: 'note-check', run: RUN, step: 'switch' as StepId, attempt: 1, ...NOT_DONE });
  stage.accept(stage.click('omar', approve(stage, 'switch'), { kind: 'approve' }));
  return stage;
}

function begins(stage: Stage, reads?: CheckReading) {
  const intend = { kind: 'intend', run: RUN, step: 'switch' as StepId, executor: 'bot-1', approvers: [reading('omar')] } as const;
  return stage.take(reads ? { ...intend, checked: reads } : intend);
}

test('what was approved does not begin before its check was asked again', () => {
  expect(begins(approved())).toMatchObject({ refusal: 'not-due' });
});

test.each([
  ['there is still something to do', NOT_DONE, { type: 'step-intended' }],
  ['somebody did it meanwhile', { ...NOT_DONE, done: true }, { type: 'step-finished', outcome: 'already-done' }],
  ['the check can not tell any more', { ...NOT_DONE, done: null }, { type: 'step-finished', outcome: 'failed' }],
] as const)('where %s', (_when, reads, fact) => {
  const stage = approved();
  expect(begins(stage, reads)).toMatchObject([fact]);
  const { state } = stage.step('switch');
  const kept = state.status === 'intended' ? state.intent.approval : state.status === 'finished' ? state.result.approval : null;
  expect(kept?.given.map(({ by }) => by.name)).toEqual(['omar']);
});

test('who may no longer approve is looked at first, whatever the check says', () => {
  const stage = approved();
  const intend = { kind: 'intend', run: RUN, step: 'switch' as StepId, executor: 'bot-1', approvers: [] } as const;
  expect(stage.take({ ...intend, checked: { ...NOT_DONE, done: true } })).toMatchObject({ refusal: 'entitlement-unreadable' });
});
