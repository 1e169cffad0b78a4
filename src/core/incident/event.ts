import type { Digest, IncidentId, Instant, PersonId, RoleId, RunId, StepId, TokenId } from '../brand.ts';
import type { ChecklistAnswer } from '../drill/checklist.ts';
import type { Practice } from '../drill/practice.ts';
import type { ToldText } from '../contact/schema.ts';
import type { Json } from '../digest.ts';
import type { ResolvedAction } from '../procedure/action.ts';
import type { NotedFollowUp } from '../followup/note.ts';
import type { PageNote } from '../page/note.ts';
import type { KeyReading, SampledMetric } from '../reading/key-reading.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { ApprovalEvent } from './approval-event.ts';
import type { Criterion } from './criteria.ts';
import { RECORD_EVENTS } from './record-event.ts';
import type { RecordEvent } from './record-event.ts';
import type { SecretSource } from '../secret-source.ts';

/** Who did something: a person with the name they had then, or the bot itself. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly id: PersonId;
      readonly name: string;
      /** Where it was done, if that was not in Slack. */
      readonly via?: 'terminal';
    }
  | { readonly kind: 'rollbot' };
export type Person = Extract<Actor, { kind: 'person' }>;

/** A procedure and a target exactly as they were when the run started; the run never looks at the files again. */
export type PinnedProcedure = {
  readonly id: string;
  readonly title: string;
  readonly component: string;
  readonly estimate?: string;
  readonly hash: Digest;
  readonly locks: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly followUps: readonly PinnedFollowUp[];
};
/** Something that has to be done afterwards; `dueMs` counts from the end of the run, or of the incident. */
export type PinnedFollowUp = {
  readonly title: string;
  readonly owner: RoleId;
  readonly dueMs: number;
  /** After a drill too. */
  readonly drills?: boolean;
};
export type PinnedTarget = {
  readonly name: string;
  readonly protected: boolean;
  readonly vars: Readonly<Record<string, string>>;
  /** The names of its secrets; their values are never pinned, only where they are found. */
  readonly secrets: readonly string[];
  readonly secretSources: Readonly<Record<string, SecretSource>>;
  readonly env: Readonly<Record<string, string | { readonly from: string }>>;
  /** Locks on what other targets have too. */
  readonly shared?: readonly string[];
  readonly hash: Digest;
};
/** Who is paged because of a run, as configured when it started: at its start, and for an approval that nobody gives. */
export type RunPages = {
  readonly told: readonly RoleId[];
  readonly approvalAfterMs: number;
  /** In which words each is told; in those of engineers where nothing is said. */
  readonly texts?: Readonly<Record<string, ToldText>>;
};
export type Params = Readonly<Record<string, string>>;

/** How an attempt at a step ended. `already-done`: nothing had to be done. */
export type StepOutcome = 'ok' | 'already-done' | 'failed';
export type UnknownReason = 'bot-stopped' | 'crash' | 'timeout' | 'connection-lost' | 'stopped-by-person' | 'unclear';
export type RunOutcome =
  | 'verified'
  | 'nothing-to-do'
  | 'preflight-failed'
  | 'denied'
  | 'expired'
  | 'failed'
  | 'undone'
  | 'undo-failed'
  | 'stopped';

/** What goes wrong in a drill on purpose. */
export type Trouble = { readonly kind: 'failing-step' } | { readonly kind: 'silent-approver'; readonly who: Person; readonly ms: number };

/** What somebody starts in earnest, or Rollbot by itself. */
export type Wanted = { readonly procedure: string; readonly target: string };

type RunEvent =
  | {
      type: 'run-started';
      run: RunId;
      procedure: PinnedProcedure;
      target: PinnedTarget;
      params: Params;
      by: Actor;
      /** Roles that may decide about this run when it is held or unknown, as configured at its start. */
      deciders: readonly RoleId[];
      reason: string | null;
      /** Left out where nobody is paged. */
      pages?: RunPages;
    }
  /** The key metrics of its target, before its first step and after its last. */
  | { type: 'metrics-read'; run: RunId; when: 'before' | 'after'; readings: readonly KeyReading[] }
  /** What they were from before its start until after its end, thinned out. */
  | { type: 'metrics-sampled'; run: RunId; metrics: readonly SampledMetric[] }
  | { type: 'settings-changed'; run: RunId; what: 'procedure' | 'target'; now: Digest | null }
  | ApprovalEvent
  /** The step's own check said that the effect has not happened yet. */
  | { type: 'step-checked'; run: RunId; step: StepId; attempt: number; says: string }
  | {
      type: 'step-intended';
      run: RunId;
      step: StepId;
      attempt: number;
      digest: Digest;
      action: ResolvedAction;
      executor: string;
    }
  | { type: 'step-process'; run: RunId; step: StepId; attempt: number; pgid: number; processStartedAt: string }
  | {
      type: 'step-finished';
      run: RunId;
      step: StepId;
      attempt: number;
      executor: string;
      outcome: StepOutcome;
      /** One sentence: what was observed, or why it failed. */
      says: string;
      observed?: Json;
      outputs: Readonly<Record<string, string>>;
      durationMs: number;
      output?: { readonly digest: Digest; readonly bytes: number; readonly dropped: number };
    }
  | { type: 'step-unknown'; run: RunId; step: StepId; attempt: number; reason: UnknownReason; alive: boolean; token: TokenId }
  | { type: 'orphan-ended'; run: RunId; step: StepId; attempt: number }
  | { type: 'orphan-kill-requested'; run: RunId; step: StepId; attempt: number; by: Person }
  /** What an unknown attempt turned out to be; by the bot where a check or the effect's class could tell. */
  | { type: 'step-settled'; run: RunId; step: StepId; attempt: number; as: 'happened' | 'run-again' | 'stop'; by: Actor; says: string }
  | { type: 'late-result'; run: RunId; step: StepId; attempt: number; outcome: StepOutcome; says: string }
  | { type: 'question-asked'; run: RunId; step: StepId; role: RoleId; token: TokenId; question: string }
  | { type: 'question-answered'; run: RunId; step: StepId; token: TokenId; answer: 'yes' | 'no'; by: Person; note: string | null }
  | { type: 'run-held'; run: RunId; step: StepId; why: 'failed' | 'denied' | 'expired' | 'unverified' | 'undo-failed'; token: TokenId }
  | { type: 'run-continued'; run: RunId; choice: 'retry' | 'undo' | 'stop'; by: Person }
  | { type: 'run-stop-requested'; run: RunId; by: Person; reason: string | null }
  /** A run of a drill ends because something in earnest wants what it holds: nothing new begins in it, and what acts may end. */
  | { type: 'run-made-way'; run: RunId; by: Actor; wanted: Wanted }
  | { type: 'run-finished'; run: RunId; outcome: RunOutcome };

type Body =
  | {
      type: 'incident-opened';
      incident: IncidentId;
      title: string;
      by: Actor;
      drill: boolean;
      home: string | null;
      /** When what it is about began, where a rule has seen that. */
      beganAt?: Instant;
      practice?: Practice;
    }
  | { type: 'channel-linked'; channel: string; name: string; made: boolean }
  | {
      type: 'incident-closed';
      by: Person;
      reason: string | null;
      left: readonly string[];
      /** What was looked at, where `rollbot.yml` names anything. */
      criteria?: readonly Criterion[];
      /** Those that every incident has, as configured then. */
      followUps?: readonly PinnedFollowUp[];
    }
  /** `template` says which one it was written by; the first one where it is left out. */
  | { type: 'report-written'; file: string; digest: Digest; template?: number }
  | RecordEvent
  /** What became of a page that is about this incident. */
  | {
      type: 'page-noted';
      page: string;
      note: PageNote;
      /** When it was, if that was before the page was about this incident. */
      since?: Instant;
    }
  /** What became of its follow-ups: all of them, as they are now. */
  | { type: 'follow-ups-noted'; items: readonly NotedFollowUp[] }
  /** What goes wrong in a drill on purpose: it says so for ever, so that nobody takes it for something that happened. */
  | { type: 'drill-trouble'; run: RunId; step: StepId; trouble: Trouble }
  /** From here on the leader of a drill can answer its checklist. */
  | { type: 'drill-checklist-asked'; token: TokenId }
  | { type: 'drill-checklist-filled'; by: Person; answers: readonly ChecklistAnswer[]; note: string | null }
  /** How long the last verified runs of the procedure took without waiting for people, for the scorecard. */
  | { type: 'past-runs-noted'; run: RunId; machineMs: readonly number[] }
  | { type: 'scorecard-written'; file: string; digest: Digest }
  | RunEvent;

/** Everything that can happen to an incident and the runs in it; `at` never goes back within a stream. */
export type IncidentEvent = Body & { readonly at: Instant };
/** An event before it has a time: what the rules say should happen. */
export type IncidentFact = Body;

const KNOWN: Readonly<Record<IncidentEvent['type'], true>> = {
  'incident-opened': true,
  'channel-linked': true,
  'incident-closed': true,
  'report-written': true,
  ...RECORD_EVENTS,
  'drill-trouble': true,
  'drill-checklist-asked': true,
  'drill-checklist-filled': true,
  'past-runs-noted': true,
  'scorecard-written': true,
  'page-noted': true,
  'follow-ups-noted': true,
  'run-started': true,
  'metrics-read': true,
  'metrics-sampled': true,
  'settings-changed': true,
  'approval-requested': true,
  'approval-shown': true,
  'approval-given': true,
  'approval-overridden': true,
  'approval-denied': true,
  'approval-expired': true,
  'approval-voided': true,
  'step-checked': true,
  'step-intended': true,
  'step-process': true,
  'step-finished': true,
  'step-unknown': true,
  'orphan-ended': true,
  'orphan-kill-requested': true,
  'step-settled': true,
  'late-result': true,
  'question-asked': true,
  'question-answered': true,
  'run-held': true,
  'run-continued': true,
  'run-stop-requested': true,
  'run-made-way': true,
  'run-finished': true,
};

/** Whether this version knows what to make of an event; a stream with one that it does not know is only read. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
