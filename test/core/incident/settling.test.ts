import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/incident/command.ts';
import { due } from '../../../src/core/incident/due.ts';
import { step } from './plans.ts';
import type { StepChange } from './plans.ts';
import { FLUSH, GIVE_UP, stopped } from './scenes.ts';
import { begin, conclude, createStage, lose, NOT_DONE, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const CHECK = { action: { kind: 'run', argv: ['tool', 'looks'], exit: [0] } } as const;
const AT = { run: RUN, step: FLUSH, attempt: 1 } as const;

/** What the check of the flush says after its result was lost. */
function says(as: 'happened' | 'run-again'): Command {
  return { kind: 'settle-by-check', ...AT, as, says: 'looked' };
}

/** A flush that has a check of its own, and has begun. */
function begun(change: StepChange): Stage {
  const stage = createStage();
  stage.open();
  stage.start([step('flush', { check: CHECK, ...change })]);
  stage.accept({ kind: 'note-check', ...AT, ...NOT_DONE });
  begin(stage, 'flush');
  return stage;
}

describe('an unknown step is settled by its check', () => {
  test('where it is guarded, and ended', () => {
    const stage = begun({ effect: 'guarded' });
    lose(stage, 'flush');
    expect(stage.accept(says('run-again'))).toMatchObject([{ type: 'step-settled', as: 'run-again', by: { kind: 'rollbot' } }]);
  });

  test('not where it destroys, however clear its check is', () => {
    const stage = begun({ effect: 'destructive' });
    lose(stage, 'flush');
    expect(due(stage.state(), stage.now())).toEqual([]);
    for (const as of ['happened', 'run-again'] as const) expect(stage.refused(says(as))).toBe('not-due');
  });

  test('not while its process lives', () => {
    const stage = begun({ effect: 'guarded' });
    lose(stage, 'flush', { alive: true });
    expect(stage.refused(says('run-again'))).toBe('not-due');
  });

  test('not after somebody has given it up', () => {
    const stage = begun({ effect: 'guarded' });
    lose(stage, 'flush');
    stage.accept(stage.click('omar', stage.tokenOf('flush'), GIVE_UP));
    expect(stage.refused(says('run-again'))).toBe('not-due');
  });
});

test('a run that is being stopped repeats nothing by itself, and ends', () => {
  const stage = createStage();
  stage.open();
  stage.start([step('flush', { effect: 'idempotent' })]);
  begin(stage, 'flush');
  stopped(stage);
  expect(lose(stage, 'flush', { reason: 'stopped-by-person' })).toMatchObject([{ type: 'step-unknown' }]);
  expect(stage.step('flush').attempt).toBe(1);
  conclude(stage);
  expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'stopped' });
});
