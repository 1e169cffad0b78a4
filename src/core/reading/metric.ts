import { parseDuration } from '../duration.ts';
import type { Metrics, MetricSettings, Unit } from './schema.ts';

/** A metric with everything that is needed to read it; texts are of type `T`, as those of actions are. */
export type Metric<T = string> = {
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  readonly everyMs: number;
  readonly staleMs: number;
  readonly source: MetricSource<T>;
};

/** Where the number comes from. */
export type MetricSource<T = string> =
  | {
      readonly kind: 'prometheus';
      readonly url: T;
      readonly query: T;
      readonly samples?: T;
      readonly headers: Readonly<Record<string, T>>;
    }
  | {
      readonly kind: 'endpoint';
      readonly url: T;
      readonly pointer: string;
      readonly samples?: string;
      readonly at?: string;
      readonly headers: Readonly<Record<string, T>>;
    };

const EVERY_MS = 15_000;

/** The metric of this name with its defaults written out; null where `rollbot.yml` has none. */
export function metricOf(metrics: Metrics | undefined, name: string): Metric | null {
  const found = metrics && Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (!found) return null;
  const everyMs = parseDuration(found.every ?? '') ?? EVERY_MS;
  const staleMs = parseDuration(found.stale ?? '') ?? 3 * everyMs;
  return { name, title: found.title, unit: found.unit, everyMs, staleMs, source: sourceOf(name, found) };
}

/** Whether a target has a metric: a name that is there for production may say nothing of staging. */
export function isOn({ targets }: Pick<MetricSettings, 'targets'>, target: string): boolean {
  return targets?.includes(target) ?? true;
}

/** The names of all metrics that a target has. */
export function namesOn(metrics: Metrics | undefined, target: string): readonly string[] {
  return Object.entries(metrics ?? {}).flatMap(([name, metric]) => (isOn(metric, target) ? [name] : []));
}

function sourceOf(name: string, { prometheus, http }: MetricSettings): MetricSource {
  if (prometheus) {
    const { url, query, samples, headers = {} } = prometheus;
    return { kind: 'prometheus', url, query, ...(samples !== undefined && { samples }), headers };
  }
  if (!http) throw new Error(`The metric ${name} has no source, and the catalog should have refused it.`);
  const { url, pointer, samples, at, headers = {} } = http;
  return { kind: 'endpoint', url, pointer, ...(samples !== undefined && { samples }), ...(at !== undefined && { at }), headers };
}
