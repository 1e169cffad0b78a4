import { sayDuration } from '../duration.ts';
import { badShare, breachOf, lastPart } from './breach.ts';
import { holdFigures, sayShare } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import type { Sample } from './sample.ts';
import type { Unavailable } from './schema.ts';

/** Something that others need, such as the cache, does not answer, or so slowly that it is as if it did not. */
export function judgeUnavailable(when: Unavailable, samples: readonly Sample[], times: readonly Sample[]): Judgement {
  const { metric, slow, share, timing, good, 'longer-than': longerThan } = when;
  const isSlow = ({ at }: Sample): boolean => {
    if (!slow) return false;
    const time = times.findLast((each) => each.at <= at + timing.every && each.at > at - timing.every);
    return time !== undefined && time.value > slow.above;
  };
  const isBad = (sample: Sample): boolean => sample.value === 0 || isSlow(sample);
  const isGood = (sample: Sample): boolean => !isBad(sample);
  const breach = breachOf(samples, { isBad, isGood, goodsToEnd: good, gapMs: timing.gap * timing.every });
  const now = samples.at(-1)?.value ?? 0;
  if (!breach) {
    return { verdict: 'clear', reason: 'within-bounds', says: 'It answers.', figures: { now }, metric, readings: samples.slice(-1) };
  }
  const { heldMs } = breach;
  const readings = lastPart(breach, longerThan);
  const base = { figures: { now, ...holdFigures(heldMs, longerThan) }, metric, readings };
  const said = `It has not answered in time for ${sayDuration(heldMs)}`;
  if (heldMs <= longerThan) {
    const says = `${said}. It is decided when that is longer than ${sayDuration(longerThan)}.`;
    return { ...base, verdict: 'holding', reason: 'hold-not-over', says };
  }
  const bad = badShare(breach, longerThan);
  if (bad < share) {
    const says = `${said}, but only ${sayShare(bad)} of the last readings say so, and it needs ${sayShare(share)}.`;
    return { ...base, verdict: 'holding', reason: 'not-steady', says };
  }
  return { ...base, verdict: 'fire', reason: 'held-too-long', says: `${said}, which is longer than ${sayDuration(longerThan)}.` };
}
