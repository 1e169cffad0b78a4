import { describe, expect, test } from 'vitest';
import type { RunId, StepId } from '../../../src/core/brand.ts';
import { bind } from '../../../src/core/incident/binding.ts';
import { decide } from '../../../src/core/incident/decide.ts';
import type { IncidentState, Run, RunStep } from '../../../src/core/incident/state.ts';
import { runOf, stepOf } from '../../../src/core/incident/state.ts';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import { reading, role } from './cast.ts';
import { step, targetOf, undoing } from './plans.ts';
import { approved, FLUSH, intend } from './scenes.ts';
import { RUN } from './stage.ts';

type Change = (run: Run) => Run;

/** The run with something different in the plan of its flush. */
function flushing(change: (plan: PlannedStep) => PlannedStep): Change {
  return (run) => withFlush(run, (each) => ({ ...each, plan: change(each.plan) }));
}

function withFlush(run: Run, change: (step: RunStep) => RunStep): Run {
  return { ...run, steps: run.steps.map((each) => (each.plan.id === FLUSH ? change(each) : each)) };
}

/** Everything that what was approved has its meaning from, each changed behind everybody's back. */
const CHANGES: Readonly<Record<string, Change>> = {
  'an argument of its command': flushing((plan) => ({
    ...plan,
    probe: { action: { kind: 'run', argv: ['tool', 'flush', 'everything'], exit: [0] } },
  })),
  'a parameter': (run) => ({ ...run, params: { ...run.params, ref: 'v2' } }),
  'another parameter': (run) => ({ ...run, params: { ...run.params, force: 'yes' } }),
  "the target's address": (run) => ({ ...run, target: { ...run.target, vars: { url: 'https://other.test' } } }),
  'where a secret comes from': (run) => ({ ...run, target: { ...run.target, secretSources: { token: { env: 'OTHER' } } } }),
  'the environment of its programs': (run) => ({ ...run, target: { ...run.target, env: { PATH: '/tmp' } } }),
  'another target': (run) => ({ ...run, target: targetOf({ name: 'staging' }) }),
  'how many have to approve': flushing((plan) => ({ ...plan, ...(plan.approve && { approve: { ...plan.approve, need: 2 } }) })),
  'who has to approve': flushing((plan) => ({
    ...plan,
    ...(plan.approve && { approve: { ...plan.approve, by: [role('product-owner')] } }),
  })),
  'how long it may take': (run) => ({ ...run, procedure: { ...run.procedure, steps: [step('flush', { timeoutMs: 1 })] } }),
  'its undo': (run) => ({ ...run, procedure: { ...run.procedure, steps: [step('flush', { undo: undoing('other') })] } }),
  'its attempt': (run) => withFlush(run, (each) => ({ ...each, attempt: 2 })),
};

describe('an approval is of exactly what was shown', () => {
  const stage = approved();
  const { run, flush } = found(stage.state());
  const intended = intend([reading('omar')]);

  test('nothing was changed: it is done', () => {
    expect(decide(stage.state(), intended, stage.now())).toMatchObject([{ type: 'step-intended', digest: digestOf(run, flush) }]);
  });

  test.each(Object.entries(CHANGES))('%s was changed meanwhile: nothing is done, and it is asked anew', (_, change) => {
    const state = replaced(stage.state(), change(run));
    expect(decide(state, intended, stage.now())).toMatchObject([{ type: 'approval-voided', reason: 'digest-changed' }]);
  });

  test('no run has the digest of another one, nor a step that of another step that does the same', () => {
    const other = { ...flush, plan: { ...flush.plan, id: 'wash' as StepId } };
    const digests = [digestOf(run, flush), digestOf({ ...run, id: 'r2' as RunId }, flush), digestOf(run, other)];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

function digestOf(run: Run, flush: RunStep): string {
  const bound = bind(run, flush);
  if ('mistake' in bound) throw new Error(bound.mistake);
  return bound.digest;
}

function replaced(state: IncidentState, run: Run): IncidentState {
  if (state.status === 'none') throw new Error('There is no incident.');
  return { ...state, runs: state.runs.map((each) => (each.id === run.id ? run : each)) };
}

function found(state: IncidentState): { run: Run; flush: RunStep } {
  const run = runOf(state, RUN);
  const flush = run && stepOf(run, FLUSH);
  if (!run || !flush) throw new Error('There is no flush.');
  return { run, flush };
}
