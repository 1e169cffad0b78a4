import { sayDuration } from '../duration.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { IncidentState } from '../incident/state.ts';
import { md, table, utc } from './markdown.ts';
import { phasesOf, phasesOfRun } from './phases.ts';
import type { Phase, PhaseName } from './phases.ts';
import type { Template } from './template.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** What the time went into; nothing where no run was started, because then there is nothing to tell apart. */
export function phasesTable(state: Incident, events: readonly IncidentEvent[], template: Template): string {
  const several = template > 2 && state.runs.length > 1;
  if (state.runs.length === 0) return '';
  return `### Where the time went\n\n${
    several
      ? tableOfRuns(state, events)
      : table(
          HEAD,
          phasesOf(state, events).map((phase) => rowOf(phase, SAYS)),
        )
  }`;
}

const HEAD = ['phase', 'took', 'from, to', 'what it is'];

/** Until the first run was decided on it is all one; then each run has its own. */
function tableOfRuns(state: Incident, events: readonly IncidentEvent[]): string {
  const before = phasesOf(state, events)
    .slice(0, -PHASES_OF_RUN)
    .map((phase) => ['', ...rowOf(phase, SAYS)]);
  const rows = state.runs.flatMap((run, index) => {
    const says = index === 0 ? SAYS : { ...SAYS, decide: 'from the end of the run before until this one was started' };
    return phasesOfRun(state, events, run).map((phase) => [`\`${run.id}\` ${md(run.procedure.id)}`, ...rowOf(phase, says)]);
  });
  return table(['run', ...HEAD], [...before, ...rows]);
}

const PHASES_OF_RUN = 4;

function rowOf({ name, from, to, tookMs }: Phase, says: Readonly<Record<PhaseName, string>>): readonly string[] {
  const between = from === null || to === null ? '—' : `${utc(from)} to ${utc(to)}`;
  return [name, tookMs === null ? '—' : sayDuration(tookMs), between, says[name]];
}

const SAYS = {
  detect: 'from the trouble until something noticed it',
  page: 'until somebody was called',
  acknowledge: 'until somebody answered',
  decide: 'until the first run was started',
  'wait for approval': 'of the run, for people to approve',
  execute: 'the rest of the run, until its last step was done',
  verify: 'until the run was over',
} as const satisfies Record<PhaseName, string>;
