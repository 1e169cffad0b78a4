import type { Instant, RunId, StreamId } from '../core/brand.ts';
import { detectedAt } from '../core/incident/moments.ts';
import type { IncidentState, Run } from '../core/incident/state.ts';
import { isOfKind } from '../core/kinds.ts';
import { keyReading } from '../core/reading/key-reading.ts';
import type { KeyReading, SampledMetric } from '../core/reading/key-reading.ts';
import { isOn, metricOf } from '../core/reading/metric.ts';
import type { Metric } from '../core/reading/metric.ts';
import type { MetricsOf, Readings } from '../core/reading/port.ts';
import { fresh, isGap } from '../core/reading/reading.ts';
import type { Catalog, Clock, Log, Store } from '../core/ports.ts';
import type { Journal } from './journal.ts';

export type KeyMetricsParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly journal: Pick<Journal, 'apply' | 'load' | 'onChange'>;
  readonly readings: Pick<Readings, 'now' | 'last' | 'subscribe' | 'window'>;
  readonly store: Pick<Store, 'streams'>;
  readonly clock: Clock;
  readonly log: Log;
};

/** Reads the key metrics of every run from its start to its end, and notes what they were before and after. No run waits for it. */
export type KeyMetrics = {
  readonly of: MetricsOf;
  /** Resolves when what was read of the runs of an incident is noted, or after a few seconds. */
  noted(stream: StreamId): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** What is shown of the time before anybody noticed, and of that before the run at most. */
const BEFORE_MS = 60_000;
const LONGEST_BEFORE_MS = 15 * 60_000;
const MOST_POINTS = 48;
const NOTED_WITHIN_MS = 5000;

/** Builds it; what was read last is in memory, and what was before and after is in the journal. */
export function createKeyMetrics({ catalog, journal, readings, store, clock, log }: KeyMetricsParts): KeyMetrics {
  const following = new Map<RunId, () => void>();
  const noting = new Map<string, Promise<void>>();
  let stopped = false;

  function metricsFor({ target }: Pick<Run, 'target'>): readonly Metric[] {
    const { metrics, 'key-metrics': names = [] } = catalog.settings();
    return names.flatMap((name) => {
      const metric = metricOf(metrics, name);
      return metric && isOn(metrics?.[name] ?? {}, target.name) ? [metric] : [];
    });
  }

  async function look(stream: StreamId): Promise<void> {
    const { state, readOnly } = await journal.load(stream);
    if (stopped || state.status === 'none' || readOnly !== null) return;
    for (const run of state.runs) lookAtRun(stream, state, run);
  }

  function lookAtRun(stream: StreamId, state: IncidentState, run: Run): void {
    const isOver = run.progress.status === 'finished';
    if (!isOver) follow(run);
    if (!isOver && run.metrics.before === null) note(stream, run, 'before');
    if (isOver && state.status === 'open' && run.metrics.after === null) note(stream, run, 'after');
    // What is remembered of a metric is forgotten when nobody wants it any more, so this waits until it is noted.
    if (isOver) void Promise.resolve(noting.get(`${run.id}/after`)).then(() => unfollow(run.id));
  }

  function follow(run: Run): void {
    if (following.has(run.id)) return;
    const ends = metricsFor(run).map(({ name }) => readings.subscribe({ target: run.target.name, metric: name }, () => {}));
    following.set(run.id, () => ends.forEach((end) => end()));
  }

  function unfollow(run: RunId): void {
    following.get(run)?.();
    following.delete(run);
  }

  /** Tried once in the life of this process: what can't be noted is missing in the report, and nothing else. */
  function note(stream: StreamId, run: Run, when: 'before' | 'after'): void {
    const key = `${run.id}/${when}`;
    const metrics = metricsFor(run);
    if (noting.has(key) || metrics.length === 0) return;
    const work = async (): Promise<void> => {
      const read = await Promise.all(
        metrics.map(async (metric) => keyReading(metric, await readings.now({ target: run.target.name, metric: metric.name }))),
      );
      if (stopped) return;
      await journal.apply(stream, { kind: 'note-metrics', run: run.id, when, readings: read });
      if (when === 'after') await noteSamples(stream, run, metrics);
    };
    noting.set(
      key,
      work().catch((error: unknown) => log.error({ stream, run: run.id, error }, 'the key metrics could not be noted')),
    );
  }

  /** How the metrics went, from shortly before anybody noticed until now. */
  async function noteSamples(stream: StreamId, run: Run, metrics: readonly Metric[]): Promise<void> {
    const { state } = await journal.load(stream);
    if (state.status === 'none') return;
    const from = Math.max(run.startedAt - LONGEST_BEFORE_MS, Math.min(detectedAt(state), run.startedAt) - BEFORE_MS) as Instant;
    const sampled = await Promise.all(metrics.map(async (metric) => await sample(run, metric, from)));
    await journal.apply(stream, { kind: 'note-samples', run: run.id, metrics: sampled });
  }

  async function sample(run: Run, { name, title, unit, everyMs }: Metric, from: Instant): Promise<SampledMetric> {
    const to = clock.now();
    const step = Math.max(everyMs, Math.ceil((to - from) / MOST_POINTS));
    const window = await readings.window({ target: run.target.name, metric: name }, { from, to, everyMs: step });
    const points = 'why' in window ? [] : window.map(({ at, value }) => ({ at, value }));
    return { metric: name, title, unit, gapMs: 3 * step, points };
  }

  function see(stream: StreamId<string>): void {
    if (stopped || !isOfKind(stream, 'incident')) return;
    look(stream).catch((error: unknown) => log.error({ stream, error }, 'the key metrics of its runs could not be looked at'));
  }

  journal.onChange(see);

  return {
    of(run): readonly KeyReading[] {
      return metricsFor(run).flatMap((metric) => {
        const last = readings.last({ target: run.target.name, metric: metric.name }).at(-1);
        if (!last) return [];
        return [keyReading(metric, isGap(last) ? last : fresh(last, clock.now(), metric))];
      });
    },
    async noted(stream) {
      await look(stream);
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(NOTED_WITHIN_MS, late.resolve);
      await Promise.race([Promise.allSettled(noting.values()), late.promise]);
      cancel();
    },
    async start() {
      for (const stream of await store.streams()) see(stream);
    },
    async stop() {
      stopped = true;
      for (const run of following.keys()) unfollow(run);
      await Promise.allSettled(noting.values());
    },
  };
}
