import type { RoleId, TokenId } from '../brand.ts';
import { choicesFor } from './decide-person.ts';
import type { Approval, IncidentState, Run, RunStep } from './state.ts';

type At = { readonly token: TokenId; readonly run: Run; readonly step: RunStep };
/** Something of an incident that waits for a person at this moment, and what the person can say. */
export type Waiting =
  | (At & { readonly kind: 'approval'; readonly approval: Approval })
  | (At & { readonly kind: 'question'; readonly role: RoleId; readonly question: string })
  | (At & { readonly kind: 'unknown'; readonly alive: boolean })
  | (At & { readonly kind: 'held'; readonly choices: readonly ('retry' | 'undo' | 'stop')[] });

/** All that an incident waits for, in the order of its runs and their steps. */
export function waitingOf(state: IncidentState): readonly Waiting[] {
  if (state.status !== 'open') return [];
  return state.runs
    .filter(({ progress }) => progress.status !== 'finished')
    .flatMap((run) => [...run.steps.flatMap((step) => ofStep(run, step)), ...held(run)]);
}

function ofStep(run: Run, step: RunStep): readonly Waiting[] {
  const { state } = step;
  switch (state.status) {
    case 'awaiting-approval':
      return run.progress.status === 'running'
        ? [{ kind: 'approval', token: state.approval.token, run, step, approval: state.approval }]
        : [];
    case 'asking':
      return run.progress.status === 'stopping'
        ? []
        : [{ kind: 'question', token: state.token, run, step, role: state.role, question: state.question }];
    case 'unknown':
      return state.givenUp ? [] : [{ kind: 'unknown', token: state.token, run, step, alive: state.alive }];
    default:
      return [];
  }
}

function held(run: Run): readonly Waiting[] {
  const { progress } = run;
  if (progress.status !== 'held') return [];
  const step = run.steps.find(({ plan }) => plan.id === progress.step);
  return step ? [{ kind: 'held', token: progress.token, run, step, choices: choicesFor(run) }] : [];
}
