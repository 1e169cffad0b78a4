import { expect, test } from 'vitest';
import { estimateRange, judgeEstimate, sayContradiction } from '../../../src/core/procedure/estimate.ts';

const minutes = (...all: readonly number[]): readonly number[] => all.map((each) => each * 60_000);

test.each([
  ['2m-3m', { fromMs: 120_000, toMs: 180_000 }],
  ['5m', { fromMs: 0, toMs: 300_000 }],
  ['1h-2h', { fromMs: 3_600_000, toMs: 7_200_000 }],
  ['soon', null],
])('%s', (estimate, range) => {
  expect(estimateRange(estimate)).toEqual(range);
});

test.each([
  ['the median is in it, however long one took', '2m-3m', minutes(2.5, 40, 2, 3, 2), 'fits', 2.5],
  ['the median is longer', '2m-3m', minutes(4, 5, 2), 'slower', 4],
  ['the median is shorter', '2m-3m', minutes(1, 1.5, 3), 'faster', 1.5],
  ['of an even number the middle of both', '2m-3m', minutes(2, 3, 4, 5), 'slower', 3.5],
  ['of many only the last five', '2m-3m', minutes(2, 2, 2, 9, 9, 9, 9, 9), 'fits', 2],
  ['a single length is the most that it takes', '5m', minutes(1, 1, 1), 'fits', 1],
] as const)('%s', (_what, estimate, runs, verdict, median) => {
  expect(judgeEstimate(estimate, runs)).toMatchObject({ verdict, medianMs: median * 60_000, runs: Math.min(5, runs.length) });
});

test('too few runs, or no estimate, contradict nothing', () => {
  expect(judgeEstimate('2m-3m', minutes(9, 9))).toBeNull();
  expect(judgeEstimate(undefined, minutes(9, 9, 9))).toBeNull();
});

test('a contradiction is a sentence that says what to do', () => {
  expect(sayContradiction('2m-3m', judgeEstimate('2m-3m', minutes(4, 5, 2)))).toBe(
    'The last 3 verified runs took 4 min (median) without waiting for people, which is slower than the estimate of 2m-3m: change the procedure, or its estimate.',
  );
  expect(sayContradiction('2m-3m', judgeEstimate('2m-3m', minutes(2, 3, 2)))).toBeNull();
});
