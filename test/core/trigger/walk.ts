import type { Instant } from '../../../src/core/brand.ts';
import type { Baseline } from '../../../src/core/trigger/baseline.ts';
import { judge, takeIn } from '../../../src/core/trigger/judge.ts';
import type { Incoming, Readings } from '../../../src/core/trigger/judge.ts';
import type { Judgement } from '../../../src/core/trigger/judgement.ts';
import type { Sample } from '../../../src/core/trigger/sample.ts';
import { Triggers } from '../../../src/core/trigger/schema.ts';
import type { Watching } from '../../../src/core/trigger/schema.ts';

const EVERY_MS = 15_000;
/** Two minutes before the clocks of Europe go forward. */
export const BEGIN = Date.parse('2026-03-29T00:58:00Z');
export const NORMAL: Baseline = { value: 100, how: 'constant' };

/** Reads a rule as rollbot.yml does. */
export function rule(when: object): Watching {
  const read = Triggers.parse({ rule: { title: 'A rule', when, procedure: 'cache', mode: 'propose' } })['rule']?.when;
  if (!read || read.kind === 'event') throw new Error('An event has no samples.');
  return read;
}

export const AT_ONCE = rule({ kind: 'error-rate', metric: 'error_rate', above: '10%' });
export const BAND = rule({ kind: 'error-rate', metric: 'error_rate', band: {} });
export const BOTH = rule({ kind: 'error-rate', metric: 'error_rate', above: '10%', band: {} });
export const BANDS = [
  { from: '200%', hold: '10m' },
  { from: '300%', hold: '5m' },
];
export const SLOW = rule({ kind: 'response-time', metric: 'response_time', 'at-once': {}, bands: BANDS });
export const OUTAGE = rule({ kind: 'outage', metric: 'outage' });
export const CACHE = rule({ kind: 'unavailable', metric: 'cache_available' });
export const PORTALS = rule({ kind: 'one-of-many', metrics: ['portal_a', 'portal_b'] });

/** Something that happens to a metric at a moment of the story, in milliseconds from its beginning. */
export type Arrival = { readonly comesAt: number; readonly metric: string } & (
  | { readonly sample: Sample }
  | { readonly gap: string; readonly at: number }
);
export type Told = { readonly at: number; readonly judgement: Judgement };

/** Samples in a row, each coming when it is true. `null` is a try that brought nothing. */
export function row(metric: string, values: readonly (number | null)[], { n = 400, from = 0, every = EVERY_MS } = {}): readonly Arrival[] {
  return values.map((value, index) => {
    const at = from + index * every;
    return value === null
      ? { comesAt: at, metric, gap: 'Prometheus does not answer.', at }
      : { comesAt: at, metric, sample: { at: (BEGIN + at) as Instant, value, n } };
  });
}

/** So many samples of one value. */
export function flat(value: number | null, count: number): readonly (number | null)[] {
  return Array.from({ length: count }, () => value);
}

/** So many samples on the way from one value to another. */
export function ramp(from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}

/** Tells a story and judges after each thing that happens. */
export function tell(when: Watching, arrivals: readonly Arrival[], baseline: Baseline | null = NORMAL): readonly Told[] {
  let readings: Readings = {};
  return arrivals.map((arrival) => {
    const now = (BEGIN + arrival.comesAt) as Instant;
    readings = takeIn(when, readings, incoming(arrival), now);
    return { at: arrival.comesAt, judgement: judge(when, readings, baseline) };
  });
}

/** The seconds after which it fires, less those that samples are waited for; null where it never does. */
export function firesAfter(told: readonly Told[], when: Watching): number | null {
  const fired = told.find(({ judgement }) => judgement.verdict === 'fire');
  return fired ? (fired.at - when.timing.watermark) / 1000 : null;
}

export function incoming(arrival: Arrival): Incoming {
  if ('sample' in arrival) return { [arrival.metric]: { samples: [arrival.sample], gap: null } };
  return { [arrival.metric]: { samples: [], gap: { at: (BEGIN + arrival.at) as Instant, why: arrival.gap } } };
}
