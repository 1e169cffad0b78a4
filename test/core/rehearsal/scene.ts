import type { Digest, RoleId } from '../../../src/core/brand.ts';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import type { Casting } from '../../../src/core/rehearsal/play.ts';
import { DECIDERS } from '../incident/cast.ts';
import { procedureOf, reads, step, targetOf, undoing } from '../incident/plans.ts';

const OPS = { by: ['devops-engineer', 'lead-developer'] };

/** A small procedure with everything in it: a check, two steps that can be taken back, one that can't and is approved, and a verification. */
export const PLAN: readonly PlannedStep[] = [
  reads('ready', 'preflight'),
  step('pause', { effect: 'idempotent', undo: undoing('pause'), after: ['ready'] }),
  step('flush', { approve: OPS, undo: { kind: 'none', because: 'it fills again' }, after: ['ready', 'pause'] }),
  step('deploy', {
    effect: 'guarded',
    check: { action: { kind: 'run', argv: ['version'], exit: [0] } },
    undo: undoing('deploy'),
    after: ['ready', 'flush'],
  }),
  reads('health', 'verify', ['pause', 'flush', 'deploy']),
];

/** A run of these steps that a lead developer starts on a protected target. */
export function castingOf(steps: readonly PlannedStep[] = PLAN): Casting {
  return {
    procedure: procedureOf(steps, { hash: 'procedure' as Digest }),
    target: targetOf(),
    params: { ref: 'v1' },
    mayStart: DECIDERS,
    deciders: DECIDERS,
    startedBy: 'lead-developer' as RoleId,
  };
}
