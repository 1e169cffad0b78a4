import { together } from '../chart.ts';
import type { Chart } from '../chart.ts';
import { sayDuration } from '../duration.ts';
import { metricOf } from '../reading/metric.ts';
import type { Unit } from '../reading/schema.ts';
import { sayValue } from '../reading/unit.ts';
import type { Settings } from '../settings.ts';
import type { Baseline } from './baseline.ts';
import { sayMs, sayShare } from './judgement.ts';
import type { Watching } from './schema.ts';
import { EMPTY } from './series.ts';
import type { Watch } from './state.ts';

/** What a watch has seen, for people who have to decide; null where it goes by what was reported and not by readings. */
export function chartOf(watch: Watch, { metrics }: Pick<Settings, 'metrics'>): Chart | null {
  const { rule, readings, baseline } = watch;
  const { when } = rule;
  if (when.kind === 'event') return null;
  const shown = when.kind === 'one-of-many' ? when.metrics : [when.metric];
  const unit = unitOf(when, metrics);
  return {
    title: `${rule.title} on ${rule.target}`,
    say: (value) => (unit === 'bool' && value !== 0 && value !== 1 ? '' : sayValue(value, unit)),
    series: shown.map((metric) => ({
      name: metricOf(metrics, metric)?.title ?? metric,
      points: (Object.hasOwn(readings, metric) ? readings[metric]! : EMPTY).samples.map(({ at, value }) => ({ at, value })),
      gapMs: when.timing.gap * when.timing.every,
    })),
    limits: limitsOf(when, baseline),
    marks: together(momentsOf(watch), 2 * when.timing.every),
  };
}

/** What the numbers of a rule are; what it is judged as, where `rollbot.yml` has the metric no more. */
export function unitOf(when: Watching, metrics: Settings['metrics']): Unit {
  const [metric = ''] = when.kind === 'one-of-many' ? when.metrics : [when.metric];
  return metricOf(metrics, metric)?.unit ?? (when.kind === 'response-time' ? 'ms' : 'ratio');
}

function limitsOf(when: Watching, baseline: Baseline | null): Chart['limits'] {
  switch (when.kind) {
    case 'error-rate':
      return [
        ...(when.band ? [{ value: when.band.from, label: `${sayShare(when.band.from)} for ${sayDuration(when.band.hold)}` }] : []),
        ...(when.above === undefined ? [] : [{ value: when.above, label: `at once above ${sayShare(when.above)}` }]),
      ];
    case 'response-time':
      return baseline ? slowLimits(when, baseline.value) : [];
    case 'outage':
    case 'one-of-many':
    case 'unavailable':
      return [];
    default:
      return when satisfies never;
  }
}

function slowLimits({ bands = [], 'at-once': atOnce }: Extract<Watching, { kind: 'response-time' }>, normal: number): Chart['limits'] {
  const held = bands.map(({ from, hold }) => ({
    value: normal * (1 + from),
    label: `+${Math.round(from * 100)} % for ${sayDuration(hold)}`,
  }));
  const far = atOnce && Math.max(normal * (1 + atOnce.from), normal + atOnce.by);
  return [
    { value: normal, label: `usual: ${sayMs(normal)}` },
    ...held,
    ...(far === undefined ? [] : [{ value: far, label: `at once from ${sayMs(far)}` }]),
  ];
}

function momentsOf({ beganAt, firedAt, ask }: Watch): Chart['marks'] {
  return [
    { at: beganAt, label: 'began' },
    ...(firedAt === null ? [] : [{ at: firedAt, label: 'fired' }]),
    ...(ask.is === 'started' ? [{ at: ask.at, label: 'started' }] : []),
  ];
}
