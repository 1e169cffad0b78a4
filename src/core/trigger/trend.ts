import type { Point } from './breach.ts';
import { sayShare } from './judgement.ts';
import type { Figures } from './judgement.ts';
import { median, theilSen } from './statistics.ts';

/** Where a stretch of readings came from and where it goes; `drop` is how much of its start the fitted line loses. */
export type Trend = {
  readonly points: number;
  readonly figures: { readonly start: number; readonly now: number; readonly slopePerMinute: number; readonly drop: number };
};
type Pooled = { readonly x: number; readonly y: number };

/** The slopes between all of them are looked at, so there must not be too many. */
const MOST_POINTS = 60;

/** Puts neighbours together until each point stands for enough requests: a trend of small samples is mostly noise. */
export function pooled(part: readonly Point[], enough: number): readonly Pooled[] {
  const least = Math.ceil(part.length / MOST_POINTS);
  const groups: Point[][] = [];
  let open: Point[] = [];
  for (const point of part) {
    open.push(point);
    if (weightOf(open) < enough || open.length < least) continue;
    groups.push(open);
    open = [];
  }
  if (open.length > 0) groups.push([...(groups.pop() ?? []), ...open]);
  return groups.map((group) => ({ x: mean(group, ({ served }) => served), y: mean(group, ({ value }) => value) }));
}

/** The line through the points, in minutes. */
export function trendOf(points: readonly Pooled[]): Trend {
  const slope = theilSen(points);
  const span = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  const start = median(points.slice(0, Math.max(1, Math.ceil(points.length / 3))).map(({ y }) => y));
  const drop = start === 0 || slope === 0 ? 0 : (-slope * span) / start;
  return { points: points.length, figures: { start, now: points.at(-1)?.y ?? 0, slopePerMinute: slope * 60_000, drop } };
}

/** Improvement has to be proven: it falls, and by enough. */
export function isImproving({ figures }: Trend, enough: number): boolean {
  return figures.slopePerMinute < 0 && figures.drop >= enough;
}

/** A trend in words that follow a colon. */
export function sayTrend({ figures }: { readonly figures: Required<Pick<Figures, 'start' | 'now' | 'slopePerMinute' | 'drop'>> }): string {
  const { start, now, slopePerMinute, drop } = figures;
  const points = Number((slopePerMinute * 100).toFixed(2));
  return `it began at ${sayShare(start)} and is ${sayShare(now)}, ${points > 0 ? '+' : ''}${points} percentage points a minute, a ${drop < 0 ? 'rise' : 'drop'} of ${sayShare(Math.abs(drop))}`;
}

function weightOf(group: readonly Point[]): number {
  return group.reduce((sum, { n = 0 }) => sum + n, 0);
}

/** Each point counts by its requests. */
function mean(group: readonly Point[], of: (point: Point) => number): number {
  const weight = weightOf(group);
  if (weight === 0) return group.reduce((sum, point) => sum + of(point), 0) / group.length;
  return group.reduce((sum, point) => sum + of(point) * (point.n ?? 0), 0) / weight;
}
