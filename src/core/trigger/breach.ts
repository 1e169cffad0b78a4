import type { Sample } from './sample.ts';

/** A sample of a breach, and how much of the hold had been served when it came. */
export type Point = Sample & { readonly served: number; readonly bad: boolean };
/** A stretch of bad samples that has not ended. */
export type Breach = { readonly points: readonly Point[]; readonly heldMs: number };

export type BreachRule = {
  readonly isBad: (sample: Sample) => boolean;
  /** So good that, often enough in a row, the breach is over; what is neither keeps it. */
  readonly isGood: (sample: Sample) => boolean;
  readonly goodsToEnd: number;
  /** A longer time between two samples is not served. */
  readonly gapMs: number;
};

/**
 * The breach that goes on at the end of the samples, or null. Its hold is measured between the times of samples, so that a
 * paused bot or a gap can't age it; and a gap takes nothing away either.
 */
export function breachOf(samples: readonly Sample[], { isBad, isGood, goodsToEnd, gapMs }: BreachRule): Breach | null {
  let points: Point[] = [];
  let goods = 0;
  for (const sample of samples) {
    const last = points.at(-1);
    const bad = isBad(sample);
    if (!last && !bad) continue;
    const step = last ? sample.at - last.at : 0;
    points.push({ ...sample, bad, served: (last?.served ?? 0) + (step <= gapMs ? step : 0) });
    goods = isGood(sample) ? goods + 1 : 0;
    if (goods < goodsToEnd) continue;
    points = [];
    goods = 0;
  }
  return points.length === 0 ? null : { points, heldMs: points.at(-1)?.served ?? 0 };
}

/** The points of the last part of the hold. */
export function lastPart({ points, heldMs }: Breach, ms: number): readonly Point[] {
  return points.filter(({ served }) => heldMs - served <= ms);
}

/** How many of the points of the last part are bad, as a share. */
export function badShare(breach: Breach, ms: number): number {
  const part = lastPart(breach, ms);
  return part.length === 0 ? 0 : part.filter(({ bad }) => bad).length / part.length;
}
