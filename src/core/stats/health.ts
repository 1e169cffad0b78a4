import type { Instant } from '../brand.ts';
import type { RunOutcome } from '../incident/event.ts';
import { judgeEstimate, LAST_RUNS, sayContradiction } from '../procedure/estimate.ts';
import { median } from '../trigger/statistics.ts';
import type { IncidentSummary, RunSummary } from './summary.ts';

/** How a procedure is doing. */
export type Health = {
  readonly procedure: string;
  /** In earnest, and how they ended. */
  readonly runs: number;
  readonly outcomes: Readonly<Partial<Record<RunOutcome, number>>>;
  readonly lastRun: { readonly at: Instant; readonly outcome: RunOutcome | null } | null;
  readonly lastDrill: { readonly at: Instant; readonly outcome: RunOutcome | null } | null;
  readonly estimate: string | null;
  /** Of the last verified ones, without waiting for people; drills count too, for they do the same. */
  readonly medianMs: number | null;
  /** The sentence that says so where they contradict the estimate. */
  readonly contradiction: string | null;
};

type Known = { readonly id: string; readonly estimate: string | null };

/** The health of each procedure, in the given order. */
export function healthOf(procedures: readonly Known[], summaries: readonly IncidentSummary[]): readonly Health[] {
  const byProcedure = new Map<string, { run: RunSummary; drill: boolean }[]>();
  for (const { runs, drill } of summaries) {
    for (const run of runs) {
      const known = byProcedure.get(run.procedure);
      if (known) known.push({ run, drill });
      else byProcedure.set(run.procedure, [{ run, drill }]);
    }
  }
  return procedures.map(({ id, estimate }) => {
    const newest = (byProcedure.get(id) ?? []).toSorted((a, b) => b.run.startedAt - a.run.startedAt);
    const earnest = newest.filter(({ drill }) => !drill);
    const machineMs = newest.flatMap(({ run }) => (run.outcome === 'verified' ? (run.machineMs ?? []) : [])).slice(0, LAST_RUNS);
    return {
      procedure: id,
      runs: earnest.length,
      outcomes: countBy(earnest.flatMap(({ run }) => run.outcome ?? [])),
      lastRun: momentOf(earnest[0]?.run),
      lastDrill: momentOf(newest.find(({ drill }) => drill)?.run),
      estimate,
      medianMs: machineMs.length === 0 ? null : median(machineMs),
      contradiction: sayContradiction(estimate ?? undefined, judgeEstimate(estimate ?? undefined, machineMs)),
    };
  });
}

function countBy(outcomes: readonly RunOutcome[]): Health['outcomes'] {
  const counts: Partial<Record<RunOutcome, number>> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function momentOf(run: RunSummary | undefined): Health['lastRun'] {
  return run ? { at: run.startedAt, outcome: run.outcome } : null;
}
