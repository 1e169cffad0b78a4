import type { Instant } from '../brand.ts';
import type { Metric } from './metric.ts';
import { isGap } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Unit } from './schema.ts';
import { sayValue } from './unit.ts';

/** A key metric as the journal has it: its number with what that is called, or why there was none. */
export type KeyReading = { readonly metric: string; readonly title: string; readonly unit: Unit; readonly at: Instant } & (
  | { readonly value: number }
  | { readonly why: string }
);

/** The key metrics of a run, before its first step, after its last, and in between; null where they were not read. */
export type KeyReadings = {
  readonly before: readonly KeyReading[] | null;
  readonly after: readonly KeyReading[] | null;
  readonly sampled: readonly SampledMetric[] | null;
};

/** A key metric over a while. Where two points are further apart than `gapMs`, nobody knows what was between them. */
export type SampledMetric = {
  readonly metric: string;
  readonly title: string;
  readonly unit: Unit;
  readonly gapMs: number;
  readonly points: readonly Point[];
};
type Point = { readonly at: Instant; readonly value: number };

const LONGEST_WHY = 200;
/** More than that many are no key metrics; the settings refuse them too. */
const MOST = 6;
/** As many as a picture of it can show; the journal keeps no more. */
const MOST_POINTS = 48;

/** Puts a reading into the words and the size that the journal keeps. */
export function keyReading({ name, title, unit }: Pick<Metric, 'name' | 'title' | 'unit'>, reading: Reading): KeyReading {
  const named = { metric: name, title, unit, at: reading.at };
  return isGap(reading) ? { ...named, why: reading.why.slice(0, LONGEST_WHY) } : { ...named, value: reading.value };
}

/** What may be kept of a list of readings, however long it came. */
export function bounded(readings: readonly KeyReading[]): readonly KeyReading[] {
  return readings.slice(0, MOST);
}

/** What may be kept of metrics over a while: evenly thinned out, the last point always there. */
export function boundedSamples(metrics: readonly SampledMetric[]): readonly SampledMetric[] {
  return metrics.slice(0, MOST).map(({ points, gapMs, ...rest }) => {
    const every = Math.ceil(points.length / MOST_POINTS);
    const kept = points.filter((_, index) => (points.length - 1 - index) % Math.max(1, every) === 0);
    return { ...rest, gapMs: gapMs * Math.max(1, every), points: kept };
  });
}

/** The number, or a dash where there is none. */
export function sayReading(reading: KeyReading | undefined): string {
  return reading && 'value' in reading ? sayValue(reading.value, reading.unit) : '—';
}

/** A metric before and now, for those of which at least one of the two is known. */
export type Change = { readonly title: string; readonly before: KeyReading | undefined; readonly now: KeyReading | undefined };

/** Puts what was known before beside what is known now, in the order of the settings. */
export function changes(before: readonly KeyReading[], now: readonly KeyReading[]): readonly Change[] {
  const all = [...before, ...now.filter(({ metric }) => !before.some((each) => each.metric === metric))];
  const of = (readings: readonly KeyReading[], metric: string) => readings.find((each) => each.metric === metric);
  return all.map(({ metric, title }) => ({ title, before: of(before, metric), now: of(now, metric) }));
}
