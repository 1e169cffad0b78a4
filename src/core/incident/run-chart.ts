import { together } from '../chart.ts';
import type { Panels } from '../chart.ts';
import { sayValue } from '../reading/unit.ts';
import type { Instant } from '../brand.ts';
import { detectedAt } from './moments.ts';
import { firstActedAt } from './state.ts';
import type { IncidentCore, Run } from './state.ts';

/** How the key metrics went during a run, with its moments; null where they were not kept. A function of the journal alone. */
export function runChart(incident: IncidentCore, run: Run): Panels | null {
  const { sampled } = run.metrics;
  if (sampled === null || sampled.length === 0) return null;
  const times = sampled.flatMap(({ points }) => points.map(({ at }) => at));
  const span = Math.max(...times) - Math.min(...times);
  return {
    title: `${run.procedure.title} on ${run.target.name}`,
    panels: sampled.map(({ title, unit, gapMs, points }) => ({
      title,
      say: (value) => sayValue(value, unit),
      series: [{ name: title, points, gapMs }],
      limits: [],
    })),
    marks: together(
      momentsOf(incident, run).filter(({ at }) => at >= Math.min(...times)),
      span / 40,
    ),
  };
}

/** Detected, started, approved, finished, verified: those of them that there were, in their order. */
function momentsOf(incident: IncidentCore, run: Run): Panels['marks'] {
  const { progress } = run;
  const over = progress.status === 'finished' ? progress : null;
  const all: readonly (readonly [Instant | null, string])[] = [
    [detectedAt(incident), 'detected'],
    [run.startedAt, 'started'],
    [approvedAt(run), 'approved'],
    [lastDoneAt(run), 'finished'],
    [over?.at ?? null, over?.outcome === 'verified' ? 'verified' : 'ended'],
  ];
  return all.flatMap(([at, label]) => (at === null ? [] : [{ at, label }])).toSorted((a, b) => a.at - b.at);
}

function approvedAt({ steps }: Run): Instant | null {
  const times = steps.flatMap(({ state }) => (state.status === 'finished' ? (state.result.approval?.given.map(({ at }) => at) ?? []) : []));
  return times.length === 0 ? null : (Math.max(...times) as Instant);
}

/** When the last step was done, if any has acted. */
function lastDoneAt(run: Run): Instant | null {
  if (firstActedAt(run) === null) return null;
  const times = run.steps.flatMap(({ plan, state }) => (plan.phase === 'step' && state.status === 'finished' ? [state.result.at] : []));
  return times.length === 0 ? null : (Math.max(...times) as Instant);
}
