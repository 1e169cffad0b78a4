import type { RunEvent } from './evolve-run.ts';
import { isQuorum } from './quorum.ts';
import type { Approval, RunStep, StepState } from './state.ts';

type StepEvent = Extract<RunEvent, { step: unknown; type: Exclude<RunEvent['type'], 'run-held'> }>;

/** Folds one event into a step. What does not fit the state that the step is in changes nothing. */
export function evolveStep(step: RunStep, event: StepEvent): RunStep {
  const { state } = step;
  switch (event.type) {
    case 'approval-requested':
      return state.status === 'pending' ? to(step, { status: 'awaiting-approval', approval: requested(event) }) : step;
    case 'approval-shown':
      return withApproval(step, event.token, (approval) => ({ ...approval, shownAt: approval.shownAt ?? event.at }));
    case 'approval-given':
      return given(step, event);
    case 'approval-overridden':
      return overridden(step, event);
    case 'approval-denied':
      return refused(step, event.token, (approval) => ({
        status: 'refused',
        how: 'denied',
        approval,
        by: event.by,
        reason: event.reason,
        at: event.at,
      }));
    case 'approval-expired': {
      const reason = 'nobody decided in time';
      return refused(step, event.token, (approval) => ({ status: 'refused', how: 'expired', approval, by: null, reason, at: event.at }));
    }
    case 'approval-voided':
      return voided(step, event);
    case 'step-checked':
      if (state.status === 'unknown') return to(step, { ...state, checked: true });
      return state.status === 'pending' ? to(step, { status: 'pending', checked: true }) : step;
    case 'step-intended':
      return intended(step, event);
    case 'step-process':
      if (state.status !== 'intended') return step;
      return to(step, { ...state, intent: { ...state.intent, process: { pgid: event.pgid, startedAt: event.processStartedAt } } });
    case 'step-finished':
      return finished(step, event);
    case 'step-unknown': {
      if (state.status !== 'intended') return step;
      const { reason, alive, token, at } = event;
      return to(step, {
        status: 'unknown',
        intent: state.intent,
        reason,
        since: at,
        alive,
        killRequested: false,
        checked: false,
        givenUp: false,
        token,
      });
    }
    case 'orphan-ended':
      return state.status === 'unknown' ? to(step, { ...state, alive: false }) : step;
    case 'orphan-kill-requested':
      return state.status === 'unknown' ? to(step, { ...state, killRequested: true }) : step;
    case 'step-settled':
      return settled(step, event);
    case 'question-asked': {
      const { role, token, question, at } = event;
      return state.status === 'pending' ? to(step, { status: 'asking', role, token, question, since: at }) : step;
    }
    case 'question-answered':
      return answered(step, event);
    case 'late-result':
      return {
        ...step,
        trail: [...step.trail, { attempt: event.attempt, at: event.at, says: `a late result, which changed nothing: ${event.says}` }],
      };
    default:
      event satisfies never;
      return step;
  }
}

type Of<Type extends StepEvent['type']> = Extract<StepEvent, { type: Type }>;

function to(step: RunStep, state: StepState): RunStep {
  return { ...step, state };
}

function requested(event: Of<'approval-requested'>): Approval {
  const { token, attempt, digest, action, by, need, differentRoles, withinMs, at } = event;
  const quorum = { by, need, ...(differentRoles && { differentRoles }), withinMs };
  return { token, attempt, digest, action, ...quorum, requestedAt: at, shownAt: null, given: [] };
}

function withApproval(step: RunStep, token: string, change: (approval: Approval) => Approval): RunStep {
  const { state } = step;
  if (state.status !== 'awaiting-approval' || state.approval.token !== token) return step;
  return to(step, { ...state, approval: change(state.approval) });
}

function given(step: RunStep, event: Of<'approval-given'>): RunStep {
  const { state } = step;
  if (state.status !== 'awaiting-approval' || state.approval.token !== event.token) return step;
  if (state.approval.given.some((each) => each.by.id === event.by.id)) return step;
  const { given: before, shownAt } = state.approval;
  const vote = { by: event.by, roles: event.roles, at: event.at };
  const approval = { ...state.approval, shownAt: shownAt ?? event.at, given: [...before, vote] };
  const enough = isQuorum(
    approval,
    approval.given.map((each) => each.roles),
  );
  return to(step, { status: enough ? 'approved' : 'awaiting-approval', approval });
}

function overridden(step: RunStep, { token, by, roles, reason, tells, holdsMs, at }: Of<'approval-overridden'>): RunStep {
  const { state } = step;
  if (state.status !== 'awaiting-approval' || state.approval.token !== token) return step;
  const override = { by, roles, reason, tells, at, holdsMs };
  return to(step, { status: 'approved', approval: { ...state.approval, shownAt: state.approval.shownAt ?? at, override } });
}

function refused(step: RunStep, token: string, make: (approval: Approval) => StepState): RunStep {
  const { state } = step;
  if (state.status !== 'awaiting-approval' || state.approval.token !== token) return step;
  return to(step, make(state.approval));
}

function voided(step: RunStep, event: Of<'approval-voided'>): RunStep {
  const { state } = step;
  if (state.status !== 'approved' || state.approval.token !== event.token) return step;
  const trail = [...step.trail, { attempt: step.attempt, at: event.at, says: VOID_REASONS[event.reason] }];
  return { ...step, state: { status: 'pending', checked: true }, trail };
}

/** What stands in the report and on the card where an approval stopped counting. */
export const VOID_REASONS = {
  'digest-changed': 'the approval is void: what would run is no longer what was approved',
  'approver-lost-role': 'the approval is void: somebody who approved may no longer do so',
  'ended-before-effect': 'the approval ended before the step could begin',
  'override-expired': 'the override expired before the step could begin',
} as const;

function intended(step: RunStep, event: Of<'step-intended'>): RunStep {
  const { state } = step;
  if ((state.status !== 'pending' && state.status !== 'approved') || event.attempt !== step.attempt) return step;
  const approval = state.status === 'approved' ? state.approval : null;
  const { attempt, digest, action, executor, at } = event;
  const intent = { attempt, digest, action, executor, at, process: null, approval };
  return { ...step, startedAt: step.startedAt ?? at, state: { status: 'intended', intent } };
}

const MAY_FINISH: readonly StepState['status'][] = ['pending', 'approved', 'intended'];

/** A result counts for the intent that it belongs to, or for a step that was found done, or impossible, before any intent. */
function finished(step: RunStep, event: Of<'step-finished'>): RunStep {
  const { state } = step;
  if (event.attempt !== step.attempt || !MAY_FINISH.includes(state.status)) return step;
  const { outcome, says, at, durationMs, outputs, observed, output } = event;
  const approval = state.status === 'intended' ? state.intent.approval : state.status === 'approved' ? state.approval : null;
  const result = {
    outcome,
    says,
    at,
    by: { kind: 'rollbot' } as const,
    durationMs,
    outputs,
    approval,
    ...(observed === undefined ? {} : { observed }),
    ...(output === undefined ? {} : { output }),
  };
  // What the first attempt finds done was done by somebody else; a later one may have found the work of an earlier one.
  const foundDone = outcome === 'already-done' && event.attempt === 1;
  return { ...step, startedAt: foundDone ? null : step.startedAt, state: { status: 'finished', result } };
}

function settled(step: RunStep, event: Of<'step-settled'>): RunStep {
  const { state } = step;
  if (state.status !== 'unknown' || event.attempt !== step.attempt) return step;
  const { by, says, at } = event;
  const trail = [...step.trail, { attempt: step.attempt, at, says }];
  switch (event.as) {
    case 'happened': {
      const result = {
        outcome: 'ok',
        says,
        at,
        by,
        durationMs: at - state.intent.at,
        outputs: {},
        approval: state.intent.approval,
      } as const;
      return { ...step, state: { status: 'finished', result }, trail };
    }
    case 'run-again':
      return { ...step, attempt: step.attempt + 1, state: { status: 'pending', checked: false }, trail };
    case 'stop':
      return { ...step, state: { ...state, givenUp: true }, trail };
    default:
      event.as satisfies never;
      return step;
  }
}

function answered(step: RunStep, event: Of<'question-answered'>): RunStep {
  const { state } = step;
  if (state.status !== 'asking' || state.token !== event.token) return step;
  const says = `${event.by.name} says ${event.answer}${event.note ? `: ${event.note}` : ''}`;
  const result = {
    outcome: event.answer === 'yes' ? 'ok' : 'failed',
    says,
    at: event.at,
    by: event.by,
    durationMs: event.at - state.since,
    outputs: {},
    approval: null,
  } as const;
  return { ...step, startedAt: step.startedAt ?? state.since, state: { status: 'finished', result } };
}
