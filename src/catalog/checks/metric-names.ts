import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { isOn } from '../../core/reading/metric.ts';
import type { Finding } from '../finding.ts';
import { actionsOf } from './actions-of.ts';
import type { PlacedAction } from './actions-of.ts';
import { targetsOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** A check that reads a metric names one that is there wherever the procedure may run, and says what its number has to be. */
export function metricNames(subject: Subject): readonly Finding[] {
  return actionsOf(subject).flatMap((placed) => {
    const says = mistakeOf(placed, subject);
    return says === undefined ? [] : [{ path: [...placed.path, 'metric'], says }];
  });
}

function mistakeOf({ action, expect }: PlacedAction, subject: Subject): string | undefined {
  if (action.kind !== 'metric') return undefined;
  if (expect === undefined) return 'A number by itself is neither good nor bad; expected "expect" beside it.';
  if (subject.settings === null) return undefined;
  const metrics = subject.settings.metrics ?? {};
  const metric = Object.hasOwn(metrics, action.name) ? metrics[action.name] : undefined;
  if (!metric) return noMetric(action.name, Object.keys(metrics));
  const lacking = targetsOf(subject).flatMap(([target]) => (isOn(metric, target) ? [] : [target]));
  if (lacking.length === 0) return undefined;
  return `There is no metric "${action.name}" on ${sayList(lacking, 'and')}; expected one that is there on every target where this may run.`;
}

/** Says that a metric is not there, and which one may have been meant. */
export function noMetric(name: string, known: readonly string[]): string {
  return `There is no metric "${name}".${didYouMean(name, known)} Expected one of "metrics" in rollbot.yml.`;
}
