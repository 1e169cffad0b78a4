import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { RoleId, TokenId } from '../../../src/core/brand.ts';
import { isQuorum, rolesCovered } from '../../../src/core/incident/quorum.ts';
import { acting } from './cast.ts';
import { approve, createStage, RUN } from './stage.ts';
import type { Stage } from './stage.ts';
import { step } from './plans.ts';

const TWO = { by: ['database-admin', 'devops-engineer'], need: 2, differentRoles: true };
const people = (...lists: readonly (readonly string[])[]): readonly (readonly RoleId[])[] => lists as never;

test.each([
  [1, people(['dba'], ['dba'])],
  [2, people(['dba'], ['ops'])],
  [2, people(['dba', 'ops'], ['dba'])],
  [2, people(['dba'], ['ops', 'dba'], ['ops'])],
  [3, people(['dba', 'ops', 'lead'], ['dba'], ['ops', 'dba'])],
  [0, people([], [])],
])('for %i roles can stand %j', (covered, lists) => {
  expect(rolesCovered(lists)).toBe(covered);
});

const ROLES = fc.subarray(['dba', 'ops', 'lead', 'product']);

test('no more roles are covered than there are people or roles, and nobody makes it fewer', () => {
  fc.assert(
    fc.property(fc.array(ROLES, { maxLength: 5 }), (lists) => {
      const all = people(...lists);
      expect(rolesCovered(all)).toBeLessThanOrEqual(Math.min(all.length, new Set(lists.flat()).size));
      expect(rolesCovered(all)).toBeGreaterThanOrEqual(rolesCovered(all.slice(1)));
      expect(isQuorum({ need: all.length }, all)).toBe(true);
    }),
  );
});

function asked(): { stage: Stage; token: TokenId } {
  const stage = createStage();
  stage.open();
  stage.start([step('swap', { approve: TWO })]);
  return { stage, token: approve(stage, 'swap') };
}

describe('an approval by people of different roles', () => {
  test('is given when each of them stands for another one', () => {
    const { stage, token } = asked();
    stage.accept(stage.click('omar', token, { kind: 'approve' }));
    expect(stage.step('swap').state.status).toBe('awaiting-approval');
    stage.accept(stage.click('mina', token, { kind: 'approve' }));
    expect(stage.step('swap').state.status).toBe('approved');
  });

  test('is void when one of them has lost the role that only they stood for', () => {
    const { stage, token } = asked();
    for (const name of ['omar', 'mina'] as const) stage.accept(stage.click(name, token, { kind: 'approve' }));
    const approvers = (['omar', 'mina'] as const).map((name) => ({
      status: 'member' as const,
      id: acting(name).by.id,
      name,
      roles: ['devops-engineer' as RoleId],
      asOf: 0 as never,
    }));
    const facts = stage.accept({ kind: 'intend', run: RUN, step: 'swap' as never, executor: 'e', approvers });
    expect(facts).toMatchObject([{ type: 'approval-voided', reason: 'approver-lost-role' }]);
  });
});
