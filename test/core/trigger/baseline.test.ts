import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { baselineOf, hourBefore, sameHours, stretchOf } from '../../../src/core/trigger/baseline.ts';
import type { Baseline, History } from '../../../src/core/trigger/baseline.ts';
import { hourIn, lastHour, withHour } from '../../../src/core/trigger/hourly.ts';
import type { Hourly } from '../../../src/core/trigger/hourly.ts';
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

const at = (text: string): Instant => Date.parse(text) as Instant;
const iso = ({ from, to }: { from: Instant; to: Instant }) => [from, to].map((each) => new Date(each).toISOString().slice(5, 16));

test('the same hours lie around this moment on the days before, and the one of a deployment ends ten minutes before it', () => {
  const hours = sameHours(at('2026-11-24T03:10:00Z'), 2 * 86_400_000);
  expect(hours.map(iso)).toEqual([
    ['11-23T02:40', '11-23T03:40'],
    ['11-22T02:40', '11-22T03:40'],
  ]);
  expect(iso(hourBefore(at('2026-11-24T03:10:00Z')))).toEqual(['11-24T02:00', '11-24T03:00']);
});

test('a stretch has the median of each minute, and no sample without a request counts', () => {
  const begin = at('2026-11-24T03:00:00Z');
  const samples = [
    [0, 100, 10],
    [20, 300, 10],
    [40, 200, 10],
    [60, 9000, 0],
    [130, 400, 5],
  ].map(([seconds, value, n]) => ({ at: (begin + seconds! * 1000) as Instant, value: value!, n: n! }));
  expect(stretchOf(samples)).toEqual({ minutes: [200, 400], requests: 35 });
});

test('hours are kept once each, the last eight days of them, and found by the while that lies in them', () => {
  const now = at('2026-11-24T03:10:00Z');
  const hour = lastHour(now);
  expect(hour).toBe(at('2026-11-24T02:00:00Z'));
  const sample = (text: string, value: number) => ({ at: at(text), value, n: 100 });
  const samples = [sample('2026-11-24T01:59:59Z', 9), sample('2026-11-24T02:30:00Z', 300), sample('2026-11-24T03:00:00Z', 9)];
  const hours = withHour([], hour, samples);
  expect(hours).toEqual([{ at: hour, median: 300, minutes: 1, requests: 100 }]);
  expect(withHour(hours, hour, samples)).toBe(hours);
  expect(withHour([], hour, [])).toEqual([]);
  const many: Hourly = Array.from({ length: 300 }, (_, index) => ({ ...hours[0]!, at: (hour - (300 - index) * 3_600_000) as Instant }));
  expect(withHour(many, hour, samples)).toHaveLength(192);
  expect(hourIn(hours, { from: (hour - 20 * 60_000) as Instant, to: (hour + 40 * 60_000) as Instant, everyMs: 60_000 })).toEqual({
    minutes: [300],
    requests: 100,
  });
  expect(hourIn(hours, { from: (hour + 40 * 60_000) as Instant, to: (hour + 100 * 60_000) as Instant, everyMs: 60_000 }).minutes).toEqual(
    [],
  );
});

function read(baseline: object = {}) {
  const when = rule({ kind: 'response-time', metric: 'response_time', 'at-once': {}, baseline });
  if (when.kind !== 'response-time') throw new Error('This is another rule.');
  return when;
}
