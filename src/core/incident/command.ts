import type { OverrideRule } from '../terminal/break-glass.ts';
import type { Digest, IncidentId, Instant, RoleId, RunId, StepId, StreamId, TokenId } from '../brand.ts';
import type { KeyReading, SampledMetric } from '../reading/key-reading.ts';
import type { ChecklistAnswer } from '../drill/checklist.ts';
import type { Practice } from '../drill/practice.ts';
import type { NotedFollowUp } from '../followup/note.ts';
import type { PageNote } from '../page/note.ts';
import type { StepAnswer, PersonReading } from '../ports.ts';
import type { Answers, Criterion } from './criteria.ts';
import type { Actor, Params, Person, PinnedFollowUp, PinnedProcedure, PinnedTarget, RunPages, UnknownReason, Wanted } from './event.ts';
import type { Audience, IncidentRole, MailStatus, NotedMessage, Severity, UpdatePlaces } from './record-event.ts';

/** What a step's own check says: done, not done, or (null) that it could not tell. */
export type CheckReading = { readonly done: boolean | null; readonly says: string; readonly outputs: Readonly<Record<string, string>> };

/** A person who passed the gate, with the roles that were read for this very act. */
export type Acting = { readonly by: Person; readonly roles: readonly RoleId[] };

/** Somebody who leads an incident, or wants to; `commanders` are the roles that may as configured now. */
export type Leading = Acting & { readonly commanders: readonly RoleId[] };

/** What a person can do to a run or an incident; each arrives from a button, a form or a command. */
export type PersonAct =
  | ({ kind: 'approve'; token: TokenId } & Acting)
  /** Goes on alone: the target's name as it was typed, and the way past approvals as `rollbot.yml` opens it. */
  | ({ kind: 'override'; token: TokenId; target: string; reason: string; rule: OverrideRule | null } & Acting)
  | ({ kind: 'deny'; token: TokenId; reason: string } & Acting)
  | ({ kind: 'answer'; token: TokenId; answer: 'yes' | 'no'; note: string | null } & Acting)
  | ({ kind: 'settle'; token: TokenId; as: 'happened' | 'run-again' | 'stop' } & Acting)
  | ({ kind: 'kill-orphan'; token: TokenId } & Acting)
  | ({ kind: 'continue'; token: TokenId; choice: 'retry' | 'undo' | 'stop' } & Acting)
  | ({ kind: 'stop-run'; run: RunId; reason: string | null } & Acting)
  | ({ kind: 'fill-checklist'; token: TokenId; answers: readonly ChecklistAnswer[]; note: string | null } & Acting)
  /** `answers` are about the criteria that nothing reads; the criteria themselves are read by whoever carries this out. */
  | ({
      kind: 'close-incident';
      reason: string | null;
      answers?: Answers;
      criteria?: readonly Criterion[];
      followUps?: readonly PinnedFollowUp[];
    } & Leading)
  | ({ kind: 'reopen-incident'; reason: string } & Leading)
  | ({ kind: 'add-note'; text: string; saidAt: Instant; message: NotedMessage | null } & Acting)
  | ({ kind: 'set-severity'; severity: Severity; token: TokenId } & Leading)
  | ({ kind: 'take-role'; role: IncidentRole } & Leading)
  | ({ kind: 'hand-over-role'; role: IncidentRole; to: PersonReading } & Leading)
  | ({ kind: 'send-update'; texts: Readonly<Record<Audience, string>>; to: Readonly<Record<Audience, UpdatePlaces>> } & Leading)
  | ({
      kind: 'write-up';
      rootCause: string | null;
      lessons: string | null;
      items: readonly { readonly title: string; readonly owner: string | null }[];
    } & Leading);

/** What became of a group of alerts. */
export type AlertsNow =
  | { readonly is: 'joined'; readonly source: string; readonly beganAt: Instant; readonly heardAt: Instant; readonly firing: number }
  | { readonly is: 'over' | 'returned' };

/** What the bot itself brings to the rules: timers, results, and what `due` said is owed. */
export type BotAct =
  | {
      kind: 'open-incident';
      incident: IncidentId;
      title: string;
      by: Actor;
      drill: boolean;
      home: string | null;
      beganAt?: Instant;
      roles?: readonly RoleId[];
      mayOpen?: readonly RoleId[];
      practice?: Practice;
    }
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
      pages?: RunPages;
    }
  /** What the key metrics of a run were before its first step, or after its last. */
  | { kind: 'note-metrics'; run: RunId; when: 'before' | 'after'; readings: readonly KeyReading[] }
  /** What they were all the while. */
  | { kind: 'note-samples'; run: RunId; metrics: readonly SampledMetric[] }
  | { kind: 'note-alerts'; stream: StreamId<'alert'>; title: string; now: AlertsNow }
  | { kind: 'call-for-update'; token: TokenId }
  | { kind: 'intend-mail'; number: number; audience: Audience }
  | { kind: 'note-mail'; number: number; audience: Audience; status: MailStatus; says: string }
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
  /** Somebody starts in earnest what the run of a drill keeps out. */
  | { kind: 'make-way'; run: RunId; by: Actor; wanted: Wanted }
  | { kind: 'note-report'; file: string; digest: Digest; template: number }
  | { kind: 'ask-checklist'; token: TokenId }
  | { kind: 'note-past-runs'; run: RunId; machineMs: readonly number[] }
  | { kind: 'note-scorecard'; file: string; digest: Digest }
  | { kind: 'note-page'; page: string; note: PageNote; since?: Instant }
  | { kind: 'note-follow-ups'; items: readonly NotedFollowUp[] };

export type Command = PersonAct | BotAct;
