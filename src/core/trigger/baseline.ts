import type { Instant } from '../brand.ts';
import type { Window } from '../reading/port.ts';
import type { Sample } from './sample.ts';
import type { ResponseTime } from './schema.ts';
import { median } from './statistics.ts';

/** What is normal, and where that is known from. */
export type Baseline = { readonly value: number; readonly how: 'pinned' | 'same-hour' | 'before-deploy' | 'constant' };

/** A stretch of normal life: a response time for each of its minutes, and how many requests these are drawn from. */
export type Stretch = { readonly minutes: readonly number[]; readonly requests: number };
/** What a baseline can be drawn from, as far as it could be read. */
export type History = {
  /** What a person said is normal. */
  readonly pinned: number | null;
  /** The same hour of the last days. */
  readonly days: readonly (Stretch & { readonly incident: boolean })[];
  /** The hour that ended ten minutes before the last deployment. */
  readonly beforeDeploy: Stretch | null;
};

/** The best baseline that there is; null where nothing is known well enough, and then nothing may be started by it. */
export function baselineOf({ pinned, days, beforeDeploy }: History, { baseline: rule }: Pick<ResponseTime, 'baseline'>): Baseline | null {
  const floored = (value: number, how: Baseline['how']): Baseline => ({ value: Math.max(rule.floor, value), how });
  const enough = (minutes: readonly number[], requests: number) => minutes.length >= rule.minutes && requests >= rule.requests;
  if (pinned !== null) return floored(pinned, 'pinned');
  const quiet = days.filter(({ incident, minutes }) => !incident && minutes.length > 0);
  const minutes = quiet.flatMap((day) => day.minutes);
  if (quiet.length >= rule.days && enough(minutes, sum(quiet))) return floored(median(minutes), 'same-hour');
  if (beforeDeploy && enough(beforeDeploy.minutes, beforeDeploy.requests)) return floored(median(beforeDeploy.minutes), 'before-deploy');
  return rule.constant === undefined ? null : floored(rule.constant, 'constant');
}

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((all, { requests }) => all + requests, 0);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The hour around this moment on each of the days before, newest first. */
export function sameHours(now: Instant, history: number): readonly Window[] {
  return Array.from({ length: Math.floor(history / DAY_MS) }, (_, index) => {
    const middle = now - (index + 1) * DAY_MS;
    return windowOf(middle - HOUR_MS / 2);
  });
}

/** The hour that ended ten minutes before a deployment. */
export function hourBefore(deployed: Instant): Window {
  return windowOf(deployed - 10 * MINUTE_MS - HOUR_MS);
}

/** A response time for each minute of which there are samples, and the requests of all of them. */
export function stretchOf(samples: readonly Sample[]): Stretch {
  const counting = samples.filter(({ n }) => n !== 0);
  const minutes = [...Map.groupBy(counting, ({ at }) => Math.floor(at / MINUTE_MS)).values()];
  return {
    minutes: minutes.map((each) => median(each.map(({ value }) => value))),
    requests: counting.reduce((all, { n = 0 }) => all + n, 0),
  };
}

function windowOf(from: number): Window {
  return { from: from as Instant, to: (from + HOUR_MS) as Instant, everyMs: MINUTE_MS };
}
