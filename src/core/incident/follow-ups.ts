import { streamOf } from '../followup/place.ts';
import type { Wanted } from '../followup/command.ts';
import type { Change } from '../kinds.ts';
import type { IncidentFact } from './event.ts';
import { runOf } from './state.ts';
import type { IncidentState } from './state.ts';
import { mayHaveActed } from './undo.ts';

/**
 * What is left to be done: by what its procedure asks for once a run that may have changed anything is over, and by what every
 * incident has when it is closed.
 */
export function followUpsAfter(state: IncidentState, facts: readonly IncidentFact[]): readonly Change<'followup'>[] {
  if (state.status === 'none') return [];
  const { incident, title, drill } = state;
  const wanted = facts.flatMap((fact) => wantedBy(state, fact));
  return wanted.length === 0 ? [] : [{ stream: streamOf(incident), commands: [{ kind: 'open', incident, title, drill, wanted }] }];
}

function wantedBy(state: IncidentState, fact: IncidentFact): readonly Wanted[] {
  if (fact.type === 'incident-closed') return (fact.followUps ?? []).map((each) => ({ ...each, from: null }));
  const run = fact.type === 'run-finished' ? runOf(state, fact.run) : undefined;
  if (!run?.steps.some(mayHaveActed)) return [];
  return run.procedure.followUps.map((each) => ({ ...each, from: run.procedure.id }));
}
