import { expect, test } from 'vitest';
import type { TokenId } from '../../../src/core/brand.ts';
import { reading, role } from './cast.ts';
import { QUARTER_HOUR_MS, reads, step, undoing } from './plans.ts';
import { approved, asked, FLUSH, intend, OPS, UNDO, YES } from './scenes.ts';
import { approve, begin, conclude, createStage, end, FAILED, perform, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const MINUTE = 60_000;

test('a card that is shown again does not begin its clock again', () => {
  const { stage, token } = asked();
  stage.wait(QUARTER_HOUR_MS - MINUTE);
  expect(stage.accept({ kind: 'show-approval', token })).toEqual([]);
  stage.wait(MINUTE);
  expect(stage.refused(stage.click('omar', token, YES))).toBe('approval-expired');
});

test('an approval is not asked for before it is the turn of its step', () => {
  const stage = createStage();
  stage.open();
  stage.start([reads('quiet', 'preflight'), step('flush', { approve: OPS, after: ['quiet'] })]);
  expect(stage.refused({ kind: 'request-approval', run: RUN, step: FLUSH, token: 't' as TokenId })).toBe('not-due');
});

test('what was asked before everything is taken back is asked no longer', () => {
  const { stage, token } = undone();
  expect(stage.refused(stage.click('omar', token, YES))).toBe('no-longer-asked');
  expect(stage.step('flush').state).toMatchObject({ status: 'awaiting-approval', approval: { given: [] } });
});

test.each([
  ['another role than the one that was asked', [reading('omar', [role('product-owner')])]],
  ['no role any more', [reading('omar', [])]],
  ['left the workspace', [{ status: 'refused', why: 'deactivated' }]],
] as const)('whoever approved and has by now %s has not approved', (_, approvers) => {
  expect(approved().take(intend(approvers))).toMatchObject([{ type: 'approval-voided', reason: 'approver-lost-role' }]);
});

test('what somebody else may do by now does not stand in for who approved', () => {
  const mina = reading('mina');
  expect(approved().take(intend([mina]))).toMatchObject([{ type: 'approval-voided', reason: 'approver-lost-role' }]);
});

/** A run that is being undone while one of its steps, which waited for nobody, was still to be approved. */
function undone(): { stage: Stage; token: TokenId } {
  const stage = createStage();
  stage.open();
  stage.start([
    step('stop', { undo: undoing('stop') }),
    step('wash', { after: ['stop'] }),
    step('flush', { approve: OPS, after: ['stop'] }),
  ]);
  perform(stage, 'stop');
  const token = approve(stage, 'flush');
  begin(stage, 'wash');
  end(stage, 'wash', FAILED);
  conclude(stage);
  stage.accept(stage.click('omar', stage.heldToken(), UNDO));
  return { stage, token };
}
