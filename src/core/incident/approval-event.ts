import type { Digest, RoleId, RunId, StepId, TokenId } from '../brand.ts';
import type { ResolvedAction } from '../procedure/action.ts';
import type { Person } from './event.ts';

/** Why an approval no longer counts: what would run is not what was approved, or who approved may no longer, or it ended before the step could begin. */
export type VoidReason = 'digest-changed' | 'approver-lost-role' | 'ended-before-effect' | 'override-expired';

/** What happens to an approval that a step waits for. */
export type ApprovalEvent =
  | {
      type: 'approval-requested';
      run: RunId;
      step: StepId;
      attempt: number;
      token: TokenId;
      digest: Digest;
      action: ResolvedAction;
      by: readonly RoleId[];
      need: number;
      differentRoles?: boolean;
      withinMs: number;
    }
  | { type: 'approval-shown'; run: RunId; step: StepId; token: TokenId }
  | { type: 'approval-given'; run: RunId; step: StepId; token: TokenId; digest: Digest; by: Person; roles: readonly RoleId[] }
  /** Somebody went on alone, past the people who were asked: `tells` is the role that has to look at it. */
  | {
      type: 'approval-overridden';
      run: RunId;
      step: StepId;
      token: TokenId;
      digest: Digest;
      by: Person;
      /** Those by which they may. */
      roles: readonly RoleId[];
      reason: string;
      tells: RoleId;
      /** For how long it counts, in milliseconds. */
      holdsMs: number;
    }
  | { type: 'approval-denied'; run: RunId; step: StepId; token: TokenId; by: Person; reason: string }
  | { type: 'approval-expired'; run: RunId; step: StepId; token: TokenId }
  | { type: 'approval-voided'; run: RunId; step: StepId; token: TokenId; reason: VoidReason };
