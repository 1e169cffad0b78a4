import type { Instant } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import type { Baseline } from './baseline.ts';
import { judgeErrorRate } from './judge-error-rate.ts';
import { judgeOneOfMany, judgeOutage } from './judge-probes.ts';
import { judgeResponseTime } from './judge-response-time.ts';
import { judgeUnavailable } from './judge-unavailable.ts';
import type { Judgement } from './judgement.ts';
import { keepingOf, metricsOf } from './needs.ts';
import type { Watching, When } from './schema.ts';
import { EMPTY, joined, settled, silentMs, since, withArrivals } from './series.ts';
import type { Arrivals, Series } from './series.ts';

/** What is known of each metric of a rule, and what comes in of them. */
export type Readings = Readonly<Record<string, Series>>;
export type Incoming = Readonly<Record<string, Arrivals>>;

/** Takes in what came of the metrics of a rule; anything else is left out. */
export function takeIn(when: Watching, readings: Readings, incoming: Incoming, now: Instant): Readings {
  const keeping = keepingOf(when);
  return Object.fromEntries(
    metricsOf(when).map((metric) => {
      const before = Object.hasOwn(readings, metric) ? readings[metric]! : EMPTY;
      const arrivals = Object.hasOwn(incoming, metric) ? incoming[metric] : undefined;
      return [metric, arrivals ? withArrivals(before, arrivals, now, keeping) : before];
    }),
  );
}

/** What the second knows and the first does not; null where that is nothing. */
export function newIn(before: Readings, after: Readings): Readings | null {
  const fresh = Object.entries(after).flatMap(([metric, series]) => {
    const each = since(before[metric] ?? EMPTY, series);
    return each ? [[metric, each] as const] : [];
  });
  return fresh.length === 0 ? null : Object.fromEntries(fresh);
}

/** Adds what `newIn` has found. */
export function withNew(when: Watching, before: Readings, fresh: Readings): Readings {
  const keeping = keepingOf(when);
  const all = Object.entries(fresh).map(([metric, series]) => [metric, joined(before[metric] ?? EMPTY, series, keeping)]);
  return { ...before, ...(Object.fromEntries(all) as Readings) };
}

/**
 * What is to be said of these readings. It goes by the samples alone, in the order of their own time: neither the order in which
 * they came nor the moment at which it is asked makes a difference. `unknown` says why there is no baseline.
 */
export function judge(when: Watching, readings: Readings, baseline: Baseline | null, unknown: string | null = null): Judgement {
  const silences = silencesOf(when, readings);
  const judged = judgeSettled(when, readings, { baseline, unknown }, silences);
  const silent = silences.find(({ metric }) => metric === judged.metric) ?? (judged.verdict === 'clear' ? silences[0] : undefined);
  if (!silent) return judged;
  const held = judged.figures.heldMs === undefined ? '' : ' What was held stands still.';
  const says = `Nothing is known of ${silent.metric} for ${sayDuration(silent.ms)}: ${silent.why}${held} Missing readings start nothing.`;
  return { ...judged, verdict: 'inconclusive', reason: silent.ms >= when.timing.blind ? 'blind' : 'no-data', says };
}

/** The judgement of a watch with the figures of what was read since; its verdict is the one that was decided by. */
export function judgementNow({ rule: { when }, readings, baseline, judgement }: Judged): Judgement | null {
  if (when.kind === 'event' || judgement === null) return judgement;
  const now = judge(when, readings, baseline);
  return now.verdict === judgement.verdict ? now : judgement;
}

type Judged = {
  readonly rule: { readonly when: When };
  readonly readings: Readings;
  readonly baseline: Baseline | null;
  readonly judgement: Judgement | null;
};

type Normal = { readonly baseline: Baseline | null; readonly unknown: string | null };

function judgeSettled(when: Watching, readings: Readings, { baseline, unknown }: Normal, silences: readonly Silence[]): Judgement {
  const of = (metric: string) => settled(readings[metric] ?? EMPTY, when.timing);
  switch (when.kind) {
    case 'error-rate':
      return judgeErrorRate(when, of(when.metric));
    case 'response-time':
      return judgeResponseTime(when, of(when.metric), baseline, unknown);
    case 'outage':
      return judgeOutage(when, of(when.metric));
    case 'one-of-many':
      return judgeOneOfMany(
        when,
        new Map(when.metrics.map((metric) => [metric, of(metric)])),
        silences.map(({ metric }) => metric),
      );
    case 'unavailable':
      return judgeUnavailable(when, of(when.metric), when.slow ? of(when.slow.metric) : []);
    default:
      return when satisfies never;
  }
}

type Silence = { readonly metric: string; readonly ms: number; readonly why: string };

function silencesOf(when: Watching, readings: Readings): readonly Silence[] {
  const needed = when.kind === 'one-of-many' ? when.metrics : [when.metric];
  return needed.flatMap((metric) => {
    const series = readings[metric] ?? EMPTY;
    const ms = silentMs(series, when.timing);
    return ms === null ? [] : [{ metric, ms, why: series.gap?.why ?? 'Nothing came.' }];
  });
}
