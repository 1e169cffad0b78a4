import type { Instant } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import { faultOf } from './sample.ts';
import type { Fault, Sample } from './sample.ts';
import type { Timing } from './schema.ts';

/** Why there is no sample of a moment. */
export type Gap = { readonly at: Instant; readonly why: string };
/** What is known of one metric: its samples in the order of their own time, and the tries since the last that brought none. */
export type Series = { readonly samples: readonly Sample[]; readonly gap: Gap | null; readonly missed: number };
/** What comes in of one metric. What was given before may be given again. */
export type Arrivals = { readonly samples: readonly Sample[]; readonly gap: Gap | null };

/** What is known before anything came. */
export const EMPTY: Series = { samples: [], gap: null, missed: 0 };

/** However dense and long the samples are, no more than these are kept. */
export const MOST_SAMPLES = 720;

/** How far back is looked, and how samples count. */
export type Keeping = { readonly timing: Timing; readonly keepMs: number };

/** Takes in what came: in event time, each moment once, without what must not be judged by, and never more than is needed. */
export function withArrivals(series: Series, arrivals: Arrivals, now: Instant, keeping: Keeping): Series {
  const allowed = { lateMs: keeping.timing.late, futureMs: keeping.timing.future };
  let { gap, missed } = series;
  const samples = [...series.samples];
  for (const sample of arrivals.samples) {
    const last = samples.at(-1);
    if (last && sample.at <= last.at && samples.some(({ at }) => at === sample.at)) continue;
    const fault = faultOf(sample, now, allowed);
    if (fault) {
      // What lies before all that is known is old and no news; what should be the newest is a reading that failed.
      if (fault === 'too-late' && last && sample.at < last.at) continue;
      if (gap && gap.at >= now) continue;
      gap = { at: now, why: sayFault(fault, sample, now) };
      missed += 1;
    } else if (!last || sample.at > last.at) {
      samples.push(sample);
      gap = null;
      missed = 0;
    } else
      samples.splice(
        samples.findIndex(({ at }) => at > sample.at),
        0,
        sample,
      );
  }
  if (arrivals.gap && arrivals.gap.at > (samples.at(-1)?.at ?? 0) && arrivals.gap.at > (gap?.at ?? 0)) {
    gap = arrivals.gap;
    missed += 1;
  }
  return { samples: needed(samples, keeping), gap, missed };
}

/** What has settled: later samples may still be overtaken by others. */
export function settled({ samples, gap }: Series, { watermark }: Timing): readonly Sample[] {
  const seenAt = Math.max(samples.at(-1)?.at ?? 0, gap?.at ?? 0);
  return samples.slice(0, samples.findLastIndex(({ at }) => at <= seenAt - watermark) + 1);
}

/** How long nothing has come although it was tried, or null while samples come. */
export function silentMs({ samples, gap, missed }: Series, { every, gap: most }: Timing): number | null {
  const last = samples.at(-1);
  if (!gap || !last) return gap ? 0 : null;
  const ms = Math.max(0, gap.at - last.at);
  return ms > most * every || missed > most ? ms : null;
}

/** What the second knows and the first does not; null where that is nothing. */
export function since(before: Series, after: Series): Series | null {
  const known = new Set(before.samples.map(({ at }) => at));
  const samples = after.samples.filter(({ at }) => !known.has(at));
  if (samples.length === 0 && after.missed === before.missed && after.gap?.at === before.gap?.at) return null;
  return { samples, gap: after.gap, missed: after.missed };
}

/** A series with what is new in it. */
export function joined(before: Series, { samples, gap, missed }: Series, keeping: Keeping): Series {
  const known = new Set(before.samples.map(({ at }) => at));
  const all = [...before.samples, ...samples.filter(({ at }) => !known.has(at))].toSorted((a, b) => a.at - b.at);
  return { samples: needed(all, keeping), gap, missed };
}

/** By count and by time, whichever keeps more: a gap must not make a hold forget how it began. */
function needed(samples: readonly Sample[], { timing, keepMs }: Keeping): readonly Sample[] {
  const enough = Math.ceil(keepMs / timing.every) + 1;
  const newest = samples.at(-1)?.at ?? 0;
  const first = samples.findIndex(
    ({ at }, index) => samples.length - index <= MOST_SAMPLES && (at >= newest - keepMs || samples.length - index <= enough),
  );
  return first <= 0 ? samples : samples.slice(first);
}

function sayFault(fault: Fault, { at }: Sample, now: Instant): string {
  switch (fault) {
    case 'not-a-number':
      return 'The reading was no number.';
    case 'too-late':
      return `The reading is ${sayDuration(now - at)} old.`;
    case 'from-the-future':
      return `The reading is ${sayDuration(at - now)} ahead of the clock.`;
    default:
      return fault satisfies never;
  }
}
