import type { Instant } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import type { Sample } from '../trigger/sample.ts';
import { faultOf } from '../trigger/sample.ts';
import type { Metric } from './metric.ts';

/** Why there is no number where one should be, as a sentence. */
export type Gap = { readonly at: Instant; readonly why: string };

/** What came of reading a metric: a number, or the reason why there is none. */
export type Reading = Sample | Gap;

/** A clock that is wrong by more than this makes numbers that nobody can place. */
const FUTURE_MS = 60_000;

/** Tells a gap from a number. */
export function isGap(reading: Reading): reading is Gap {
  return 'why' in reading;
}

/** A sample as it came, or the gap that it is where nothing may be decided by it: no number, too old, or of a time that is still to come. */
export function fresh(sample: Sample, now: Instant, { staleMs }: Pick<Metric, 'staleMs'>): Reading {
  const fault = faultOf(sample, now, { lateMs: staleMs, futureMs: FUTURE_MS });
  switch (fault) {
    case null:
      return sample;
    case 'not-a-number':
      return { at: now, why: `It gives ${sayOdd(sample)}, which is no number that could be judged.` };
    case 'too-late':
      return { at: now, why: `Its newest number is ${sayDuration(now - sample.at)} old, and counts for ${sayDuration(staleMs)}.` };
    case 'from-the-future':
      return {
        at: now,
        why: `Its newest number is of a time ${sayDuration(sample.at - now)} ahead of Rollbot's clock: one of the two is wrong.`,
      };
    default:
      return fault satisfies never;
  }
}

function sayOdd({ value, n, errors }: Sample): string {
  return String([value, n, errors].find((each) => each !== undefined && !(Number.isFinite(each) && each >= 0)) ?? value);
}
