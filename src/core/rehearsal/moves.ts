import type { RoleId, StepId } from '../brand.ts';
import type { Acting, Command } from '../incident/command.ts';
import type { Person } from '../incident/event.ts';
import { choicesFor } from '../incident/decide-person.ts';
import { approvalEndsAt } from '../incident/state.ts';
import type { Approval, Run, RunStep, StepState } from '../incident/state.ts';
import { approversFor, holder } from './cast.ts';
import type { Choice } from './schema.ts';
import type { Script } from './script.ts';
import { EXECUTOR, RUN } from './stage.ts';
import type { Stage } from './stage.ts';
import { answerOf } from './world.ts';

const WORK_MS = 1000;
const UNKNOWN_CHOICES = ['happened', 'run-again', 'stop'] as const;

/** Ends what began first; parallel work is at work together, and ends one after the other. */
export function endOne(stage: Stage, script: Script): boolean {
  const run = stage.run();
  const step = run?.steps.filter(({ state }) => state.status === 'intended').toSorted((a, b) => begunAt(a) - begunAt(b))[0];
  if (!run || !step) return false;
  stage.wait(WORK_MS);
  const answer = answerOf(run, step, script);
  const at = { run: RUN, step: step.plan.id, attempt: step.attempt };
  if (answer.status === 'unknown') stage.accept({ kind: 'lose-step', ...at, reason: answer.reason, alive: false, token: stage.newToken() });
  else stage.accept({ kind: 'finish-step', ...at, executor: EXECUTOR, answer, durationMs: WORK_MS, output: null });
  return true;
}

/** Has one thing decided that waits for people. False where nothing waits, or nobody says anything. */
export function letPeopleAct(stage: Stage, script: Script): boolean {
  const run = stage.run();
  if (!run || run.progress.status === 'finished') return false;
  const before = stage.events.length;
  const clock = stage.now();
  for (const step of run.steps) {
    const { state } = step;
    if (state.status === 'awaiting-approval') decideApproval(stage, script, { run, step, state });
    else if (state.status === 'asking') answerQuestion(stage, script, { run, step, state });
    else if (state.status === 'unknown') settle(stage, script, { run, step, state });
    if (stage.events.length > before || stage.now() > clock) return true;
  }
  return goOn(stage, script, run);
}

type At<Status extends StepState['status']> = {
  readonly run: Run;
  readonly step: RunStep;
  readonly state: Extract<StepState, { status: Status }>;
};

function decideApproval(stage: Stage, script: Script, { run, step, state: { approval } }: At<'awaiting-approval'>): void {
  if (run.progress.status !== 'running') return;
  const { token } = approval;
  const requester = run.startedBy.kind === 'person' ? run.startedBy : null;
  stage.accept({ kind: 'show-approval', token });
  tryToCheat(stage, step.plan.id, approval, requester);
  const turn = script.turn(step.plan, step.attempt);
  const people = approversFor(approval, requester?.id ?? null);
  if (turn === 'expired') stage.until(approvalEndsAt({ ...approval, shownAt: stage.now() }) ?? stage.now());
  else if (turn === 'denied') stage.accept({ kind: 'deny', token, reason: 'it was to be denied here', ...people[0]! });
  else {
    for (const person of people) {
      mustWait(stage, step.plan.id);
      stage.accept({ kind: 'approve', token, ...person });
      stage.mustRefuse({ kind: 'approve', token, ...person }, `one person could approve ${step.plan.id} twice`);
    }
  }
}

/** Tries what must not count: who started the run approves, somebody without a role does, and the step begins all the same. */
function tryToCheat(stage: Stage, step: StepId, { token, by }: Approval, requester: Person | null): void {
  const own: Command | null = requester && { kind: 'approve', token, by: requester, roles: by };
  if (own) stage.mustRefuse(own, `who started the run could approve ${step}`);
  const { by: stranger } = holder('somebody' as RoleId);
  stage.mustRefuse({ kind: 'approve', token, by: stranger, roles: [] }, `somebody without a role could approve ${step}`);
  mustWait(stage, step);
}

function mustWait(stage: Stage, step: StepId): void {
  stage.mustRefuse({ kind: 'intend', run: RUN, step, executor: EXECUTOR, approvers: [] }, `${step} could begin before it was approved`);
}

function answerQuestion(stage: Stage, script: Script, { step, state }: At<'asking'>): void {
  const answer = script.turn(step.plan, step.attempt) === 'no' ? 'no' : 'yes';
  stage.accept({ kind: 'answer', token: state.token, answer, note: null, ...holder(state.role) });
}

function settle(stage: Stage, script: Script, { run, step, state }: At<'unknown'>): void {
  if (state.givenUp) return;
  const as = chosen(stage, script, step.plan.id, UNKNOWN_CHOICES);
  if (as === 'happened' || as === 'run-again' || as === 'stop') {
    stage.accept({ kind: 'settle', token: state.token, as, ...decider(run) });
  }
}

function goOn(stage: Stage, script: Script, run: Run): boolean {
  const { progress } = run;
  if (progress.status !== 'held') return false;
  const retry: Command = { kind: 'continue', token: progress.token, choice: 'retry', ...decider(run) };
  if (progress.why === 'denied') stage.mustRefuse(retry, `${progress.step} could be tried again after it was denied`);
  const choice = chosen(stage, script, progress.step, choicesFor(run));
  if (choice !== 'retry' && choice !== 'undo' && choice !== 'stop') return false;
  const before = stage.events.length;
  stage.accept({ kind: 'continue', token: progress.token, choice, ...decider(run) });
  return stage.events.length > before;
}

/** Decisions about an item are counted in what has happened, so that nothing has to be remembered. */
function chosen(stage: Stage, script: Script, about: StepId, offered: readonly Choice[]): Choice | null {
  let held: StepId | null = null;
  let decided = 0;
  for (const event of stage.events) {
    if (event.type === 'run-held') held = event.step;
    if (event.type === 'run-continued' && held === about) decided += 1;
    if (event.type === 'step-settled' && event.step === about && event.by.kind === 'person') decided += 1;
  }
  const choice = script.choice(about, decided + 1, offered);
  if (choice !== null && !offered.includes(choice)) {
    stage.slip(`"${choice}" is not offered at ${about}; offered: ${offered.join(', ')}`);
    return null;
  }
  return choice;
}

function decider(run: Run): Acting {
  return holder(run.deciders[0] ?? ('nobody' as RoleId));
}

function begunAt({ state }: RunStep): number {
  return state.status === 'intended' ? state.intent.at : 0;
}
