import type { IncidentId, Instant, RunId, StepId, TokenId } from '../../../src/core/brand.ts';
import type { Practice } from '../../../src/core/drill/practice.ts';
import type { Command, PersonAct } from '../../../src/core/incident/command.ts';
import { decide, isRefusal } from '../../../src/core/incident/decide.ts';
import { due } from '../../../src/core/incident/due.ts';
import type { Effect } from '../../../src/core/incident/due.ts';
import type { IncidentEvent, IncidentFact } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { Refusal } from '../../../src/core/incident/refusal.ts';
import { runOf, stepOf } from '../../../src/core/incident/state.ts';
import type { IncidentState, Run, RunStep } from '../../../src/core/incident/state.ts';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import type { StepAnswer } from '../../../src/core/ports.ts';
import { acting, DECIDERS, person, reading, role, rolesOf } from './cast.ts';
import type { Name } from './cast.ts';
import { procedureOf, targetOf } from './plans.ts';

export const RUN = 'r1' as RunId;
export const START = Date.UTC(2026, 2, 14, 9, 30) as Instant;

type ByToken = Extract<PersonAct, { token: TokenId }>;
/** What a person does by a button, without the button and the person. */
export type Click = ByToken extends infer Act ? (Act extends ByToken ? Omit<Act, 'token' | 'by' | 'roles'> : never) : never;
export type Ending = Exclude<StepAnswer, { status: 'unknown' }>;

const OK: Ending = { status: 'ok', says: 'done', outputs: {} };
export const FAILED: Ending = { status: 'failed', says: 'exit status 1' };

/** An incident on a table: every command is decided, folded, and the clock moves only by `wait`. */
export type Stage = ReturnType<typeof createStage>;

export function createStage(startedBy: Name | null = 'dana', practice?: Practice) {
  let state: IncidentState = INITIAL;
  let now = START;
  let tokens = 0;
  const events: IncidentEvent[] = [];

  function take(command: Command): readonly IncidentFact[] | Refusal {
    const decision = decide(state, command, now);
    if (isRefusal(decision)) return decision;
    for (const fact of decision) {
      const event: IncidentEvent = { ...fact, at: now };
      events.push(event);
      state = evolve(state, event);
    }
    return decision;
  }

  function accept(command: Command): readonly IncidentFact[] {
    const decision = take(command);
    if ('refusal' in decision) throw new Error(`${command.kind} was refused: ${decision.refusal}. ${decision.says}`);
    return decision;
  }

  const by = startedBy === null ? ({ kind: 'rollbot' } as const) : person(startedBy);
  const newToken = (): TokenId => `t${(tokens += 1)}` as TokenId;
  const stepAt = (id: string): RunStep => found(stepOf(runAt(), id as StepId), id);
  const runAt = (id: RunId = RUN): Run => found(runOf(state, id), id);

  return {
    events: events as readonly IncidentEvent[],
    state: () => state,
    now: () => now,
    run: runAt,
    step: stepAt,
    take,
    accept,
    newToken,
    wait: (ms: number): Instant => (now = (now + ms) as Instant),
    /** The name of the refusal; fails where the rules allow it. */
    refused(command: Command): Refusal['refusal'] {
      const decision = take(command);
      if ('refusal' in decision) return decision.refusal;
      throw new Error(`${command.kind} was allowed: ${JSON.stringify(decision)}`);
    },
    open: () =>
      accept({
        kind: 'open-incident',
        incident: 'i1' as IncidentId,
        title: 'Cache is cold',
        by,
        drill: practice !== undefined,
        home: 'C0OPS',
        ...(practice && { practice }),
      }),
    start: (steps: readonly PlannedStep[], run: RunId = RUN) => accept(startOf(steps, run, startedBy)),
    owed: (): readonly Effect[] => due(state, now),
    /** The button of a step or, without one, of the run's decision. */
    tokenOf: (id: string): TokenId => buttonOf(stepAt(id)),
    heldToken(): TokenId {
      const { progress } = runAt();
      if (progress.status !== 'held') throw new Error(`the run is ${progress.status}`);
      return progress.token;
    },
    click: (who: Name, token: TokenId, click: Click): PersonAct => ({ ...click, token, ...acting(who) }),
  };
}

/** The command that starts a run of these steps. */
export function startOf(steps: readonly PlannedStep[], run: RunId, startedBy: Name | null): Extract<Command, { kind: 'start-run' }> {
  const by = startedBy === null ? ({ kind: 'rollbot' } as const) : person(startedBy);
  const roles = startedBy === null ? [] : rolesOf(startedBy);
  const mayStart = [role('lead-developer'), role('devops-engineer')];
  const pinned = { procedure: procedureOf(steps), target: targetOf(), params: { ref: 'v1' } };
  return { kind: 'start-run', run, ...pinned, by, roles, mayStart, deciders: DECIDERS, reason: null };
}

/** What a check says that finds something to do. */
export const NOT_DONE = { done: false, says: 'there is something to do', outputs: {} } as const;

/** Lets a step act: the intent is committed, with the approvers as Slack has them now. */
export function begin(stage: Stage, id: string, executor = 'bot-1'): readonly IncidentFact[] {
  const { state } = stage.step(id);
  const approvers = state.status === 'approved' ? state.approval.given.map((each) => reading(each.by.name as Name)) : [];
  return stage.accept({ kind: 'intend', run: RUN, step: id as StepId, executor, approvers, checked: NOT_DONE });
}

/** Reports how the running attempt at a step ended. */
export function end(stage: Stage, id: string, answer: Ending = OK, executor = 'bot-1'): readonly IncidentFact[] {
  const { attempt } = stage.step(id);
  return stage.accept({ kind: 'finish-step', run: RUN, step: id as StepId, attempt, executor, answer, durationMs: 1500, output: null });
}

/** Begins steps and ends them well, one after the other. */
export function perform(stage: Stage, ...ids: readonly string[]): void {
  for (const id of ids) {
    begin(stage, id);
    end(stage, id);
  }
}

/** Loses the running attempt at a step. */
export function lose(stage: Stage, id: string, { reason = 'crash', alive = false }: Loss = {}): readonly IncidentFact[] {
  const { attempt } = stage.step(id);
  return stage.accept({ kind: 'lose-step', run: RUN, step: id as StepId, attempt, reason, alive, token: stage.newToken() });
}

type Loss = { readonly reason?: Extract<Command, { kind: 'lose-step' }>['reason']; readonly alive?: boolean };

/** Asks for a step's approval, shows it, and has these people give it. */
export function approve(stage: Stage, id: string, ...names: readonly Name[]): TokenId {
  const token = stage.newToken();
  stage.accept({ kind: 'request-approval', run: RUN, step: id as StepId, token });
  stage.accept({ kind: 'show-approval', token });
  for (const name of names) stage.accept({ kind: 'approve', token, ...acting(name) });
  return token;
}

/** Holds or finishes the run, as its items say. */
export function conclude(stage: Stage): readonly IncidentFact[] {
  return stage.accept({ kind: 'hold-or-finish', run: RUN, token: stage.newToken() });
}

function buttonOf({ plan, state }: RunStep): TokenId {
  if (state.status === 'asking' || state.status === 'unknown') return state.token;
  if (state.status === 'awaiting-approval' || state.status === 'approved' || state.status === 'refused') return state.approval.token;
  throw new Error(`${plan.id} is ${state.status} and has no button`);
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`there is no ${name}`);
  return thing;
}
