import type { RoleId } from '../brand.ts';
import type { Command } from './command.ts';
import { orList } from './decide-approval.ts';
import type { Decision } from './decide.ts';
import type { Actor, IncidentFact } from './event.ts';
import { findByToken, findStep, sharedRoles } from './find.ts';
import type { Place } from './find.ts';
import { mayBegin } from './readiness.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { reasonSaid } from './said.ts';
import { runOf } from './state.ts';
import type { HeldWhy, IncidentState, Run, RunStep } from './state.ts';
import { undoable } from './undo.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Asks a question of the checklist, or asks for a step that a person does by hand. */
export function ask(state: IncidentState, command: Of<'ask'>): Decision {
  const place = findStep(state, command);
  if ('refusal' in place) return place;
  const { plan } = place.step;
  if (plan.ask === undefined || !mayBegin(place.run, place.step)) return refuse('not-due');
  const { action } = plan.probe;
  const question = action.kind === 'manual' ? action.instructions : plan.title;
  return [{ type: 'question-asked', run: command.run, step: command.step, role: plan.ask, token: command.token, question }];
}

/** Takes one person's answer to a question, if it was asked of their role. */
export function answer(state: IncidentState, command: Of<'answer'>): Decision {
  const place = findByToken(state, command.token);
  if (!place) return refuse('already-answered');
  const { run, step } = place;
  if (run.progress.status === 'finished') return refuse('run-finished');
  if (step.state.status !== 'asking') return refuse('already-answered');
  if (sharedRoles(command.roles, [step.state.role]).length === 0) return refuse('not-in-role', `This is for ${step.state.role} to answer.`);
  const { token, answer: said, by, note } = command;
  return [{ type: 'question-answered', run: run.id, step: step.plan.id, token, answer: said, by, note: reasonSaid(note) }];
}

/**
 * Takes a person's word for what became of an unknown step. Running it again asks for a new approval, and in a run that is
 * being stopped it only says that nothing happened. Stopping ends the run as soon as nothing else acts.
 */
export function settle(state: IncidentState, { token, as, by, roles }: Of<'settle'>): Decision {
  const place = findUnknown(state, token, roles);
  if ('refusal' in place) return place;
  const { run, step } = place;
  if (step.state.givenUp) return refuse('already-settled');
  if (step.state.alive && as !== 'stop') return refuse('still-running');
  const stopping = run.progress.status === 'stopping';
  const said = stopping && as === 'run-again' ? 'it did not happen' : SAID[as];
  const at = { run: run.id, step: step.plan.id, attempt: step.attempt };
  const settled: IncidentFact = { type: 'step-settled', ...at, as, by, says: `${by.name} says: ${said}` };
  if (as !== 'stop' || stopping) return [settled];
  const reason = `nobody could tell whether "${step.plan.title}" happened`;
  return [settled, { type: 'run-stop-requested', run: run.id, by, reason }];
}

const SAID = {
  happened: 'it happened',
  'run-again': 'it did not happen, run it again',
  stop: 'stop here, without knowing whether it happened',
} as const;

/** Asks for a process that outlived the bot to be killed. */
export function killOrphan(state: IncidentState, { token, by, roles }: Of<'kill-orphan'>): Decision {
  const place = findUnknown(state, token, roles);
  if ('refusal' in place) return place;
  const { run, step } = place;
  if (!step.state.alive || step.state.killRequested) return refuse('no-longer-asked');
  return [{ type: 'orphan-kill-requested', run: run.id, step: step.plan.id, attempt: step.attempt, by }];
}

/** Retry, undo or stop, where a run is held for exactly this decision. */
export function continueRun(state: IncidentState, { token, choice, by, roles }: Of<'continue'>): Decision {
  const runs = state.status === 'none' ? [] : state.runs;
  const run = runs.find(({ progress }) => progress.status === 'held' && progress.token === token);
  if (run?.progress.status !== 'held') return refuse('not-held');
  if (!mayDecide(run, null, roles)) return refuse('not-in-role', `It needs ${orList(run.deciders)}.`);
  const { why } = run.progress;
  if (!choicesFor(run).includes(choice)) return refuse(choice === 'undo' ? 'nothing-to-undo' : 'already-denied');
  const continued: IncidentFact = { type: 'run-continued', run: run.id, choice, by };
  return choice === 'stop' ? [continued, { type: 'run-finished', run: run.id, outcome: STOPPED_AS[why] }] : [continued];
}

/** What a held run offers: a denial is final, and an undo is offered once and only where there is something to undo. */
export function choicesFor(run: Run): readonly ('retry' | 'undo' | 'stop')[] {
  if (run.progress.status !== 'held') return [];
  const retry = run.progress.why === 'denied' ? [] : (['retry'] as const);
  const undo = undoable(run).length > 0 ? (['undo'] as const) : [];
  return [...retry, ...undo, 'stop'];
}

const STOPPED_AS = {
  failed: 'failed',
  denied: 'denied',
  expired: 'expired',
  unverified: 'failed',
  'undo-failed': 'undo-failed',
} as const satisfies Record<HeldWhy, string>;

/** Stops a run: nothing new begins, and what acts at this moment is killed and becomes unknown. */
export function stopRun(state: IncidentState, { run: id, by, roles, reason }: Of<'stop-run'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  if (run.progress.status === 'finished') return refuse('run-finished');
  if (run.progress.status === 'stopping' && !run.progress.gently) return refuse('run-is-stopping');
  if (!mayDecide(run, by, roles)) return refuse('not-in-role', `It needs ${orList(run.deciders)}, or who started it.`);
  return [{ type: 'run-stop-requested', run: id, by, reason: reasonSaid(reason) }];
}

/** Who started a run may stop it; everything else is for the deciders. */
function mayDecide(run: Run, by: Actor | null, roles: readonly RoleId[]): boolean {
  const starter = by?.kind === 'person' && run.startedBy.kind === 'person' && run.startedBy.id === by.id;
  return starter || sharedRoles(roles, run.deciders).length > 0;
}

type Unknown = Place & { readonly step: { readonly state: Extract<RunStep['state'], { status: 'unknown' }> } };

function findUnknown(state: IncidentState, token: Of<'settle'>['token'], roles: readonly RoleId[]): Unknown | Refusal {
  const place = findByToken(state, token);
  if (!place) return refuse('already-settled');
  const { run, step } = place;
  if (run.progress.status === 'finished') return refuse('run-finished');
  const { state: unknown } = step;
  if (unknown.status !== 'unknown') return refuse('already-settled');
  const wanted = [...run.deciders, ...(step.plan.approve?.by ?? [])];
  if (sharedRoles(roles, wanted).length === 0) return refuse('not-in-role', `It needs ${orList([...new Set(wanted)])}.`);
  return { run, step: { ...step, state: unknown } };
}
