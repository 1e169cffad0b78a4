import { z } from 'zod';
import type { Instant } from '../brand.ts';
import type { Window } from '../reading/port.ts';
import { stretchOf } from './baseline.ts';
import type { Stretch } from './baseline.ts';
import type { Sample } from './sample.ts';
import { median } from './statistics.ts';

/** One hour of a metric whose source remembers nothing, as little of it as a baseline needs; `minutes` is how many it is drawn from. */
export type Hour = { readonly at: Instant; readonly median: number; readonly minutes: number; readonly requests: number };
/** The hours of a metric, oldest first. */
export type Hourly = readonly Hour[];

const KEPT_HOURS: z.ZodType<Hourly> = z.array(
  z.object({
    at: z.number().transform((at) => at as Instant),
    median: z.number(),
    minutes: z.int().nonnegative(),
    requests: z.number(),
  }),
);

/** The hours as they were kept; none where nobody can read them, because a wrong idea of what is normal is worse than none. */
export function readHourly(kept: unknown): Hourly {
  const read = KEPT_HOURS.safeParse(kept);
  return read.success ? read.data : [];
}

const HOUR_MS = 60 * 60_000;
/** Eight days, so that the same hour a week ago is still there. */
const KEPT = 8 * 24;

/** The hour that was over last. */
export function lastHour(now: Instant): Instant {
  return ((Math.floor(now / HOUR_MS) - 1) * HOUR_MS) as Instant;
}

/** The hours with one more, drawn from its samples; as they were where that hour is there, or where nothing is known of it. */
export function withHour(hours: Hourly, at: Instant, samples: readonly Sample[]): Hourly {
  const { minutes, requests } = stretchOf(samples.filter((sample) => sample.at >= at && sample.at < at + HOUR_MS));
  if (minutes.length === 0 || hours.some((hour) => hour.at === at)) return hours;
  return [...hours, { at, median: median(minutes), minutes: minutes.length, requests }].toSorted((a, b) => a.at - b.at).slice(-KEPT);
}

/** What is known of a while: the hour that most of it lies in. */
export function hourIn(hours: Hourly, { from, to }: Window): Stretch {
  const at = Math.floor((from + to) / 2 / HOUR_MS) * HOUR_MS;
  const hour = hours.find((each) => each.at === at);
  return hour
    ? { minutes: Array.from({ length: hour.minutes }, () => hour.median), requests: hour.requests }
    : { minutes: [], requests: 0 };
}
