import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { isOn, metricOf, namesOn } from '../../../src/core/reading/metric.ts';
import { fresh } from '../../../src/core/reading/reading.ts';
import type { Metrics, Unit } from '../../../src/core/reading/schema.ts';
import { sayValue } from '../../../src/core/reading/unit.ts';

test.each<[number, Unit, string]>([
  [0.072, 'ratio', '7.2 %'],
  [0.0004, 'ratio', '0.04 %'],
  [0, 'ratio', '0 %'],
  [1, 'ratio', '100 %'],
  [0.123456, 'ratio', '12.3 %'],
  [840, 'ms', '840 ms'],
  [840.4, 'ms', '840 ms'],
  [12_345, 'ms', '12 345 ms'],
  [1.2345, 's', '1.23 s'],
  [17, 'count', '17'],
  [1_234_567, 'count', '1 234 567'],
  [999.6, 'count', '1 000'],
  [2.5, 'count', '2.5'],
  [0.00001, 'count', '1.00e-5'],
  [512, 'bytes', '512 B'],
  [1024, 'bytes', '1 KiB'],
  [1.5 * 1024 ** 3, 'bytes', '1.5 GiB'],
  [5 * 1024 ** 5, 'bytes', '5 120 TiB'],
  [1, 'bool', 'yes'],
  [0, 'bool', 'no'],
  [0.5, 'bool', '0.5'],
])('%d %s reads "%s"', (value, unit, says) => {
  expect(sayValue(value, unit)).toBe(says);
});

const METRICS: Metrics = {
  error_rate: { title: 'Error rate', unit: 'ratio', prometheus: { url: 'http://p', query: 'error_rate', samples: 'requests' } },
  hits: {
    title: 'Hits',
    unit: 'count',
    every: '1m',
    stale: '90s',
    targets: ['production'],
    http: { url: 'http://h', pointer: '/hits', at: '/at', headers: { accept: 'x' } },
  },
};

test('a metric has its defaults, and what it says itself', () => {
  expect(metricOf(METRICS, 'error_rate')).toEqual({
    name: 'error_rate',
    title: 'Error rate',
    unit: 'ratio',
    everyMs: 15_000,
    staleMs: 45_000,
    source: { kind: 'prometheus', url: 'http://p', query: 'error_rate', samples: 'requests', headers: {} },
  });
  expect(metricOf(METRICS, 'hits')).toMatchObject({
    everyMs: 60_000,
    staleMs: 90_000,
    source: { kind: 'endpoint', url: 'http://h', pointer: '/hits', at: '/at', headers: { accept: 'x' } },
  });
});

test.each([undefined, {}, METRICS])('what is not there is not made up', (metrics) => {
  expect(metricOf(metrics, 'constructor')).toBeNull();
});

test('a target has the metrics that name it, and those that name none', () => {
  expect(isOn({}, 'staging')).toBe(true);
  expect(namesOn(METRICS, 'staging')).toEqual(['error_rate']);
  expect(namesOn(METRICS, 'production')).toEqual(['error_rate', 'hits']);
  expect(namesOn(undefined, 'production')).toEqual([]);
});

test('a number counts until it is stale, and not before its time', () => {
  const now = 1_000_000 as Instant;
  const at = (ms: number) => fresh({ at: (now + ms) as Instant, value: 1, n: 3 }, now, { staleMs: 45_000 });
  for (const ms of [-45_000, 0, 60_000]) expect(at(ms)).toEqual({ at: now + ms, value: 1, n: 3 });
  expect(at(-45_001)).toEqual({ at: now, why: 'Its newest number is 45 s old, and counts for 45 s.' });
  expect(at(60_001)).toHaveProperty('why');
});

test.each([{ value: Number.NaN }, { value: Number.POSITIVE_INFINITY }, { value: -1 }, { value: 1, n: Number.NaN }, { value: 1, n: -2 }])(
  '%j is no number that anything is decided by',
  (odd) => {
    const now = 1_000_000 as Instant;
    expect(fresh({ at: now, ...odd }, now, { staleMs: 1 })).toMatchObject({
      why: expect.stringMatching(/^It gives .+, which is no number/) as string,
    });
  },
);
