import { expect, test } from 'vitest';
import { rehearse } from '../../../src/core/rehearsal/rehearse.ts';
import { step } from '../incident/plans.ts';
import { castingOf } from './scene.ts';

const says = step('say', {
  effect: 'idempotent',
  probe: { action: { kind: 'announce', text: 'Degraded.', to: ['incident'] } },
  undo: { kind: 'none', because: 'it was said' },
  after: ['switch'],
});
const changes = step('switch', {
  effect: 'guarded',
  check: { action: { kind: 'run', argv: ['version'], exit: [0] } },
  undo: { kind: 'none', because: 'it is a test' },
});

test('a second run has nothing to do, although it says again what it says', () => {
  const success = { success: { expect: { outcome: 'verified' } } } as const;
  const { performances, notes } = rehearse({ scenarios: success }, () => castingOf([changes, says]));
  expect(performances.find(({ scenario }) => scenario === 'all is done already')).toMatchObject({ outcome: 'nothing-to-do', differs: [] });
  expect(performances.filter(({ differs }) => differs.length > 0)).toEqual([]);
  expect(notes).toEqual([]);
});
