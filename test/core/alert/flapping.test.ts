import { expect, test } from 'vitest';
import { changeOf } from '../../../src/core/alert/flapping.ts';

// By the formula of Nagios: 21 states, 20 changes, of weight 0.75 for the oldest to 1.25 for the newest.
test.each([
  ['000000000000000000000', 0],
  ['111111111111111111111', 0],
  ['010101010101010101010', 100],
  ['011111111111111111111', 3.75],
  ['000000000000000000001', 6.25],
  ['000000000011111111111', 4.934],
])('%s has changed by %d %%', (states, percent) => {
  expect(changeOf(states)).toBeCloseTo(percent, 2);
});
