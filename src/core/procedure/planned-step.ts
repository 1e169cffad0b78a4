import type { RoleId, StepId } from '../brand.ts';
import type { Action, OutputRule, Probe } from './action.ts';

export type Phase = 'preflight' | 'step' | 'verify' | 'undo';

/**
 * What an action can break, and so what may happen when nobody knows whether it happened: `read` and `idempotent` run
 * again by themselves, `guarded` asks its check, `destructive` asks a person.
 */
export type Effect = 'read' | 'idempotent' | 'guarded' | 'destructive';

export type ApprovalRule = {
  readonly by: readonly RoleId[];
  readonly need: number;
  readonly differentRoles?: boolean;
  readonly withinMs: number;
};

/** One item of a run, whatever its phase: they all live the same life. */
export type PlannedStep = {
  readonly id: StepId;
  readonly phase: Phase;
  readonly title: string;
  readonly effect: Effect;
  readonly probe: Probe;
  readonly timeoutMs: number;
  /** Items that have to be finished before this one; every `step` also waits for all preflight checks, every check of `verify` for all steps. */
  readonly after: readonly StepId[];
  /** Tells whether the effect has already happened: asked before acting, and for `guarded` after a crash. */
  readonly check?: Probe;
  readonly undo?: UndoRule;
  readonly approve?: ApprovalRule;
  readonly because?: string;
  readonly outputs: Readonly<Record<string, OutputRule>>;
  /** Which release it brings about, for the registry of releases. */
  readonly releases?: ReleaseRule;
  /** Set where a person answers instead of a probe. */
  readonly ask?: RoleId;
  /** The parameter values for which this item is meant; it is always meant where this is left out. */
  readonly when?: Readonly<Record<string, string>>;
  /** Why this item is left out of this run (its `when` does not match the parameters). */
  readonly skip?: string;
};

/** What is deployed by a step, and instead of what; texts with references. */
export type ReleaseRule = { readonly deployable: string; readonly version: string; readonly insteadOf?: string };

export type UndoRule =
  | {
      readonly kind: 'action';
      readonly title: string;
      readonly action: Action;
      readonly effect: Effect;
      readonly timeoutMs: number;
      readonly check?: Probe;
    }
  | { readonly kind: 'none'; readonly because: string };
