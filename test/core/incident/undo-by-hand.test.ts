import { expect, test } from 'vitest';
import type { StepId } from '../../../src/core/brand.ts';
import type { UndoRule } from '../../../src/core/procedure/planned-step.ts';
import { step } from './plans.ts';
import { begin, conclude, createStage, end, FAILED, RUN } from './stage.ts';

test('an undo that only a person can do is asked of their role, and ends the run when they say that it is done', () => {
  const action = { kind: 'manual', instructions: 'Turn the key back.', by: 'devops-engineer' } as const;
  const undo: UndoRule = { kind: 'action', title: 'Turn it back', action, effect: 'destructive', timeoutMs: 60_000 };
  const stage = createStage();
  stage.open();
  stage.start([step('turn', { undo }), step('look', { after: ['turn'] })]);
  begin(stage, 'turn');
  end(stage, 'turn');
  begin(stage, 'look');
  end(stage, 'look', FAILED);
  conclude(stage);
  stage.accept(stage.click('dana', stage.heldToken(), { kind: 'continue', choice: 'undo' }));
  expect(stage.owed()).toEqual([{ do: 'ask', run: RUN, step: 'undo.turn' }]);
  stage.accept({ kind: 'ask', run: RUN, step: 'undo.turn' as StepId, token: stage.newToken() });
  expect(stage.step('undo.turn').state).toMatchObject({ status: 'asking', role: 'devops-engineer', question: 'Turn the key back.' });
  expect(stage.refused(stage.click('priya', stage.tokenOf('undo.turn'), { kind: 'answer', answer: 'yes', note: null }))).toBe(
    'not-in-role',
  );
  stage.accept(stage.click('omar', stage.tokenOf('undo.turn'), { kind: 'answer', answer: 'yes', note: null }));
  conclude(stage);
  expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'undone' });
});
