import { describe, expect, test } from 'vitest';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import { generatedFor } from '../../../src/core/rehearsal/generated.ts';
import { play } from '../../../src/core/rehearsal/play.ts';
import { brokenPromises } from '../../../src/core/rehearsal/promises.ts';
import { question, reads, step, undoing } from '../incident/plans.ts';
import { castingOf } from './scene.ts';

const OPS = { by: ['devops-engineer'], need: 2 };
const idempotent = { effect: 'idempotent' } as const;
const action = { kind: 'manual', instructions: 'Turn the sign', by: 'devops-engineer' } as const;
const byHand = { ask: 'devops-engineer', probe: { action } } as const;
const version = { action: { kind: 'run', argv: ['version'], exit: [0] } } as const;

/** Procedures of other shapes than the usual list of steps. */
const PLANS: Readonly<Record<string, readonly PlannedStep[]>> = {
  'steps beside each other': [
    reads('ready', 'preflight'),
    question('calm', 'preflight', 'lead-developer'),
    step('a', { ...idempotent, undo: undoing('a'), after: ['ready', 'calm'] }),
    step('b', { ...idempotent, undo: undoing('b'), after: ['ready', 'calm'] }),
    step('c', { approve: OPS, undo: undoing('c'), after: ['ready', 'calm'] }),
    step('d', { effect: 'guarded', check: version, undo: undoing('d'), after: ['ready', 'calm', 'a', 'c'] }),
    reads('health', 'verify', ['a', 'b', 'c', 'd']),
    question('fine', 'verify', 'lead-developer', ['a', 'b', 'c', 'd']),
  ],
  'steps and undos by hand': [
    step('sign', { ...byHand, undo: { kind: 'action', title: 'Turn it back', action, effect: 'destructive', timeoutMs: 60_000 } }),
    step('doors', { ...byHand, after: ['sign'], undo: { kind: 'none', because: 'they close by themselves' } }),
    reads('health', 'verify', ['sign', 'doors']),
  ],
  'nothing but readings': [
    step('look', { effect: 'read' }),
    reads('health', 'verify', ['look']),
    question('fine', 'verify', 'lead-developer', ['look']),
  ],
  'a step that is left out between two others': [
    step('a', { ...idempotent, undo: undoing('a') }),
    step('b', { ...idempotent, skip: 'not here', undo: undoing('b'), after: ['a'] }),
    step('c', { approve: OPS, undo: undoing('c'), after: ['b'] }),
    reads('health', 'verify', ['a', 'b', 'c']),
  ],
};

describe.each(Object.entries(PLANS))('%s', (_shape, plan) => {
  test.each([...generatedFor(plan)])('$group: $about', ({ script, ends }) => {
    const played = play(castingOf(plan), script);
    expect(brokenPromises(played)).toEqual([]);
    expect(played.run.progress).toMatchObject({ status: 'finished', outcome: ends(played) });
  });
});
