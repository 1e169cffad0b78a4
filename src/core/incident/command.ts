import type { Digest, IncidentId, RoleId, RunId, StepId, TokenId } from '../brand.ts';
import type { KeyReading } from '../reading/key-reading.ts';
import type { StepAnswer, PersonReading } from '../ports.ts';
import type { Actor, Params, Person, PinnedProcedure, PinnedTarget, UnknownReason } from './event.ts';

/** What a step's own check says: done, not done, or (null) that it could not tell. */
export type CheckReading = { readonly done: boolean | null; readonly says: string; readonly outputs: Readonly<Record<string, string>> };

/** A person who passed the gate, with the roles that were read for this very act. */
export type Acting = { readonly by: Person; readonly roles: readonly RoleId[] };

/** What a person can do to a run or an incident; each arrives from a button, a form or a command. */
export type PersonAct =
  | ({ kind: 'approve'; token: TokenId } & Acting)
  | ({ kind: 'deny'; token: TokenId; reason: string } & Acting)
  | ({ kind: 'answer'; token: TokenId; answer: 'yes' | 'no'; note: string | null } & Acting)
  | ({ kind: 'settle'; token: TokenId; as: 'happened' | 'run-again' | 'stop' } & Acting)
  | ({ kind: 'kill-orphan'; token: TokenId } & Acting)
  | ({ kind: 'continue'; token: TokenId; choice: 'retry' | 'undo' | 'stop' } & Acting)
  | ({ kind: 'stop-run'; run: RunId; reason: string | null } & Acting)
  | ({ kind: 'close-incident'; reason: string | null; commanders: readonly RoleId[] } & Acting);

/** What the bot itself brings to the rules: timers, results, and what `due` said is owed. */
export type BotAct =
  | { kind: 'open-incident'; incident: IncidentId; title: string; by: Actor; drill: boolean; home: string | null }
  | { kind: 'link-channel'; channel: string; name: string; made: boolean }
  | {
      kind: 'start-run';
      run: RunId;
      procedure: PinnedProcedure;
      target: PinnedTarget;
      params: Params;
      by: Actor;
      roles: readonly RoleId[];
      mayStart: readonly RoleId[];
      deciders: readonly RoleId[];
      reason: string | null;
    }
  /** What the key metrics of a run were before its first step, or after its last. */
  | { kind: 'note-metrics'; run: RunId; when: 'before' | 'after'; readings: readonly KeyReading[] }
  | { kind: 'note-settings'; run: RunId; what: 'procedure' | 'target'; now: Digest | null }
  | { kind: 'request-approval'; run: RunId; step: StepId; token: TokenId }
  | { kind: 'show-approval'; token: TokenId }
  | { kind: 'expire-approval'; run: RunId; step: StepId }
  | { kind: 'ask'; run: RunId; step: StepId; token: TokenId }
  /** What the step's own check says before the step begins. */
  | ({ kind: 'note-check'; run: RunId; step: StepId; attempt: number } & CheckReading)
  | {
      kind: 'intend';
      run: RunId;
      step: StepId;
      executor: string;
      approvers: readonly PersonReading[];
      /** What its own check says now, where it was asked before the approval: people may have been busy since. */
      checked?: CheckReading;
    }
  | { kind: 'note-process'; run: RunId; step: StepId; attempt: number; pgid: number; processStartedAt: string }
  | {
      kind: 'finish-step';
      run: RunId;
      step: StepId;
      attempt: number;
      executor: string;
      answer: Exclude<StepAnswer, { status: 'unknown' }>;
      durationMs: number;
      output: { readonly digest: Digest; readonly bytes: number; readonly dropped: number } | null;
    }
  | { kind: 'lose-step'; run: RunId; step: StepId; attempt: number; reason: UnknownReason; alive: boolean; token: TokenId }
  | { kind: 'note-orphan-ended'; run: RunId; step: StepId; attempt: number }
  /** What the step's own check, or the class of its effect, says about an unknown attempt. */
  | { kind: 'settle-by-check'; run: RunId; step: StepId; attempt: number; as: 'happened' | 'run-again'; says: string }
  | { kind: 'hold-or-finish'; run: RunId; token: TokenId }
  | { kind: 'note-report'; file: string; digest: Digest };

export type Command = PersonAct | BotAct;
