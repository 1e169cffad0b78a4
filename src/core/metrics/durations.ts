import { recoveryOf } from '../stats/phases.ts';
import type { IncidentSummary } from '../stats/summary.ts';
import type { Family, Sample } from './exposition.ts';

type Labels = Readonly<Record<string, string>>;
type Measured = { readonly labels: Labels; readonly seconds: number };

/** The upper edges of the buckets, in seconds: from a step or two to a night's work. */
const EDGES = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

/** How many runs there were, how long they took, and how long the way back was. */
export function runFamilies(summaries: readonly IncidentSummary[]): readonly Family[] {
  const runs = summaries.flatMap(({ drill, runs: all }) =>
    all.flatMap(({ procedure, outcome, startedAt, endedAt }): readonly Measured[] => {
      if (outcome === null || endedAt === null) return [];
      return [{ labels: { procedure, outcome, drill: drill ? 'yes' : 'no' }, seconds: (endedAt - startedAt) / 1000 }];
    }),
  );
  const recoveries = summaries.flatMap((summary): readonly Measured[] => {
    const recovery = recoveryOf(summary);
    return recovery ? [{ labels: { drill: summary.drill ? 'yes' : 'no' }, seconds: recovery.totalMs / 1000 }] : [];
  });
  const counted = grouped(runs).map(({ labels, all }) => ({ labels, value: all.length }));
  return [
    { name: 'rollbot_runs_total', help: 'Runs that are finished, by how they ended.', type: 'counter', samples: counted },
    histogram('rollbot_run_duration_seconds', 'From start to end, waiting for people included.', runs),
    histogram(
      'rollbot_recovery_seconds',
      'From when it went wrong, or was noticed, until the last verified run of the incident was over.',
      recoveries,
    ),
  ];
}

function histogram(name: string, help: string, measured: readonly Measured[]): Family {
  return { name, help, type: 'histogram', samples: grouped(measured).flatMap(({ labels, all }) => samplesOf(labels, all)) };
}

/** Each bucket counts what the ones below it count as well, as Prometheus wants it. */
function samplesOf(labels: Labels, all: readonly number[]): readonly Sample[] {
  const buckets = EDGES.map((edge) => ({ le: String(edge), value: all.filter((seconds) => seconds <= edge).length }));
  return [
    ...[...buckets, { le: '+Inf', value: all.length }].map(({ le, value }) => ({ labels: { ...labels, le }, suffix: '_bucket', value })),
    { labels, suffix: '_sum', value: all.reduce((sum, seconds) => sum + seconds, 0) },
    { labels, suffix: '_count', value: all.length },
  ];
}

function grouped(measured: readonly Measured[]): readonly { readonly labels: Labels; readonly all: readonly number[] }[] {
  const groups = new Map<string, { readonly labels: Labels; readonly all: number[] }>();
  for (const { labels, seconds } of measured) {
    const key = JSON.stringify(labels);
    const known = groups.get(key);
    if (known) known.all.push(seconds);
    else groups.set(key, { labels, all: [seconds] });
  }
  return [...groups.values()];
}
