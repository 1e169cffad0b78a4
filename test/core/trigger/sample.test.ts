import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { faultOf } from '../../../src/core/trigger/sample.ts';
import type { Sample } from '../../../src/core/trigger/sample.ts';

const NOW = Date.parse('2026-03-29T02:00:00Z') as Instant;
const ALLOWED = { lateMs: 300_000, futureMs: 60_000 };
const at = (ms: number) => (NOW + ms) as Instant;

test.each<[string, Sample, ReturnType<typeof faultOf>]>([
  ['a reading of now', { at: at(0), value: 0.07, n: 200, errors: 14 }, null],
  ['no requests at all', { at: at(0), value: 0, n: 0, errors: 0 }, null],
  ['nothing divided by nothing', { at: at(0), value: Number.NaN }, 'not-a-number'],
  ['something divided by nothing', { at: at(0), value: Number.POSITIVE_INFINITY }, 'not-a-number'],
  ['less than nothing', { at: at(0), value: -1 }, 'not-a-number'],
  ['a counter that ran backwards', { at: at(0), value: 0.1, n: -40 }, 'not-a-number'],
  ['as late as is allowed', { at: at(-300_000), value: 1 }, null],
  ['later than is allowed', { at: at(-300_001), value: 1 }, 'too-late'],
  ['as early as is allowed', { at: at(60_000), value: 1 }, null],
  ['from a clock that is ten minutes ahead', { at: at(600_000), value: 1 }, 'from-the-future'],
])('%s', (_, sample, fault) => {
  expect(faultOf(sample, NOW, ALLOWED)).toBe(fault);
});
