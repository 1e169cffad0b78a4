import { sayDuration } from '../duration.ts';
import { badShare, breachOf, lastPart } from './breach.ts';
import type { Breach } from './breach.ts';
import { holdFigures, sayShare, worse } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import type { Sample } from './sample.ts';
import { CONFIDENCE } from './schema.ts';
import type { ErrorRate } from './schema.ts';
import { wilsonLowerBound } from './statistics.ts';
import { isImproving, pooled, sayTrend, trendOf } from './trend.ts';

type Staged = NonNullable<ErrorRate['band']>;

/** Far too many errors, at once; or too many for too long, unless it is proven that they become fewer. */
export function judgeErrorRate(when: ErrorRate, all: readonly Sample[]): Judgement {
  // Where there were no requests, there is no rate.
  const samples = all.some(({ n }) => n === 0) ? all.filter(({ n }) => n !== 0) : all;
  const { above, band } = when;
  const verdicts = [
    ...(above === undefined ? [] : [farAbove(when, above, samples)]),
    ...(band === undefined ? [] : [tooLong(when, band, samples)]),
  ];
  return verdicts.reduce(worse);
}

/** How bad a stretch is by the counts behind its samples; a sample that says no count proves nothing. */
function countsOf(samples: readonly Sample[]): { readonly n: number; readonly errors: number } {
  let n = 0;
  let errors = 0;
  for (const sample of samples) {
    n += sample.n ?? 0;
    errors += sample.errors ?? Math.round(sample.value * (sample.n ?? 0));
  }
  return { n, errors: Math.min(errors, n) };
}

function farAbove({ metric, window, twice, evidence }: ErrorRate, above: number, samples: readonly Sample[]): Judgement {
  const end = samples.at(-1)?.at ?? 0;
  const readings = samples.slice(samples.findLastIndex(({ at }) => at <= end - Math.max(window, 2 * twice)) + 1);
  const within = (ms: number, before = 0) => readings.filter(({ at }) => at > end - before - ms && at <= end - before);
  const { n, errors } = countsOf(within(window));
  const rate = n === 0 ? 0 : errors / n;
  const halves = [within(twice), within(twice, twice)].map(countsOf);
  const bound = wilsonLowerBound(errors, n, CONFIDENCE[evidence.confidence]);
  const said = `The error rate is ${sayShare(rate)} over ${sayDuration(window)} (${errors} of ${n} requests)`;
  const base = { figures: { now: rate }, metric, readings };
  const enough = n >= evidence.requests && errors >= evidence.errors;
  const twiceAbove = halves.every((half) => half.n >= evidence.requests && half.errors / half.n > above);
  if (enough && (bound > above || twiceAbove)) {
    return {
      ...base,
      verdict: 'fire',
      reason: 'far-above',
      says: `${said}, which is ${bound > above ? 'surely ' : ''}above ${sayShare(above)}.`,
    };
  }
  if (enough && rate > above) {
    const says = `${said}, and it is not sure yet that it is above ${sayShare(above)}.`;
    return { ...base, verdict: 'holding', reason: 'hold-not-over', says };
  }
  if (bound > above) return { ...base, verdict: 'inconclusive', reason: 'too-little-evidence', says: tooLittle(said, evidence) };
  if (n === 0 && readings.length > 1 && readings.every(({ value }) => value > above)) {
    const says = 'The error rate is high, but nobody knows of how many requests. Look for yourself.';
    return { ...base, verdict: 'inconclusive', reason: 'too-little-evidence', says };
  }
  return { ...base, verdict: 'clear', reason: 'within-bounds', says: `${said}.` };
}

function tooLong({ metric, evidence, timing }: ErrorRate, band: Staged, samples: readonly Sample[]): Judgement {
  const breach = breachOf(samples, {
    isBad: ({ value }) => value >= band.from,
    isGood: ({ value }) => value < band.from * band.leave,
    goodsToEnd: band.good,
    gapMs: timing.gap * timing.every,
  });
  const now = samples.at(-1)?.value ?? 0;
  if (!breach) {
    const says = `The error rate is ${sayShare(now)}, which is below ${sayShare(band.from)}.`;
    return { verdict: 'clear', reason: 'within-bounds', says, figures: { now }, metric, readings: samples.slice(-1) };
  }
  return judgeBreach(breach, { metric, band, evidence, now });
}

type Judged = { readonly metric: string; readonly band: Staged; readonly evidence: ErrorRate['evidence']; readonly now: number };

function judgeBreach(breach: Breach, { metric, band, evidence, now }: Judged): Judgement {
  const { heldMs } = breach;
  const part = lastPart(breach, band.hold);
  const trend = trendOf(pooled(part, band.pool));
  const figures = { ...trend.figures, ...holdFigures(heldMs, band.hold) };
  const base = { figures, metric, readings: part };
  const said = `The error rate was ${sayShare(band.from)} or more for ${sayDuration(heldMs)}`;
  if (heldMs < band.hold) {
    const says = `${said}, and is ${sayShare(now)} now. In ${sayDuration(band.hold - heldMs)} it is decided.`;
    return { ...base, verdict: 'holding', reason: 'hold-not-over', says };
  }
  const { n, errors } = countsOf(part);
  if (n < evidence.requests || errors < evidence.errors) {
    const found = `${said}: ${errors} of ${n} requests in the last ${sayDuration(band.hold)}`;
    return { ...base, verdict: 'inconclusive', reason: 'too-little-evidence', says: tooLittle(found, evidence) };
  }
  if (heldMs >= band.cap && now >= band.from) {
    return {
      ...base,
      verdict: 'fire',
      reason: 'cap-reached',
      says: `${said}, and is still ${sayShare(now)}. That is too long, improving or not.`,
    };
  }
  const bad = badShare(breach, band.hold);
  if (bad < band.share) {
    const says = `${said}, but only ${sayShare(bad)} of the last readings are that bad, and it needs ${sayShare(band.share)}.`;
    return { ...base, verdict: 'holding', reason: 'not-steady', says };
  }
  if (trend.points < band.points) {
    const says = `${said}, but there are only ${trend.points} points to draw a trend through, and it needs ${band.points}. Look for yourself.`;
    return { ...base, verdict: 'inconclusive', reason: 'too-few-points', says };
  }
  if (isImproving(trend, band.improved)) {
    return { ...base, verdict: 'holding', reason: 'improving', says: `${said}, and it improves: ${sayTrend(trend)}.` };
  }
  return { ...base, verdict: 'fire', reason: 'not-improving', says: `${said} and does not improve: ${sayTrend(trend)}.` };
}

function tooLittle(found: string, { requests, errors }: ErrorRate['evidence']): string {
  return `${found}. That is too little to start anything by: it needs ${requests} requests and ${errors} errors. Look for yourself.`;
}
