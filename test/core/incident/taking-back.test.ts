import { describe, expect, test } from 'vitest';
import type { StepId } from '../../../src/core/brand.ts';
import { acting } from './cast.ts';
import { step, undoing } from './plans.ts';
import { AGAIN, RETRY, UNDO } from './scenes.ts';
import { begin, conclude, createStage, end, FAILED, lose, NOT_DONE, perform, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const LOOK = { action: { kind: 'run', argv: ['tool', 'looks'], exit: [0] } } as const;

/** A run whose last step has failed after these have changed something, in this order, and which is taken back. */
function takenBack(ids: readonly string[], last = 'last'): Stage {
  const stage = createStage();
  stage.open();
  stage.start([
    ...ids.map((id, index) => step(id, { undo: undoing(id), after: index === 0 ? [] : [ids[index - 1] ?? ''] })),
    step(last, { after: ids.slice(-1), undo: undoing(last) }),
  ]);
  perform(stage, ...ids);
  begin(stage, last);
  end(stage, last, FAILED);
  conclude(stage);
  stage.accept(stage.click('omar', stage.heldToken(), UNDO));
  return stage;
}

function performing(stage: Stage): readonly string[] {
  return stage.owed().flatMap((effect) => (effect.do === 'perform' ? [effect.step] : []));
}

describe('what was done is taken back', () => {
  test('the last first, one after the other, and what failed is not', () => {
    const stage = takenBack(['one', 'two', 'three']);
    const order: string[] = [];
    while (stage.run().progress.status === 'undoing') {
      const [next, ...beside] = performing(stage);
      expect(beside).toEqual([]);
      if (next === undefined) conclude(stage);
      else {
        order.push(next);
        perform(stage, next);
      }
    }
    expect(order).toEqual(['undo.three', 'undo.two', 'undo.one']);
    expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'undone' });
  });

  test('by steps that are as dangerous as their plan says, and ask their own check first', () => {
    const stage = createStage();
    stage.open();
    stage.start([
      step('one', { undo: { ...undoing('one'), check: LOOK } as ReturnType<typeof undoing> }),
      step('last', { after: ['one'] }),
    ]);
    perform(stage, 'one');
    begin(stage, 'last');
    end(stage, 'last', FAILED);
    conclude(stage);
    stage.accept(stage.click('omar', stage.heldToken(), UNDO));
    expect(stage.step('undo.one').plan).toMatchObject({ effect: 'destructive', check: LOOK });
    expect(stage.owed()).toMatchObject([{ do: 'check', step: 'undo.one' }]);
  });

  test('and one of which nobody knows whether it happened stops it there: nothing destructive is repeated by itself', () => {
    const stage = takenBack(['one', 'two']);
    begin(stage, 'undo.two');
    lose(stage, 'undo.two');
    expect(stage.owed()).toEqual([]);
    expect(stage.step('undo.two')).toMatchObject({ attempt: 1, state: { status: 'unknown' } });
    expect(stage.step('undo.one').state.status).toBe('pending');
    stage.accept(stage.click('omar', stage.tokenOf('undo.two'), AGAIN));
    expect(performing(stage)).toEqual(['undo.two']);
  });

  test('once: a run that is being taken back, or could not be, offers no other undo', () => {
    const stage = takenBack(['one']);
    begin(stage, 'undo.one');
    end(stage, 'undo.one', FAILED);
    conclude(stage);
    expect(stage.run().progress).toMatchObject({ status: 'held', why: 'undo-failed' });
    expect(stage.refused(stage.click('omar', stage.heldToken(), UNDO))).toBe('nothing-to-undo');
    stage.accept(stage.click('omar', stage.heldToken(), RETRY));
    expect(performing(stage)).toEqual(['undo.one']);
  });
});

test('who has only asked for a run may stop it, and decides nothing else about it', () => {
  const stage = createStage();
  stage.open();
  stage.start([step('one')]);
  begin(stage, 'one');
  end(stage, 'one', FAILED);
  conclude(stage);
  const asked = { ...acting('dana'), roles: [] };
  expect(stage.refused({ kind: 'continue', choice: 'retry', token: stage.heldToken(), ...asked })).toBe('not-in-role');
  expect(stage.accept({ kind: 'stop-run', run: RUN, reason: null, ...asked })).toMatchObject([{ type: 'run-stop-requested' }]);
});

test('a check that was asked before another attempt says nothing about this one', () => {
  const stage = createStage();
  stage.open();
  stage.start([step('one', { check: LOOK })]);
  const at = { run: RUN, step: 'one' as StepId, attempt: 1 } as const;
  stage.accept({ kind: 'note-check', ...at, ...NOT_DONE });
  begin(stage, 'one');
  lose(stage, 'one');
  stage.accept(stage.click('omar', stage.tokenOf('one'), AGAIN));
  expect(stage.refused({ kind: 'note-check', ...at, ...NOT_DONE })).toBe('not-due');
});

test('what changes something is not taken for failed because it does not answer, however often', () => {
  const stage = createStage();
  stage.open();
  stage.start([step('one', { effect: 'idempotent' })]);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    begin(stage, 'one');
    lose(stage, 'one', { reason: 'timeout' });
  }
  expect(stage.step('one')).toMatchObject({ attempt: 3, state: { status: 'unknown' } });
});
