import { scaleLinear, scaleUtc } from 'd3-scale';
import type { ScaleLinear, ScaleTime } from 'd3-scale';
import type { Chart } from '../core/chart.ts';

export const WIDTH = 900;
export const HEIGHT = 360;
/** What is left around the lines for words. */
export const EDGE = { top: 98, right: 30, bottom: 44, left: 84 };

/** Where values and moments lie in the picture. */
export type Frame = {
  readonly x: ScaleTime<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** How many series; one needs no legend. */
  readonly series: number;
};

/** Fits all that is shown into the picture; null where there is nothing to show. The axis of values begins at nought. */
export function frameOf({ series, limits, marks }: Chart): Frame | null {
  const points = series.flatMap((each) => each.points);
  if (points.length === 0) return null;
  return {
    x: timeAxis([...points.map(({ at }) => at), ...marks.map(({ at }) => at)]),
    y: valueAxis([...points.map(({ value }) => value), ...limits.map(({ value }) => value)], {
      top: EDGE.top,
      bottom: HEIGHT - EDGE.bottom,
    }),
    series: series.length,
  };
}

/** All moments from left to right, over a minute at least. */
export function timeAxis(times: readonly number[]): Frame['x'] {
  const [from, to] = [Math.min(...times), Math.max(...times)];
  return scaleUtc()
    .domain([from, Math.max(to, from + 60_000)])
    .range([EDGE.left, WIDTH - EDGE.right]);
}

/** All values from nought on, between two heights. */
export function valueAxis(values: readonly number[], { top, bottom }: { readonly top: number; readonly bottom: number }): Frame['y'] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return scaleLinear()
    .domain([low, high > low ? high + (high - low) * 0.08 : low + 1])
    .range([bottom, top])
    .nice(4);
}
