import { sayDuration } from '../duration.ts';
import { breachOf, lastPart } from './breach.ts';
import type { Breach } from './breach.ts';
import { holdFigures } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import type { Sample } from './sample.ts';
import type { OneOfMany, Outage } from './schema.ts';

type Rule = Pick<Outage, 'longer-than' | 'vantage-points' | 'attempts' | 'within' | 'missing' | 'timing'>;

/** Nothing answers for too long. One success ends it, and a probe that did not report is no failure. */
export function judgeOutage(when: Outage, samples: readonly Sample[]): Judgement {
  return judgeProbes(when, when.metric, samples, 'Every probe');
}

/** One of several fails while another is well: where all of them fail it is an outage, and the outage's rule is the shorter one. */
export function judgeOneOfMany(when: OneOfMany, series: ReadonlyMap<string, readonly Sample[]>, silent: readonly string[]): Judgement {
  const judged = when.metrics.map((metric) => judgeProbes(when, metric, series.get(metric) ?? [], `Every probe of ${metric}`));
  const failing = judged.filter(({ verdict }) => verdict !== 'clear').toSorted((a, b) => (b.figures.heldMs ?? 0) - (a.figures.heldMs ?? 0));
  const [worst] = failing;
  if (!worst) return judged[0]!;
  const healthy = when.metrics.some((metric) => !silent.includes(metric) && (series.get(metric)?.at(-1)?.value ?? 0) > 0);
  if (healthy) return failing.find(({ verdict }) => verdict === 'fire') ?? worst;
  const says = 'None of them is known to be well. Where all of them fail it is an outage, for which there is another rule.';
  return { ...worst, verdict: 'holding', reason: 'all-fail', says };
}

function judgeProbes(rule: Rule, metric: string, samples: readonly Sample[], who: string): Judgement {
  const { timing, 'longer-than': longerThan } = rule;
  const breach = breachOf(samples, {
    isBad: ({ value }) => value === 0,
    isGood: ({ value }) => value > 0,
    goodsToEnd: 1,
    gapMs: timing.gap * timing.every,
  });
  if (!breach) {
    const now = samples.at(-1)?.value;
    const figures = now === undefined ? {} : { now };
    return { verdict: 'clear', reason: 'within-bounds', says: 'The probes succeed.', figures, metric, readings: samples.slice(-1) };
  }
  const readings = lastPart(breach, longerThan);
  const base = { figures: { now: 0, ...holdFigures(breach.heldMs, longerThan) }, metric, readings };
  const said = `${who} failed for ${sayDuration(breach.heldMs)}`;
  if (!isProven(breach, rule)) {
    const says = `${said}, but there are too few probes to be sure. Look for yourself.`;
    return { ...base, verdict: 'inconclusive', reason: 'too-little-evidence', says };
  }
  if (breach.heldMs <= longerThan) {
    const says = `${said}. It is decided when that is longer than ${sayDuration(longerThan)}.`;
    return { ...base, verdict: 'holding', reason: 'hold-not-over', says };
  }
  const missing = Math.floor(longerThan / timing.every) + 1 - readings.length;
  if (missing > rule.missing) {
    const says = `${said}, but ${missing} readings of the last ${sayDuration(longerThan)} are missing.`;
    return { ...base, verdict: 'holding', reason: 'samples-missing', says };
  }
  return { ...base, verdict: 'fire', reason: 'held-too-long', says: `${said}, which is longer than ${sayDuration(longerThan)}.` };
}

/** Every failing sample was probed from several places, or there were many attempts. A sample that says no number is one probe. */
function isProven({ points }: Breach, { 'vantage-points': places, attempts, within }: Rule): boolean {
  const newest = points.at(-1)?.at ?? 0;
  const tried = points.filter(({ at }) => at > newest - within).reduce((sum, { n = 1 }) => sum + n, 0);
  return tried >= attempts || points.every(({ n = 1 }) => n >= places);
}
