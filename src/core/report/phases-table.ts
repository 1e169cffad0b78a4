import { sayDuration } from '../duration.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { IncidentState } from '../incident/state.ts';
import { table, utc } from './markdown.ts';
import { phasesOf } from './phases.ts';
import type { PhaseName } from './phases.ts';

/** What the time went into; nothing where no run was started, because then there is nothing to tell apart. */
export function phasesTable(state: Exclude<IncidentState, { status: 'none' }>, events: readonly IncidentEvent[]): string {
  if (state.runs.length === 0) return '';
  const rows = phasesOf(state, events).map(({ name, from, to, tookMs }) => [
    name,
    tookMs === null ? '—' : sayDuration(tookMs),
    from === null || to === null ? '—' : `${utc(from)} to ${utc(to)}`,
    SAYS[name],
  ]);
  return `### Where the time went\n\n${table(['phase', 'took', 'from, to', 'what it is'], rows)}`;
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
