import type { StepId } from '../../../src/core/brand.ts';
import { digestOf } from '../../../src/core/digest.ts';
import type { PinnedProcedure, PinnedTarget } from '../../../src/core/incident/event.ts';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import { role } from './cast.ts';

/** What a test says about a step; ids and roles are plain texts here. */
export type StepChange = Partial<Omit<PlannedStep, 'id' | 'after' | 'approve' | 'ask'>> & {
  readonly after?: readonly string[];
  readonly approve?: {
    readonly by: readonly string[];
    readonly need?: number;
    readonly differentRoles?: boolean;
    readonly withinMs?: number;
  };
  readonly ask?: string;
};

export const QUARTER_HOUR_MS = 15 * 60_000;

/** A destructive step that runs one program, unless the test says otherwise. */
export function step(id: string, { after = [], approve, ask, ...change }: StepChange = {}): PlannedStep {
  return {
    id: id as StepId,
    phase: 'step',
    title: `Do ${id}`,
    effect: 'destructive',
    probe: { action: { kind: 'run', argv: ['tool', id], exit: [0] } },
    timeoutMs: 60_000,
    outputs: {},
    after: after as readonly StepId[],
    ...(approve && { approve: { need: 1, withinMs: QUARTER_HOUR_MS, ...approve, by: approve.by.map(role) } }),
    ...(ask !== undefined && { ask: role(ask) }),
    ...change,
  };
}

/** A reading before or after the steps. */
export function reads(id: string, phase: 'preflight' | 'verify', after: readonly string[] = []): PlannedStep {
  const action = { kind: 'http', method: 'GET', url: `https://example.test/${id}`, headers: {} } as const;
  return step(id, { phase, effect: 'read', title: `Read ${id}`, probe: { action }, after });
}

/** A question to the holders of a role. */
export function question(id: string, phase: 'preflight' | 'verify', ask: string, after: readonly string[] = []): PlannedStep {
  const probe = { action: { kind: 'manual', instructions: `Is ${id} so?`, by: ask } } as const;
  return step(id, { phase, effect: 'read', title: `Is ${id} so?`, probe, ask, after });
}

/** An undo that runs one program. */
export function undoing(id: string): NonNullable<PlannedStep['undo']> {
  const action = { kind: 'run', argv: ['tool', 'undo', id], exit: [0] } as const;
  return { kind: 'action', title: `Undo ${id}`, action, effect: 'destructive', timeoutMs: 60_000 };
}

export function procedureOf(steps: readonly PlannedStep[], change: Partial<PinnedProcedure> = {}): PinnedProcedure {
  const component = 'Cache Layer';
  return {
    id: 'cache',
    title: 'Cache rollback',
    component,
    hash: digestOf('cache.yml'),
    locks: ['worker:api'],
    steps,
    followUps: [],
    ...change,
  };
}

export function targetOf(change: Partial<PinnedTarget> = {}): PinnedTarget {
  const vars = { url: 'https://example.test' };
  return {
    name: 'production',
    protected: true,
    vars,
    secrets: ['token'],
    secretSources: {},
    env: {},
    hash: digestOf('production'),
    ...change,
  };
}
