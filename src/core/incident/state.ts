import type { Digest, IncidentId, Instant, RoleId, RunId, StepId, TokenId } from '../brand.ts';
import type { Json } from '../digest.ts';
import type { ResolvedAction } from '../procedure/action.ts';
import type { ChecklistAnswer } from '../drill/checklist.ts';
import type { Practice } from '../drill/practice.ts';
import type { KeyReadings } from '../reading/key-reading.ts';
import type { NotedFollowUp } from '../followup/note.ts';
import type { NotedPage } from '../page/note.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Criterion } from './criteria.ts';
import type {
  Actor,
  Params,
  Person,
  PinnedProcedure,
  PinnedTarget,
  RunOutcome,
  RunPages,
  StepOutcome,
  Trouble,
  UnknownReason,
  Wanted,
} from './event.ts';
import type { IncidentRecord } from './record.ts';

export type IncidentState =
  | { readonly status: 'none' }
  | (IncidentCore & { readonly status: 'open' })
  | (IncidentCore & {
      readonly status: 'closed';
      readonly closedAt: Instant;
      readonly closedBy: Person;
      readonly closeReason: string | null;
      readonly left: readonly string[];
      readonly criteria: readonly Criterion[];
    });

export type IncidentCore = {
  readonly incident: IncidentId;
  readonly title: string;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly drill: boolean;
  /** What the drill was set up with; null where it is none, or none of `rollbot.yml`'s. */
  readonly practice: Practice | null;
  /** The channel in which somebody asked for it. */
  readonly home: string | null;
  readonly channel: { readonly id: string; readonly name: string; readonly made: boolean } | null;
  readonly runs: readonly Run[];
  /** Who was paged because of it, oldest first. */
  readonly pages: readonly NotedPage[];
  /** What it leaves to be done, as far as it has been told; nothing where that was before incidents were told. */
  readonly followUps: readonly NotedFollowUp[];
  /** What went wrong on purpose, oldest first. */
  readonly troubles: readonly { readonly run: RunId; readonly step: StepId; readonly trouble: Trouble; readonly at: Instant }[];
  /** The button of the checklist, once it is asked for. */
  readonly checklistAsked: { readonly token: TokenId; readonly at: Instant } | null;
  readonly checklist: {
    readonly by: Person;
    readonly at: Instant;
    readonly answers: readonly ChecklistAnswer[];
    readonly note: string | null;
  } | null;
  readonly scorecard: { readonly file: string; readonly digest: Digest; readonly at: Instant } | null;
  readonly report: WrittenReport | null;
  /** Something of what it says was said after it was written, or it never was. */
  readonly reportOwed: boolean;
  readonly record: IncidentRecord;
  /** When what it is about began, where a rule has seen that. */
  readonly beganAt: Instant | null;
  readonly lastAt: Instant;
};

/** `edition` counts how often it was written. */
export type WrittenReport = { readonly file: string; readonly digest: Digest; readonly at: Instant; readonly edition: number };

export type Run = {
  readonly id: RunId;
  readonly procedure: PinnedProcedure;
  readonly target: PinnedTarget;
  readonly params: Params;
  readonly startedBy: Actor;
  readonly startedAt: Instant;
  readonly deciders: readonly RoleId[];
  readonly reason: string | null;
  /** In order of the plan; undo steps are appended when somebody chose *undo*. */
  readonly steps: readonly RunStep[];
  readonly progress: RunProgress;
  readonly settingsChanged: readonly ('procedure' | 'target')[];
  readonly metrics: KeyReadings;
  readonly pages: RunPages | null;
  /** A drill's run that ends for something in earnest. */
  readonly madeWay: { readonly by: Actor; readonly wanted: Wanted; readonly at: Instant } | null;
};

export type RunProgress =
  | { readonly status: 'running' }
  | { readonly status: 'held'; readonly step: StepId; readonly why: HeldWhy; readonly since: Instant; readonly token: TokenId }
  | { readonly status: 'undoing' }
  /** Where it is `gently`, what acts at this moment is let end. */
  | { readonly status: 'stopping'; readonly by: Actor; readonly since: Instant; readonly gently?: true }
  | { readonly status: 'finished'; readonly outcome: RunOutcome; readonly at: Instant };
export type HeldWhy = 'failed' | 'denied' | 'expired' | 'unverified' | 'undo-failed';

export type RunStep = {
  readonly plan: PlannedStep;
  readonly attempt: number;
  readonly state: StepState;
  /** When it first began to act; null where it never did, also where nothing had to be done. */
  readonly startedAt: Instant | null;
  readonly trail: readonly Attempt[];
};

/** An attempt that is over, kept for the report. */
export type Attempt = { readonly attempt: number; readonly at: Instant; readonly says: string };

export type StepState =
  | { readonly status: 'pending'; /** Its own check has said *not done*. */ readonly checked: boolean }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'awaiting-approval'; readonly approval: Approval }
  | { readonly status: 'approved'; readonly approval: Approval }
  | {
      readonly status: 'refused';
      readonly how: 'denied' | 'expired';
      readonly approval: Approval;
      readonly by: Person | null;
      readonly reason: string;
      readonly at: Instant;
    }
  | { readonly status: 'asking'; readonly role: RoleId; readonly token: TokenId; readonly since: Instant; readonly question: string }
  | { readonly status: 'intended'; readonly intent: Intent }
  | {
      readonly status: 'unknown';
      readonly intent: Intent;
      readonly reason: UnknownReason;
      readonly since: Instant;
      readonly alive: boolean;
      readonly killRequested: boolean;
      /** Its own check was asked and could not tell. */ readonly checked: boolean;
      /** A person said to stop without knowing; it stays unknown, and no longer keeps the run from ending. */ readonly givenUp: boolean;
      readonly token: TokenId;
    }
  | { readonly status: 'finished'; readonly result: Result };

export type Approval = {
  readonly token: TokenId;
  readonly attempt: number;
  readonly digest: Digest;
  readonly action: ResolvedAction;
  readonly by: readonly RoleId[];
  readonly need: number;
  readonly differentRoles?: boolean;
  readonly withinMs: number;
  readonly requestedAt: Instant;
  /** The clock of an approval starts when it was shown to somebody. */
  readonly shownAt: Instant | null;
  readonly given: readonly { readonly by: Person; readonly roles: readonly RoleId[]; readonly at: Instant }[];
  /** Somebody went on alone. */
  readonly override?: Override;
};

/** An approval that nobody gave but the one who went on. */
export type Override = {
  readonly by: Person;
  readonly roles: readonly RoleId[];
  readonly reason: string;
  readonly tells: RoleId;
  readonly at: Instant;
  readonly holdsMs: number;
};

export type Intent = {
  readonly attempt: number;
  readonly digest: Digest;
  readonly action: ResolvedAction;
  readonly executor: string;
  readonly at: Instant;
  readonly process: { readonly pgid: number; readonly startedAt: string } | null;
  readonly approval: Approval | null;
};

export type Result = {
  readonly outcome: StepOutcome;
  readonly says: string;
  readonly at: Instant;
  readonly by: Actor;
  readonly durationMs: number;
  readonly observed?: Json;
  readonly outputs: Readonly<Record<string, string>>;
  readonly output?: { readonly digest: Digest; readonly bytes: number; readonly dropped: number };
  readonly approval: Approval | null;
};

/** When an approval ends, or null while nobody has been shown it. */
export function approvalEndsAt(approval: Approval): Instant | null {
  return approval.shownAt === null ? null : ((approval.shownAt + approval.withinMs) as Instant);
}

/** Who stands for an approval: whoever overrode it, else all who gave it. */
export function standFor({ given, override }: Approval): readonly Person[] {
  return override ? [override.by] : given.map(({ by }) => by);
}

/** The run with this id, in whatever state the incident is. */
export function runOf(state: IncidentState, id: RunId): Run | undefined {
  return state.status === 'none' ? undefined : state.runs.find((run) => run.id === id);
}

/** When the first of its steps that could change anything began to act; null where none has. */
export function firstActedAt({ steps }: Run): Instant | null {
  const acted = steps.filter(({ plan }) => plan.phase !== 'preflight' && plan.effect !== 'read');
  const times = acted.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  return times.length === 0 ? null : (Math.min(...times) as Instant);
}

/** The item of a run with this id. */
export function stepOf(run: Run, id: StepId): RunStep | undefined {
  return run.steps.find((step) => step.plan.id === id);
}

/** Whether the scorecard of a drill has to be written: it never was, or the drill was opened again and closed after that. */
export function scorecardOwed(state: IncidentState): boolean {
  if (state.status !== 'closed' || !state.drill) return false;
  return state.scorecard === null || state.scorecard.at < state.closedAt;
}
