import { expect, test } from 'vitest';
import { CONFIDENCE } from '../../../src/core/trigger/schema.ts';
import { median, theilSen, wilsonLowerBound } from '../../../src/core/trigger/statistics.ts';

test.each([
  [[], 0],
  [[3], 3],
  [[9, 1, 5], 5],
  [[9, 1, 5, 4], 4.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('one odd reading does not turn a trend', () => {
  const falling = Array.from({ length: 11 }, (_, x) => ({ x, y: 10 - x }));
  expect(theilSen(falling)).toBe(-1);
  expect(theilSen(falling.map((point) => (point.x === 10 ? { x: 10, y: 500 } : point)))).toBe(-1);
  expect(theilSen([])).toBe(0);
  expect(
    theilSen([
      { x: 1, y: 2 },
      { x: 1, y: 9 },
    ]),
  ).toBe(0);
});

// Of 100 requests 15 errors are needed to be sure of more than 10 %: a true rate of 5 % shows as many in one of 7,000 windows.
test.each([
  [14, 100, false],
  [15, 100, true],
  [115, 1000, false],
  [117, 1000, true],
  [0, 0, false],
  [5, 5, true],
])('%d errors of %d requests are surely more than 10 %%: %s', (errors, n, surely) => {
  expect(wilsonLowerBound(errors, n, CONFIDENCE['95%']) > 0.1).toBe(surely);
});

test('the bound is between nothing and the share, and rises with the errors', () => {
  const bounds = Array.from({ length: 101 }, (_, errors) => wilsonLowerBound(errors, 100, CONFIDENCE['99%']));
  expect(bounds.every((bound, errors) => bound >= 0 && bound <= errors / 100)).toBe(true);
  expect(bounds.every((bound, index) => index === 0 || bound > bounds[index - 1]!)).toBe(true);
});
