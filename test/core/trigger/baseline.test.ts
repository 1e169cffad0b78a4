import { expect, test } from 'vitest';
import { baselineOf } from '../../../src/core/trigger/baseline.ts';
import type { Baseline, History } from '../../../src/core/trigger/baseline.ts';
import { rule } from './walk.ts';

const NOTHING: History = { pinned: null, days: [], beforeDeploy: null };
const day = (value: number, { minutes = 60, requests = 6000, incident = false } = {}) => ({
  minutes: Array.from({ length: minutes }, () => value),
  requests,
  incident,
});
const days = (...values: readonly number[]) => values.map((value) => day(value));

test.each<[string, Partial<History>, Baseline | null]>([
  ['nothing is known', {}, null],
  ['the same hour of three days', { days: days(200, 240, 260) }, { value: 240, how: 'same-hour' }],
  ['two days are too few', { days: days(200, 240) }, null],
  ['a day with an incident does not count', { days: [...days(200, 240), day(9000, { incident: true })] }, null],
  ['too few minutes', { days: [5, 5, 5].map((minutes) => day(200, { minutes })) }, null],
  ['too few requests', { days: [300, 300, 300].map((requests) => day(200, { requests })) }, null],
  ['before the last deployment, where days are missing', { days: days(200), beforeDeploy: day(300) }, { value: 300, how: 'before-deploy' }],
  ['what a person said goes before all', { pinned: 500, days: days(200, 240, 260) }, { value: 500, how: 'pinned' }],
  ['never faster than the floor', { days: days(3, 4, 5) }, { value: 50, how: 'same-hour' }],
])('%s', (_, history, baseline) => {
  expect(baselineOf({ ...NOTHING, ...history }, read())).toEqual(baseline);
});

test('a constant is what is left', () => {
  expect(baselineOf(NOTHING, read({ constant: '800ms' }))).toEqual({ value: 800, how: 'constant' });
});

function read(baseline: object = {}) {
  const when = rule({ kind: 'response-time', metric: 'response_time', 'at-once': {}, baseline });
  if (when.kind !== 'response-time') throw new Error('This is another rule.');
  return when;
}
