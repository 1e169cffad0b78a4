import { describe, expect, test } from 'vitest';
import type { IncidentId, Instant, RunId, StepId } from '../../../src/core/brand.ts';
import { bind } from '../../../src/core/incident/binding.ts';
import type { IncidentFact, RunOutcome } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { releasesAfter } from '../../../src/core/incident/releases.ts';
import { stepOf } from '../../../src/core/incident/state.ts';
import type { IncidentState, Run } from '../../../src/core/incident/state.ts';
import type { PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import { person } from './cast.ts';
import { procedureOf, step, targetOf } from './plans.ts';

const RUN = 'r1' as RunId;
const RULE = { deployable: 'worker:api', version: '${steps.restore.commit}', insteadOf: '${steps.running.version}' };
const PLAN = [
  step('running', { effect: 'read' }),
  step('restore', { after: ['running'] }),
  step('deploy', { after: ['restore'], releases: RULE }),
];
const GIVEN = { running: { version: 'v2' }, restore: { commit: 'v1' } };

describe('a run that ends verified', () => {
  test('says what it deployed and what it came back from', () => {
    expect(changesAfter(PLAN, 'verified')).toEqual([
      {
        stream: 'component/production/worker:api',
        commands: [{ kind: 'note-rolled-back', run: RUN, version: 'v1', insteadOf: 'v2', reason: 'the cache is cold' }],
      },
    ]);
  });

  test('says nothing of a step that had nothing to do', () => {
    expect(changesAfter(PLAN, 'verified', 'already-done')).toEqual([]);
  });

  test('says nothing where the version has no value', () => {
    expect(changesAfter(PLAN, 'verified', 'ok', { running: { version: 'v2' }, restore: {} })).toEqual([]);
  });

  test('makes one change of all that it says about one deployable', () => {
    const again = step('again', { after: ['deploy'], releases: { deployable: 'worker:api', version: 'v3' } });
    const web = step('web', { after: ['again'], releases: { deployable: 'pages:web', version: 'v9' } });
    expect(changesAfter([...PLAN, again, web], 'verified').map(({ stream, commands }) => [stream, commands.length])).toEqual([
      ['component/production/worker:api', 2],
      ['component/production/pages:web', 1],
    ]);
  });
});

test.each<[RunOutcome, number]>([
  ['failed', 0],
  ['stopped', 0],
  ['nothing-to-do', 0],
])('a run that ends %s says nothing', (outcome, count) => {
  expect(changesAfter(PLAN, outcome)).toHaveLength(count);
});

test('a run that was undone lifts what it held', () => {
  expect(changesAfter(PLAN, 'undone')).toEqual([
    { stream: 'component/production/worker:api', commands: [{ kind: 'note-undone', run: RUN }] },
  ]);
});

test('the digest of a step covers its release, with the values filled in', () => {
  const digests = [
    digestOf(PLAN, GIVEN),
    digestOf(PLAN, { ...GIVEN, running: { version: 'v0' } }),
    digestOf(PLAN, { ...GIVEN, restore: { commit: 'v0' } }),
    digestOf([...PLAN.slice(0, 2), step('deploy', { after: ['restore'] })], GIVEN),
  ];
  expect(new Set(digests).size).toBe(4);
});

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

function changesAfter(plan: readonly PlannedStep[], outcome: RunOutcome, how: 'ok' | 'already-done' = 'ok', outputs: Outputs = GIVEN) {
  const end: IncidentFact = { type: 'run-finished', run: RUN, outcome };
  return releasesAfter(folded([...factsOf(plan, how, outputs), end]), [end]);
}

function digestOf(plan: readonly PlannedStep[], outputs: Outputs): string {
  const run = runOf(folded(factsOf(plan.slice(0, 3), 'ok', outputs, 2)));
  const bound = bind(run, stepOf(run, 'deploy' as StepId)!);
  return 'mistake' in bound ? bound.mistake : bound.digest;
}

function factsOf(plan: readonly PlannedStep[], how: 'ok' | 'already-done', outputs: Outputs, done = plan.length): readonly IncidentFact[] {
  const by = person('dana');
  return [
    { type: 'incident-opened', incident: 'i1' as IncidentId, title: 'Cache', by, drill: false, home: null },
    {
      type: 'run-started',
      run: RUN,
      procedure: procedureOf(plan),
      target: targetOf(),
      params: {},
      by,
      deciders: [],
      reason: 'the cache is cold',
    },
    ...plan.slice(0, done).map(({ id }): IncidentFact => ({
      type: 'step-finished',
      run: RUN,
      step: id,
      attempt: 1,
      executor: 'rules',
      outcome: how,
      says: 'done',
      outputs: outputs[id] ?? {},
      durationMs: 1,
    })),
  ];
}

function folded(facts: readonly IncidentFact[]): IncidentState {
  return facts.reduce((state, fact) => evolve(state, { ...fact, at: 1000 as Instant }), INITIAL);
}

function runOf(state: IncidentState): Run {
  if (state.status === 'none') throw new Error('There is no incident.');
  return state.runs[0]!;
}
