import type { Instant } from '../brand.ts';
import type { Run } from '../incident/state.ts';
import type { KeyReading } from './key-reading.ts';
import type { Metric, MetricSource } from './metric.ts';
import type { Reading } from './reading.ts';
import type { Sample } from '../trigger/sample.ts';

/** Which metric of which target. */
export type MetricPlace = { readonly target: string; readonly metric: string };

/** Reads a source whose secrets are filled in; what can't be read is a gap with its reason, and never a number. */
export type ReadSource = (metric: Pick<Metric, 'staleMs'> & { readonly source: MetricSource }, signal: AbortSignal) => Promise<Reading>;

/** Numbers of what watches the targets, by the names that `rollbot.yml` gives them. */
export type Readings = {
  /** Reads now; waits where the same metric is being read. */
  now(place: MetricPlace): Promise<Reading>;
  /** What was read last while somebody wanted it, oldest first; nothing is asked. */
  last(place: MetricPlace): readonly Reading[];
  /**
   * What it was over a while, for charts and after a restart: from its source where that has a memory, else what is remembered
   * here. A sentence where it can't be read.
   */
  window(place: MetricPlace, window: Window): Promise<readonly Sample[] | { readonly why: string }>;
  /** Reads it as often as `rollbot.yml` says for as long as somebody wants it; the returned function ends that. */
  subscribe(place: MetricPlace, listener: (reading: Reading) => void): () => void;
  /** Reads a source for a step of a run, which has pinned it. */
  readonly readSource: ReadSource;
  stop(): Promise<void>;
};

/** What the key metrics of a run are at this moment, as far as they are known; nothing is asked. */
export type MetricsOf = (run: Run) => readonly KeyReading[];

export type Window = { readonly from: Instant; readonly to: Instant; readonly everyMs: number };
