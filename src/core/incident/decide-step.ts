import type { Instant, RunId, StepId } from '../brand.ts';
import type { PersonReading } from '../ports.ts';
import { failingStep } from '../drill/trouble.ts';
import { repeatsByItself } from '../procedure/effect.ts';
import { bind } from './binding.ts';
import type { CheckReading, Command } from './command.ts';
import { unfillable } from './decide-approval.ts';
import type { Decision } from './decide.ts';
import type { VoidReason } from './approval-event.ts';
import type { IncidentFact } from './event.ts';
import { findStep, sharedRoles } from './find.ts';
import type { Place } from './find.ts';
import { mayBegin, readySteps, wentWrong } from './readiness.ts';
import { isQuorum } from './quorum.ts';
import { refuse } from './refusal.ts';
import { approvalEndsAt } from './state.ts';
import type { Approval, IncidentState, Override, RunStep } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** What has no result after this many attempts does not run again by itself. */
const MOST_REPEATS = 3;

/** Records what a step's own check said before the step began: done, not done, or (null) that it could not tell. */
export function noteCheck(state: IncidentState, command: Of<'note-check'>): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { run, step, attempt, done, says } = command;
  const at = { run, step, attempt };
  if (attempt !== place.step.attempt) return refuse('not-due');
  if (place.step.state.status === 'unknown') {
    if (place.step.state.alive) return refuse('not-due');
    return place.step.state.checked ? [] : [{ type: 'step-checked', ...at, says }];
  }
  if (!readySteps(place.run).includes(place.step)) return refuse('not-due');
  if (done === false) return [{ type: 'step-checked', ...at, says }];
  return [endedByCheck(at, command)];
}

function endedByCheck(at: { run: RunId; step: StepId; attempt: number }, { done, says, outputs }: CheckReading): IncidentFact {
  return { type: 'step-finished', ...at, executor: 'rules', outcome: done ? 'already-done' : 'failed', says, outputs, durationMs: 0 };
}

/** Commits the intent to act. For a step that needs approval this is the last gate: content and people are looked at again. */
export function intend(state: IncidentState, command: Of<'intend'>, now: Instant): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { run, step } = place;
  const at = { run: run.id, step: step.plan.id };
  if (step.state.status === 'intended' || step.state.status === 'unknown') return refuse('step-busy');
  const bound = bind(run, step);
  if (step.state.status === 'approved') {
    if (run.progress.status !== 'running' || run.steps.some(wentWrong)) return refuse('not-due');
    const { approval } = step.state;
    const digest = 'mistake' in bound ? null : bound.digest;
    const gate = lastGate(approval, digest, command.approvers, now);
    if (gate === 'unreadable') return refuse('entitlement-unreadable');
    if (gate !== 'open') return [{ type: 'approval-voided', ...at, token: approval.token, reason: gate }];
    const { checked } = command;
    if (step.plan.check && !checked) return refuse(command.approvers.some(isUnreadable) ? 'entitlement-unreadable' : 'not-due');
    if (checked && checked.done !== false) return [endedByCheck({ ...at, attempt: step.attempt }, checked)];
  } else if (step.plan.approve) return refuse('approval-missing');
  else if (!mayBegin(run, step) || step.plan.ask !== undefined) return refuse('not-due');
  if ('mistake' in bound) return [unfillable({ ...at, attempt: step.attempt }, bound.mistake)];
  const trouble = state.status === 'open' ? failingStep(state, { run, step }) : [];
  if (trouble.length > 0) return trouble;
  return [{ type: 'step-intended', ...at, attempt: step.attempt, ...bound, executor: command.executor }];
}

function isUnreadable({ status }: PersonReading): boolean {
  return status === 'unreadable';
}

function lastGate(
  approval: Approval,
  digest: string | null,
  readings: readonly PersonReading[],
  now: Instant,
): 'open' | 'unreadable' | VoidReason {
  const end = approvalEndsAt(approval);
  if (digest !== approval.digest) return 'digest-changed';
  if (approval.override) return overrideGate(approval.override, readings, now);
  if (end !== null && now >= end) return 'ended-before-effect';
  const entitled = approval.given.map((each) => {
    const reading = readings.find((one) => one.status === 'member' && one.id === each.by.id);
    return reading?.status === 'member' ? sharedRoles(reading.roles, approval.by) : [];
  });
  const held = entitled.filter((roles) => roles.length > 0);
  if (isQuorum(approval, held)) return 'open';
  return readings.some((reading) => reading.status === 'unreadable') || readings.length < approval.given.length
    ? 'unreadable'
    : 'approver-lost-role';
}

/** Whoever went on alone has to be in a role that may, still, and not too late. */
function overrideGate({ by, roles, at, holdsMs }: Override, readings: readonly PersonReading[], now: Instant): ReturnType<typeof lastGate> {
  if (now >= at + holdsMs) return 'override-expired';
  const reading = readings.find((one) => one.status === 'member' && one.id === by.id);
  if (reading?.status === 'member') return sharedRoles(reading.roles, roles).length > 0 ? 'open' : 'approver-lost-role';
  return readings.some(isUnreadable) || readings.length === 0 ? 'unreadable' : 'approver-lost-role';
}

/** Records the process group of a step, before the program in it begins. */
export function noteProcess(state: IncidentState, command: Of<'note-process'>): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { run, step, attempt, pgid, processStartedAt } = command;
  if (place.step.state.status !== 'intended' || place.step.attempt !== attempt) return refuse('not-due');
  return [{ type: 'step-process', run, step, attempt, pgid, processStartedAt }];
}

/** Records how a step ended. Where nobody waits for that any more, it is kept and changes nothing. */
export function finishStep(state: IncidentState, command: Of<'finish-step'>): Decision {
  const { run, step, attempt, executor, answer, durationMs, output } = command;
  const at = { run, step, attempt };
  const place = findStep(state, command);
  if ('refusal' in place && place.refusal !== 'run-finished') return place;
  const { status: outcome, says } = answer;
  if ('refusal' in place || !isMine(place.step, attempt, executor)) return [{ type: 'late-result', ...at, outcome, says }];
  const outputs = answer.status === 'failed' ? {} : answer.outputs;
  const observed = answer.observed === undefined ? {} : { observed: answer.observed };
  return [{ type: 'step-finished', ...at, executor, outcome, says, outputs, durationMs, ...observed, ...(output && { output }) }];
}

/**
 * Records that nobody knows how an attempt ended. What may safely run again does so by itself, a few times; a reading that
 * still has no answer then has failed, because there is nothing that it could have done.
 */
export function loseStep(state: IncidentState, command: Of<'lose-step'>): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { run, step, attempt, reason, alive, token } = command;
  if (place.step.state.status !== 'intended' || place.step.attempt !== attempt) return refuse('not-due');
  const mute = reason === 'timeout' || reason === 'connection-lost' || reason === 'unclear';
  if (place.step.plan.effect === 'read' && mute && !alive && attempt >= MOST_REPEATS) {
    const says = `no answer (${reason}), and this was attempt ${attempt}`;
    return [{ type: 'step-finished', run, step, attempt, executor: 'rules', outcome: 'failed', says, outputs: {}, durationMs: 0 }];
  }
  const lost: IncidentFact = { type: 'step-unknown', run, step, attempt, reason, alive, token };
  return alive ? [lost] : [lost, ...repetition(place, attempt)];
}

/** Records that a process which outlived the bot is gone. */
export function noteOrphanEnded(state: IncidentState, command: Of<'note-orphan-ended'>): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { run, step, attempt } = command;
  if (place.step.state.status !== 'unknown' || !place.step.state.alive) return refuse('not-due');
  return [{ type: 'orphan-ended', run, step, attempt }, ...repetition(place, attempt)];
}

/** Settles an unknown attempt of a guarded step by what its check found. */
export function settleByCheck(state: IncidentState, command: Of<'settle-by-check'>): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { run, step, attempt, as, says } = command;
  const unknown = place.step.state;
  const { effect, check } = place.step.plan;
  if (effect !== 'guarded' || !check) return refuse('not-due', 'Only a guarded step is settled by its own check.');
  if (unknown.status !== 'unknown' || unknown.alive || unknown.givenUp || place.step.attempt !== attempt) return refuse('not-due');
  // What gets lost each time is for people to look at, however clear its check is.
  if (as === 'run-again' && attempt >= MOST_REPEATS) return unknown.checked ? [] : [{ type: 'step-checked', run, step, attempt, says }];
  return [{ type: 'step-settled', run, step, attempt, as, by: { kind: 'rollbot' }, says }];
}

function repetition({ run, step }: Place, attempt: number): readonly IncidentFact[] {
  if (!repeatsByItself(step.plan) || run.progress.status === 'stopping' || attempt >= MOST_REPEATS) return [];
  const says = 'its result was lost; it is harmless to repeat, so it runs again by itself';
  return [{ type: 'step-settled', run: run.id, step: step.plan.id, attempt, as: 'run-again', by: { kind: 'rollbot' }, says }];
}

function isMine(step: RunStep, attempt: number, executor: string): boolean {
  return step.state.status === 'intended' && step.state.intent.attempt === attempt && step.state.intent.executor === executor;
}
