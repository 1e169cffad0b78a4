import type { IncidentId, Instant, RoleId, StepId } from '../brand.ts';
import type { Command } from '../incident/command.ts';
import { claimsOf } from '../claims.ts';
import { due } from '../incident/due.ts';
import type { Effect } from '../incident/due.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { Run } from '../incident/state.ts';
import { holder } from './cast.ts';
import { endOne, letPeopleAct } from './moves.ts';
import type { Script } from './script.ts';
import { createStage, EXECUTOR, RUN } from './stage.ts';
import type { Stage } from './stage.ts';
import { checkSays } from './world.ts';

/** What is started and by whom: a procedure, a target and parameters, pinned as for a real run. */
export type Casting = Omit<Extract<Command, { kind: 'start-run' }>, 'kind' | 'run' | 'by' | 'roles' | 'reason'> & {
  readonly startedBy: RoleId;
};

/** What happened in a scenario, and where its run stands at the end. */
export type Played = {
  readonly casting: Casting;
  readonly events: readonly IncidentEvent[];
  readonly run: Run;
  /** Claims that are still held at the end. */
  readonly claims: readonly string[];
  /** What the rules allowed that they must refuse, and refused that was due. */
  readonly slips: readonly string[];
};

const START = Date.UTC(2026, 0, 1) as Instant;
const MOST_ROUNDS = 2000;

/** Plays one run to its end by the real rules: what is due is done, the world answers by the script, and people decide by it. */
export function play(casting: Casting, script: Script): Played {
  const stage = createStage(START);
  const { startedBy, ...pinned } = casting;
  const starter = holder(startedBy);
  const { by } = starter;
  stage.accept({ kind: 'open-incident', incident: 'rehearsal' as IncidentId, title: pinned.procedure.title, by, drill: false, home: null });
  stage.accept({ kind: 'start-run', run: RUN, ...pinned, ...starter, reason: null });
  let rounds = 0;
  while (moves(stage, script) && rounds < MOST_ROUNDS) rounds += 1;
  if (rounds === MOST_ROUNDS) stage.slip(`there was no end in ${MOST_ROUNDS} rounds`);
  const run = stage.run();
  if (!run) throw new Error(`The rules did not start a run of ${pinned.procedure.id}.`);
  return { casting, events: stage.events, run, claims: heldAfter(stage.events), slips: stage.slips };
}

/** One round: all that is due begins, as in the engine; else what began first ends; else somebody decides. */
function moves(stage: Stage, script: Script): boolean {
  const before = stage.events.length;
  for (const effect of due(stage.state(), stage.now())) begin(stage, script, effect);
  return stage.events.length > before || endOne(stage, script) || letPeopleAct(stage, script);
}

/** What was due a moment ago and no longer is, is refused by the rules, here as in the engine. */
function begin(stage: Stage, script: Script, effect: Effect): void {
  switch (effect.do) {
    case 'ask':
    case 'request-approval':
      return stage.take({ kind: effect.do, run: RUN, step: effect.step, token: stage.newToken() });
    case 'expire-approval':
      return stage.take({ kind: effect.do, run: RUN, step: effect.step });
    case 'hold-or-finish':
      return stage.take({ kind: effect.do, run: RUN, token: stage.newToken() });
    case 'check':
      return check(stage, script, effect);
    case 'perform':
      return perform(stage, script, effect.step);
    case 'kill-orphan':
    case 'call-for-update':
    case 'mail-update':
    case 'write-report':
    case 'write-scorecard':
    case 'ask-checklist':
      return undefined;
    default:
      return effect satisfies never;
  }
}

/** As in the engine: what was approved is looked at once more before it begins. */
function perform(stage: Stage, script: Script, id: StepId): void {
  const { run, step } = stage.place(id);
  const isLate = step.state.status === 'approved' && step.plan.check;
  const checked = isLate ? { checked: { ...checkSays(run, step, script, 'before'), outputs: {} } } : {};
  stage.take({ kind: 'intend', run: RUN, step: id, executor: EXECUTOR, approvers: stage.readings(id), ...checked });
}

function check(stage: Stage, script: Script, { step: id, attempt, when }: Extract<Effect, { do: 'check' }>): void {
  const { run, step } = stage.place(id);
  const { done, says } = checkSays(run, step, script, when);
  const at = { run: RUN, step: id, attempt };
  if (when === 'before' || done === null) stage.take({ kind: 'note-check', ...at, done, says, outputs: {} });
  else stage.take({ kind: 'settle-by-check', ...at, as: done ? 'happened' : 'run-again', says });
}

function heldAfter(events: readonly IncidentEvent[]): readonly string[] {
  const held = new Map<string, string>();
  for (const event of events) {
    const { take = [], giveBack = [] } = claimsOf([event]);
    for (const { key, holder: by } of take) held.set(key, by);
    for (const [key, by] of held) if (giveBack.includes(by)) held.delete(key);
  }
  return [...held.keys()];
}
