import { sayDuration } from '../duration.ts';
import type { Baseline } from './baseline.ts';
import { badShare, breachOf, lastPart } from './breach.ts';
import type { Breach } from './breach.ts';
import { holdFigures, sayMs, sayRatio, sayShare, worse } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import type { Sample } from './sample.ts';
import type { ResponseTime } from './schema.ts';
import { median } from './statistics.ts';

type AtOnce = NonNullable<ResponseTime['at-once']>;
type Bands = NonNullable<ResponseTime['bands']>;

/** Far too slow, at once; or too slow for too long, and the slower the sooner. `+200 %` is three times the baseline. */
export function judgeResponseTime(
  when: ResponseTime,
  all: readonly Sample[],
  baseline: Baseline | null,
  unknown: string | null,
): Judgement {
  const samples = all.filter(({ n }) => n !== 0);
  const { metric, bands, 'at-once': atOnce } = when;
  if (!baseline) {
    const why = unknown ?? 'Give a "constant" or wait for enough days.';
    const says = `Nobody knows what response time is normal here, so it can not be judged. ${why}`;
    return { verdict: 'inconclusive', reason: 'no-baseline', says, figures: {}, metric, readings: samples.slice(-1) };
  }
  return [
    ...(atOnce === undefined ? [] : [farTooSlow(when, atOnce, samples, baseline)]),
    ...(bands === undefined ? [] : [tooSlowForLong(when, bands, samples, baseline)]),
  ].reduce(worse);
}

function farTooSlow({ metric, evidence }: ResponseTime, rule: AtOnce, samples: readonly Sample[], { value: normal }: Baseline): Judgement {
  const end = samples.at(-1)?.at ?? 0;
  const windows = Array.from({ length: rule.windows }, (_, index) =>
    samples.filter(({ at }) => at > end - (index + 1) * rule.window && at <= end - index * rule.window),
  );
  const levels = windows.map((window) => median(window.map(({ value }) => value)));
  const now = levels[0] ?? 0;
  const base = { figures: { start: normal, now }, metric, readings: windows.toReversed().flat() };
  const bad = levels.filter((level) => ratioOf(level, normal) >= 1 + rule.from && level - normal >= rule.by).length;
  const said = sayLevel(now, normal);
  if (bad === 0) return { ...base, verdict: 'clear', reason: 'within-bounds', says: `${said}.` };
  if (bad < windows.length) {
    const says = `${said} in one window of ${sayDuration(rule.window)}, and it needs ${rule.windows} one after the other.`;
    return { ...base, verdict: 'holding', reason: 'hold-not-over', says };
  }
  if (windows.some((window) => requestsIn(window) < evidence.requests)) {
    return { ...base, verdict: 'inconclusive', reason: 'too-little-evidence', says: tooLittle(said, evidence.requests) };
  }
  const says = `${said}, in ${rule.windows} windows of ${sayDuration(rule.window)} one after the other. From ${sayRatio(1 + rule.from)} on nobody waits.`;
  return { ...base, verdict: 'fire', reason: 'far-above', says };
}

function tooSlowForLong(when: ResponseTime, bands: Bands, samples: readonly Sample[], { value: normal }: Baseline): Judgement {
  const { metric, timing, leave, good, sustained } = when;
  const edge = 1 + (bands[0]?.from ?? 0);
  const breach = breachOf(samples, {
    isBad: ({ value }) => ratioOf(value, normal) >= edge,
    isGood: ({ value }) => ratioOf(value, normal) < edge * leave,
    goodsToEnd: good,
    gapMs: timing.gap * timing.every,
  });
  const now = samples.at(-1)?.value ?? 0;
  if (!breach) {
    const says = `${sayLevel(now, normal)}.`;
    return { verdict: 'clear', reason: 'within-bounds', says, figures: { start: normal, now }, metric, readings: samples.slice(-1) };
  }
  return judgeBreach(breach, when, bands, { normal, level: median(samples.slice(-sustained).map(({ value }) => value)) });
}

/** A band that holds fires, whatever the others say: so a series that becomes worse keeps the time that it has served. */
function judgeBreach(breach: Breach, when: ResponseTime, bands: Bands, { normal, level }: { normal: number; level: number }): Judgement {
  const { heldMs } = breach;
  const ratio = ratioOf(level, normal);
  const reached = bands.filter(({ from }) => ratio >= 1 + from);
  const band = reached.at(-1) ?? bands[0]!;
  const part = lastPart(breach, band.hold);
  const base = { figures: { start: normal, now: level, ...holdFigures(heldMs, band.hold) }, metric: when.metric, readings: part };
  const said = `${sayLevel(level, normal)}, and it is slow for ${sayDuration(heldMs)}`;
  const over = reached.filter(({ hold }) => heldMs >= hold);
  if (over.length === 0) {
    const says = `${said}. In ${sayDuration(Math.max(0, band.hold - heldMs))} it is decided.`;
    return { ...base, verdict: 'holding', reason: heldMs < band.hold ? 'hold-not-over' : 'not-steady', says };
  }
  const steady = over.filter(({ hold }) => badShare(breach, hold) >= when.share);
  if (steady.length === 0) {
    const says = `${said}, but fewer than ${sayShare(when.share)} of the last readings are that bad.`;
    return { ...base, verdict: 'holding', reason: 'not-steady', says };
  }
  if (steady.every(({ hold }) => requestsIn(lastPart(breach, hold)) < when.evidence.requests)) {
    return { ...base, verdict: 'inconclusive', reason: 'too-little-evidence', says: tooLittle(said, when.evidence.requests) };
  }
  return { ...base, verdict: 'fire', reason: 'held-too-long', says: `${said}, which is too long.` };
}

/** Edges are closed, and a product of decimal figures must not miss its own edge by a rounding. */
function ratioOf(value: number, normal: number): number {
  return Math.round((value / normal) * 1e9) / 1e9;
}

function requestsIn(samples: readonly Sample[]): number {
  return samples.reduce((sum, { n = 0 }) => sum + n, 0);
}

function sayLevel(level: number, normal: number): string {
  const ratio = ratioOf(level, normal);
  const more = Math.round((ratio - 1) * 100);
  return `The response time is ${sayMs(level)}, ${sayRatio(ratio)} the usual ${sayMs(normal)} (${more < 0 ? '' : '+'}${more} %)`;
}

function tooLittle(said: string, requests: number): string {
  return `${said}, but of fewer than ${requests} requests. That is too little to start anything by. Look for yourself.`;
}
