import type { Digest } from '../brand.ts';
import { shortDigest } from '../digest.ts';
import { streamOf } from '../followup/place.ts';
import type { Wanted } from '../followup/command.ts';
import type { Change } from '../kinds.ts';
import { behindOf, behindTitle } from './behind.ts';
import type { Behind } from './behind.ts';
import type { IncidentFact, Person } from './event.ts';
import { runOf, stepOf } from './state.ts';
import type { IncidentState, Run } from './state.ts';
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
  if (fact.type === 'approval-overridden') return [reviewOf(state, fact)];
  const run = fact.type === 'run-finished' ? runOf(state, fact.run) : undefined;
  if (!run?.steps.some(mayHaveActed)) return [];
  return [
    ...behindOf(run).flatMap((each) => mergeOf(run, each)),
    ...run.procedure.followUps.map((each) => ({ ...each, from: run.procedure.id })),
  ];
}

const MERGE_WITHIN_MS = 4 * 60 * 60_000;

/** Whoever has the say over the run sees to it that the next deployment does not bring back what was taken away. */
function mergeOf(run: Run, behind: Behind): readonly Wanted[] {
  const owner = run.steps.flatMap(({ plan }) => plan.approve?.by ?? [])[0] ?? run.procedure.followUps[0]?.owner;
  return owner === undefined ? [] : [{ title: behindTitle(behind), owner, dueMs: MERGE_WITHIN_MS, from: run.procedure.id }];
}

const REVIEW_WITHIN_MS = 24 * 60 * 60_000;

/** Whoever was told of it has to look at it, also after a drill. */
function reviewOf(state: IncidentState, fact: Extract<IncidentFact, { type: 'approval-overridden' }>): Wanted {
  const run = runOf(state, fact.run);
  const what = (run && stepOf(run, fact.step)?.plan.title) ?? fact.step;
  return {
    title: reviewTitle(what, fact.by, fact.digest),
    owner: fact.tells,
    dueMs: REVIEW_WITHIN_MS,
    drills: true,
    from: run?.procedure.id ?? null,
    notBy: fact.by.id,
  };
}

/** What has to be done after an override, as it is listed wherever that is. */
export function reviewTitle(what: string, by: Person, digest: Digest): string {
  return `Review the override of “${what}” by ${by.name} (${shortDigest(digest)})`;
}
