import type { Panels } from '../chart.ts';
import { runChart } from '../incident/run-chart.ts';
import type { IncidentState, Run } from '../incident/state.ts';

/** A picture beside a report. */
export type ReportPicture = { readonly file: string; readonly run: Run; readonly chart: Panels };

/** The charts of an incident's runs, under names that no other incident has. */
export function picturesOf(state: Exclude<IncidentState, { status: 'none' }>, reportFile: string): readonly ReportPicture[] {
  const base = reportFile.replace(/\.md$/, '');
  return state.runs.flatMap((run) => {
    const chart = runChart(state, run);
    return chart ? [{ file: `${base}-${run.id}.png`, run, chart }] : [];
  });
}
