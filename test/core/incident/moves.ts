import type { Digest, IncidentId, RoleId, RunId, StepId, TokenId } from '../../../src/core/brand.ts';
import type { Command, PersonAct } from '../../../src/core/incident/command.ts';
import type { Effect } from '../../../src/core/incident/due.ts';
import type { PersonReading, StepAnswer } from '../../../src/core/ports.ts';
import type { OverrideRule } from '../../../src/core/terminal/break-glass.ts';
import type { Move } from './arbitrary.ts';
import { acting, DECIDERS, NAMES, person, reading, rolesOf } from './cast.ts';
import type { Name } from './cast.ts';
import { at, placesWhere } from './places.ts';
import type { Place, Scene } from './places.ts';
import { startOf } from './stage.ts';

const MAILED = ['sent', 'sent', 'sent', 'sent', 'sent', 'again', 'unknown', 'failed'] as const;
const OUTPUTS = { commit: 'c0ffee' };

/** What the bot does about an effect; `how` 0 to 4 is the smooth way, the others are mishaps. */
export function fulfil(effect: Effect, how: number, scene: Scene): readonly Command[] {
  switch (effect.do) {
    case 'check': {
      const { run, step, attempt } = effect;
      const done = how < 5 ? false : how < 8 ? true : null;
      if (effect.when === 'before' || done === null)
        return [{ kind: 'note-check', run, step, attempt, done, says: 'checked', outputs: {} }];
      return [{ kind: 'settle-by-check', run, step, attempt, as: done ? 'happened' : 'run-again', says: 'checked' }];
    }
    case 'ask':
    case 'request-approval': {
      const token = scene.newToken();
      const { run, step } = effect;
      return [{ kind: effect.do, run, step, token }, ...(how < 8 ? [{ kind: 'show-approval', token } as const] : [])];
    }
    case 'expire-approval':
      return [{ kind: effect.do, run: effect.run, step: effect.step }];
    case 'perform': {
      const { run, step } = effect;
      const where = { run, step, attempt: attemptAt(scene, effect) };
      const approvers = effect.approvers.map((id) => readingOf(id, how));
      const checked = { done: how === 8 ? true : how === 7 ? null : false, says: 'checked again', outputs: {} };
      const intend = { kind: 'intend', run, step, executor: 'bot-1', approvers, checked } as const;
      return [intend, { kind: 'note-process', ...where, pgid: 7, processStartedAt: 'then' }];
    }
    case 'kill-orphan':
      return [{ kind: 'note-orphan-ended', run: effect.run, step: effect.step, attempt: attemptAt(scene, effect) }];
    case 'hold-or-finish':
      return [{ kind: effect.do, run: effect.run, token: scene.newToken() }];
    case 'write-report':
      return [{ kind: 'note-report', file: 'report.md', digest: 'd1' as Digest, template: 2 }];
    case 'mail-update':
      return [
        { kind: 'intend-mail', number: effect.number, audience: effect.audience },
        {
          kind: 'note-mail',
          number: effect.number,
          audience: effect.audience,
          status: MAILED[how % MAILED.length] ?? 'sent',
          says: 'taken',
        },
      ];
    case 'call-for-update':
      return [{ kind: effect.do, token: scene.newToken() }];
    case 'ask-checklist':
      return [{ kind: effect.do, token: scene.newToken() }];
    case 'write-scorecard':
      return [{ kind: 'note-scorecard', file: 'scorecard.md', digest: 'd2' as Digest }];
    default:
      return effect satisfies never;
  }
}

/** How a running attempt ends: well for the most part, and twice now and then. */
export function endingOf(place: Place, how: number, scene: Scene): readonly Command[] {
  if (how === 9) return [{ kind: 'lose-step', ...at(place), reason: 'timeout', alive: false, token: scene.newToken() }];
  const answer: Exclude<StepAnswer, { status: 'unknown' }> =
    how < 6
      ? { status: 'ok', says: 'done', outputs: OUTPUTS }
      : how < 8
        ? { status: 'failed', says: 'no' }
        : { status: 'already-done', says: 'was so', outputs: OUTPUTS };
  const finish = { kind: 'finish-step', ...at(place), executor: executorOf(place), answer, durationMs: 10, output: null } as const;
  return how === 5 ? [finish, finish] : [finish];
}

function executorOf({ step: { state } }: Place): string {
  return state.status === 'intended' ? state.intent.executor : 'bot-1';
}

export function crashOf(place: Place, alive: boolean, scene: Scene): Command {
  return { kind: 'lose-step', ...at(place), reason: 'crash', alive, token: scene.newToken() };
}

export function orphanEnd(place: Place): Command {
  return { kind: 'note-orphan-ended', ...at(place) };
}

/** A person presses a button: mostly one that is there and for them, now and then an old one, or one of another kind. */
export function clickOf(move: Extract<Move, { do: 'click' }>, { state, tokens }: Scene): readonly Command[] {
  const live = state.status === 'none' ? [] : [...placesWhere(state, () => true).flatMap(liveClicks), ...state.runs.flatMap(heldClicks)];
  const chosen = live[move.pick % live.length];
  if (chosen && move.how < 8) {
    const fitting = NAMES.filter((name) => rolesOf(name).some((role) => chosen.by.includes(role)));
    const name = move.fits ? (fitting[move.pick % fitting.length] ?? move.who) : move.who;
    return [{ ...chosen.acts[move.pick % chosen.acts.length]!, token: chosen.token, ...acting(name) } as PersonAct];
  }
  const any = tokens[move.pick % tokens.length] ?? ('t0' as TokenId);
  return [{ ...ACTS[move.pick % ACTS.length]!, token: any, ...acting(move.who) } as PersonAct];
}

type Act = { kind: string } & Record<string, unknown>;
const VOTES: readonly Act[] = [
  { kind: 'approve' },
  { kind: 'approve' },
  { kind: 'approve' },
  { kind: 'approve' },
  { kind: 'deny', reason: 'no' },
];
const ANSWERS: readonly Act[] = ['yes', 'yes', 'yes', 'no'].map((answer) => ({ kind: 'answer', answer, note: null }));
const SETTLES: readonly Act[] = [...['happened', 'run-again', 'stop'].map((as) => ({ kind: 'settle', as })), { kind: 'kill-orphan' }];
const CHOICES: readonly Act[] = ['retry', 'undo', 'retry', 'undo', 'stop'].map((choice) => ({ kind: 'continue', choice }));
/** Dana's role may go on alone, and mina's is told. */
const ALONE: OverrideRule = { roles: rolesOf('dana'), tells: 'database-admin' as RoleId, holdsMs: 300_000 };
const AS_IT_SHOULD = { kind: 'override', target: 'production', reason: 'it is three at night', rule: ALONE } as const;
const OVERRIDES: readonly Act[] = [
  AS_IT_SHOULD,
  AS_IT_SHOULD,
  AS_IT_SHOULD,
  { ...AS_IT_SHOULD, target: 'staging' },
  { ...AS_IT_SHOULD, reason: ' ' },
  { ...AS_IT_SHOULD, rule: null },
];
const ACTS: readonly Act[] = [...VOTES, ...ANSWERS, ...SETTLES, ...CHOICES, ...OVERRIDES];

type Button = { readonly token: TokenId; readonly acts: readonly Act[]; readonly by: readonly RoleId[] };

function liveClicks({ run, step: { state } }: Place): readonly Button[] {
  if (run.progress.status === 'finished') return [];
  if (state.status === 'awaiting-approval') {
    const { token, by } = state.approval;
    return [
      { token, acts: VOTES, by },
      { token, acts: VOTES, by },
      { token, acts: OVERRIDES, by: ALONE.roles },
    ];
  }
  if (state.status === 'asking') return [{ token: state.token, acts: ANSWERS, by: [state.role] }];
  return state.status === 'unknown' ? [{ token: state.token, acts: SETTLES, by: DECIDERS }] : [];
}

function heldClicks({ progress }: Place['run']): readonly Button[] {
  return progress.status === 'held' ? [{ token: progress.token, acts: CHOICES, by: DECIDERS }] : [];
}

/** A command that nobody should give here: any step, any attempt, any executor, any reading. */
export function madCommand(move: Extract<Move, { do: 'mad' }>, scene: Scene): Command {
  const { pick, how, who } = move;
  const busy = placesWhere(scene.state, ({ step: { state } }) => state.status === 'intended' || state.status === 'unknown');
  const steps = placesWhere(scene.state, ({ step: { plan } }) => plan.phase === 'step');
  const places = busy.length > 0 && pick % 2 === 0 ? busy : steps;
  const place = places[pick % places.length];
  const run = (how === 9 ? 'r9' : (place?.run.id ?? 'r1')) as RunId;
  const step = (how === 8 ? 'nowhere' : (place?.step.plan.id ?? 'step0')) as StepId;
  const token = scene.newToken();
  const where = { run, step, attempt: move.attempt ?? place?.step.attempt ?? 1 };
  const reason = how < 5 ? 'because' : null;
  const answer = { status: how < 5 ? 'ok' : 'already-done', says: 'surprise', outputs: {} } as const;
  const all: readonly Command[] = [
    { kind: 'intend', run, step, executor: 'bot-2', approvers: NAMES.map((name) => reading(name)) },
    { kind: 'finish-step', ...where, executor: how < 5 ? 'bot-1' : 'bot-2', answer, durationMs: 5, output: null },
    { kind: 'lose-step', ...where, reason: 'unclear', alive: how % 2 === 0, token },
    { kind: 'settle-by-check', ...where, as: how % 2 === 0 ? 'happened' : 'run-again', says: 'guess' },
    { kind: 'note-check', ...where, done: how % 2 === 0 ? true : null, says: 'guess', outputs: {} },
    { kind: 'note-process', ...where, pgid: 42, processStartedAt: 'then' },
    { kind: 'note-orphan-ended', ...where },
    { kind: 'request-approval', run, step, token },
    { kind: 'expire-approval', run, step },
    { kind: 'ask', run, step, token },
    { kind: 'hold-or-finish', run, token },
    { kind: 'note-settings', run, what: how < 5 ? 'procedure' : 'target', now: null },
    { kind: 'stop-run', run, reason, ...acting(who) },
    { kind: 'close-incident', reason, commanders: DECIDERS, ...acting(who) },
    { kind: 'open-incident', incident: 'i2' as IncidentId, title: 'again', by: person(who), drill: true, home: null },
    { kind: 'link-channel', channel: 'C1', name: 'inc', made: true },
    { kind: 'note-report', file: 'early.md', digest: 'd0' as Digest, template: 2 },
    startOf(place?.run.procedure.steps ?? [], (how < 5 ? 'r2' : 'r1') as RunId, who),
  ];
  return all[move.kind % all.length]!;
}

function readingOf(id: string, how: number): PersonReading {
  const name = NAMES.find((each) => person(each).id === id) as Name;
  if (how === 5) return { status: 'unreadable', why: 'Slack is down' };
  if (how === 6) return { status: 'refused', why: 'deactivated' };
  return how === 7 ? reading(name, []) : reading(name);
}

function attemptAt(scene: Scene, where: { run: RunId; step: StepId }): number {
  return placesWhere(scene.state, ({ run, step }) => run.id === where.run && step.plan.id === where.step)[0]?.step.attempt ?? 1;
}
