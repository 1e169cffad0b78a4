import { fc } from '@fast-check/vitest';
import type { Effect, PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import { NAMES } from './cast.ts';
import { question, reads, step, undoing } from './plans.ts';
import type { StepChange } from './plans.ts';

const EFFECTS: readonly Effect[] = ['read', 'idempotent', 'guarded', 'destructive', 'destructive'];
const CHECK: NonNullable<PlannedStep['check']> = { action: { kind: 'shell', script: 'is it so?', env: {}, exit: [0] } };

/** What a generated step is like; numbers pick among the steps before it. */
const stepShape = fc.record({
  effect: fc.constantFrom(...EFFECTS),
  after: fc.constantFrom('above', 'none', 'some' as const),
  some: fc.array(fc.nat(5), { maxLength: 2 }),
  check: fc.boolean(),
  undo: fc.boolean(),
  approve: fc.option(fc.record({ need: fc.integer({ min: 1, max: 2 }), wide: fc.boolean() }), { freq: 2, nil: null }),
  manual: fc.nat(9).map((n) => n === 0),
  refersTo: fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(5) }),
  skip: fc.nat(9).map((n) => n === 0),
});
type StepShape = typeof stepShape extends fc.Arbitrary<infer Shape> ? Shape : never;

/** Small procedures of every make: parallel, guarded, manual, with undo, with one or two approvals, with references. */
export const arbitrarySteps: fc.Arbitrary<readonly PlannedStep[]> = fc
  .record({
    preflight: fc.array(fc.boolean(), { maxLength: 2 }),
    steps: fc.array(stepShape, { minLength: 1, maxLength: 4 }),
    verify: fc.array(fc.boolean(), { minLength: 1, maxLength: 2 }),
  })
  .map(({ preflight, steps, verify }) => {
    const before = preflight.map((isQuestion, index) =>
      isQuestion ? question(`pre${index}`, 'preflight', 'lead-developer') : reads(`pre${index}`, 'preflight'),
    );
    const ids = steps.map((_, index) => `step${index}`);
    const middle = steps.map((shape, index) => shaped(shape, index, ids, before.map(idOf)));
    const after = verify.map((isQuestion, index) =>
      isQuestion ? question(`post${index}`, 'verify', 'product-owner', ids) : reads(`post${index}`, 'verify', ids),
    );
    return [...before, ...middle, ...after];
  });

function shaped(shape: StepShape, index: number, ids: readonly string[], preflight: readonly string[]): PlannedStep {
  const above = ids.slice(0, index);
  const own = { none: [], above: above.slice(-1), some: shape.some.flatMap((n) => above[n] ?? []) }[shape.after];
  const other = shape.refersTo === null ? undefined : ids[shape.refersTo];
  const argv = ['tool', ids[index]!, '${params.ref}', ...(other === undefined ? [] : [`\${steps.${other}.commit}`])];
  const manual: StepChange = {
    ask: 'devops-engineer',
    probe: { action: { kind: 'manual', instructions: 'Do it.', by: 'devops-engineer' } },
  };
  const automatic: StepChange = { probe: { action: { kind: 'run', argv, exit: [0] } } };
  const by = shape.approve?.wide ? ['devops-engineer', 'database-admin', 'product-owner', 'lead-developer'] : ['devops-engineer'];
  return step(ids[index]!, {
    effect: shape.manual ? 'destructive' : shape.effect,
    after: [...preflight, ...new Set(own)],
    ...(shape.manual ? manual : automatic),
    ...(shape.check && { check: CHECK }),
    ...(shape.undo && { undo: undoing(ids[index]!) }),
    ...(shape.approve && !shape.manual && { approve: { by, need: shape.approve.need } }),
    ...(shape.skip && { skip: 'not here' }),
  });
}

function idOf({ id }: PlannedStep): string {
  return id;
}

const pick = fc.nat(1000);
const who = fc.constantFrom(...NAMES);
/** Which attempt a mad command names: mostly the one that is on. */
const attempt = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(4) });
/** 0 is the smooth way; the others are mishaps, each in its own way. */
const how = fc.oneof({ weight: 14, arbitrary: fc.constant(0) }, { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) });

/** What may happen next. The numbers pick among what there is at that moment. */
const move = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant('owed'), pick, how }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('end'), pick, how }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('click'), pick, how, who, fits: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('crash'), alive: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('orphan-ends'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1, 1000, 14 * 60_000, 16 * 60_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('mad'), pick, how, attempt, who, kind: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(17)) }),
  },
);
export type Move = typeof move extends fc.Arbitrary<infer Each> ? Each : never;

/** A mad user and a crashing bot. */
export const arbitraryMoves: fc.Arbitrary<readonly Move[]> = fc.array(move, { minLength: 5, maxLength: 110, size: 'max' });
