import type { Unit } from '../reading/schema.ts';
import type { Watching } from './schema.ts';
import type { Keeping } from './series.ts';

/** A metric of a rule: where it is named, what it may be in, and whether each of its samples has to say how many requests it stands for. */
type Need = {
  readonly name: string;
  readonly where: readonly (string | number)[];
  readonly units: readonly Unit[];
  readonly counted: boolean;
};

/** What a rule needs to be judged by, for whoever checks the settings. */
export function needsOf(when: Watching): { readonly metrics: readonly Need[]; readonly longestMs: number } {
  return { metrics: metricNeeds(when), longestMs: longestOf(when) };
}

function metricNeeds(when: Watching): readonly Need[] {
  switch (when.kind) {
    case 'error-rate':
      return [{ name: when.metric, where: ['metric'], units: ['ratio'], counted: true }];
    case 'response-time':
      return [{ name: when.metric, where: ['metric'], units: ['ms'], counted: true }];
    case 'outage':
      return [{ name: when.metric, where: ['metric'], units: SUCCESS, counted: false }];
    case 'one-of-many':
      return when.metrics.map((name, index) => ({ name, where: ['metrics', index], units: SUCCESS, counted: false }));
    case 'unavailable': {
      const answers = { name: when.metric, where: ['metric'], units: SUCCESS, counted: false };
      return when.slow ? [answers, { name: when.slow.metric, where: ['slow', 'metric'], units: ['ms'], counted: false }] : [answers];
    }
    default:
      return when satisfies never;
  }
}

const SUCCESS: readonly Unit[] = ['ratio', 'bool'];

/** The metrics that a rule is judged by. */
export function metricsOf(when: Watching): readonly string[] {
  return metricNeeds(when).map(({ name }) => name);
}

/** How far back a rule has to look. */
export function keepingOf(when: Watching): Keeping {
  return { timing: when.timing, keepMs: longestOf(when) + when.timing.watermark + when.timing.late };
}

function longestOf(when: Watching): number {
  switch (when.kind) {
    case 'error-rate':
      return Math.max(when.window, 2 * when.twice, when.band?.hold ?? 0, when.band?.cap ?? 0);
    case 'response-time':
      return Math.max(...(when.bands ?? []).map(({ hold }) => hold), (when['at-once']?.window ?? 0) * (when['at-once']?.windows ?? 0));
    case 'outage':
    case 'one-of-many':
    case 'unavailable':
      return when['longer-than'];
    default:
      return when satisfies never;
  }
}
