import type { IncidentId, RunId, StepId, TokenId } from '../../../src/core/brand.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import type { RefusalName } from '../../../src/core/incident/refusal.ts';
import { acting, DECIDERS, person, reading } from './cast.ts';
import type { Name } from './cast.ts';
import { question, QUARTER_HOUR_MS, reads, step, undoing } from './plans.ts';
import { approve, begin, conclude, createStage, end, FAILED, lose, perform, RUN } from './stage.ts';
import type { Click, Stage } from './stage.ts';

/** Who may approve in these scenes. */
export const OPS = { by: ['devops-engineer'] };
export const flush = step('flush', { approve: OPS });
export const FLUSH = 'flush' as StepId;

/** A run that has come to where its flush waits for an approval. */
export function asked(rule: { by: string[]; need?: number; differentRoles?: boolean } = OPS): { stage: Stage; token: TokenId } {
  const stage = createStage();
  stage.open();
  stage.start([step('flush', { approve: rule }), reads('health', 'verify', ['flush'])]);
  return { stage, token: approve(stage, 'flush') };
}

/** A run of one flush without an approval that has come to `how`. */
export function one(...how: readonly ((stage: Stage) => unknown)[]): Stage {
  const stage = createStage();
  stage.open();
  stage.start([step('flush', { undo: undoing('flush') }), reads('health', 'verify', ['flush'])]);
  for (const happen of how) happen(stage);
  return stage;
}

export const begun = (stage: Stage): unknown => begin(stage, 'flush');
export const lost = (stage: Stage): unknown => lose(stage, 'flush');
export const alive = (stage: Stage): unknown => lose(stage, 'flush', { alive: true });
export const failed = (stage: Stage): unknown => end(stage, 'flush', FAILED);
export const done = (stage: Stage): unknown => end(stage, 'flush');
export const stopped = (stage: Stage): unknown => stage.accept({ kind: 'stop-run', run: RUN, reason: null, ...acting('omar') });
export const concluded = (stage: Stage): unknown => conclude(stage);

export type Row = readonly [name: RefusalName, when: string, scene: () => readonly [Stage, Command]];

export function click(scene: () => { stage: Stage; token: TokenId }, who: Name, act: Click, ...before: readonly [Name, Click][]): Row[2] {
  return () => {
    const { stage, token } = scene();
    for (const [name, first] of before) stage.accept(stage.click(name, token, first));
    return [stage, stage.click(who, token, act)];
  };
}
export const onFlush = (stage: Stage): { stage: Stage; token: TokenId } => ({ stage, token: stage.tokenOf('flush') });
export const onHeld = (stage: Stage): { stage: Stage; token: TokenId } => ({ stage, token: stage.heldToken() });
export const YES = { kind: 'approve' } as const;
export const NO = { kind: 'deny', reason: 'the cache is cold enough' } as const;
export const HAPPENED = { kind: 'settle', as: 'happened' } as const;
export const GIVE_UP = { kind: 'settle', as: 'stop' } as const;
export const AGAIN = { kind: 'settle', as: 'run-again' } as const;
export const UNDO = { kind: 'continue', choice: 'undo' } as const;
export const RETRY = { kind: 'continue', choice: 'retry' } as const;
export const close = (who: Name, reason: string | null): Command => ({
  kind: 'close-incident',
  reason,
  commanders: DECIDERS,
  ...acting(who),
});
export const intend = (who: readonly ReturnType<typeof reading>[] = []): Command => ({
  kind: 'intend',
  run: RUN,
  step: FLUSH,
  executor: 'bot-1',
  approvers: who,
});

export function denied(): { stage: Stage; token: TokenId } {
  const { stage, token } = asked();
  stage.accept(stage.click('omar', token, NO));
  return { stage, token };
}

export function late(): { stage: Stage; token: TokenId } {
  const { stage, token } = asked();
  stage.wait(QUARTER_HOUR_MS);
  return { stage, token };
}

export function deniedAfterAnEffect(): { stage: Stage; token: TokenId } {
  const stage = createStage();
  stage.open();
  stage.start([step('stop'), step('flush', { approve: OPS, after: ['stop'] })]);
  perform(stage, 'stop');
  stage.accept(stage.click('omar', approve(stage, 'flush'), NO));
  conclude(stage);
  return onHeld(stage);
}

export function questioned(): { stage: Stage; token: TokenId } {
  const stage = createStage();
  stage.open();
  stage.start([question('quiet', 'preflight', 'devops-engineer'), step('flush', { after: ['quiet'] })]);
  const token = stage.newToken();
  stage.accept({ kind: 'ask', run: RUN, step: 'quiet' as StepId, token });
  return { stage, token };
}

export const ANSWER = { kind: 'answer', answer: 'yes', note: null } as const;

export function stoppingWhileAsked(): { stage: Stage; token: TokenId } {
  const stage = createStage();
  stage.open();
  stage.start([step('warm'), step('flush', { approve: OPS })]);
  const token = approve(stage, 'flush');
  begin(stage, 'warm');
  stopped(stage);
  return { stage, token };
}

export function stoppedWhileAsked(): { stage: Stage; token: TokenId } {
  const scene = asked();
  stopped(scene.stage);
  conclude(scene.stage);
  return scene;
}

export function after({ stage, token }: { stage: Stage; token: TokenId }, command: (token: TokenId) => Command): readonly [Stage, Command] {
  return [stage, command(token)];
}

export function approved(): Stage {
  const { stage, token } = asked();
  stage.accept(stage.click('omar', token, YES));
  return stage;
}

export function unseen(): Stage {
  const stage = createStage();
  stage.open();
  stage.start([flush]);
  stage.accept({ kind: 'request-approval', run: RUN, step: FLUSH, token: stage.newToken() });
  stage.wait(24 * 3_600_000);
  return stage;
}

export function closed(): Stage {
  const stage = one(stopped, concluded);
  stage.accept(close('omar', 'it was a false alarm'));
  return stage;
}

export function at(): { run: RunId; step: StepId; attempt: number } {
  return { run: RUN, step: FLUSH, attempt: 1 };
}

export function opening(): Command {
  return { kind: 'open-incident', incident: 'i2' as IncidentId, title: 'Again', by: person('omar'), drill: false, home: null };
}
