import { expect, test } from 'vitest';
import type { IncidentId, Instant, RoleId, RunId, StepId } from '../../../src/core/brand.ts';
import type { IncidentFact } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { followUpsAfter } from '../../../src/core/incident/follow-ups.ts';
import { person } from './cast.ts';
import { procedureOf, step, targetOf } from './plans.ts';
import { digestOf } from '../../../src/core/digest.ts';

const RUN = 'r1' as RunId;
const CAUSE = { title: 'Find the root cause', owner: 'lead-developer' as RoleId, dueMs: 1000 };
const MEETING = { title: 'Hold the post-mortem', owner: 'product-owner' as RoleId, dueMs: 2000 };
const by = person('dana');
const OPENED: IncidentFact = {
  type: 'incident-opened',
  incident: 'i1' as IncidentId,
  title: 'The cache is cold',
  by,
  drill: false,
  home: null,
};
const STARTED: IncidentFact = {
  type: 'run-started',
  run: RUN,
  procedure: { ...procedureOf([step('flush', { effect: 'destructive' })]), followUps: [CAUSE] },
  target: targetOf(),
  params: {},
  by,
  deciders: [],
  reason: null,
};
const INTENDED: IncidentFact = {
  type: 'step-intended',
  run: RUN,
  step: 'flush' as StepId,
  attempt: 1,
  digest: digestOf('flush'),
  action: { kind: 'manual', instructions: 'flush' } as never,
  executor: 'e1',
};
const FINISHED: IncidentFact = { type: 'run-finished', run: RUN, outcome: 'stopped' };
const CLOSED: IncidentFact = { type: 'incident-closed', by, reason: 'over', left: [], followUps: [MEETING] };

function after(...facts: readonly IncidentFact[]): readonly unknown[] {
  const state = facts.reduce((before, fact) => evolve(before, { ...fact, at: 0 as Instant }), INITIAL);
  return followUpsAfter(state, facts.slice(-1)).flatMap(({ stream, commands }) => [stream, ...commands]);
}

test('a run that may have changed something leaves what its procedure asks for', () => {
  const open = { kind: 'open', incident: 'i1', title: 'The cache is cold', drill: false, wanted: [{ ...CAUSE, from: 'cache' }] };
  expect(after(OPENED, STARTED, INTENDED, FINISHED)).toEqual(['followup/i1', open]);
});

test('a run that did nothing leaves nothing', () => {
  expect(after(OPENED, STARTED, FINISHED)).toEqual([]);
});

test('an incident that is closed leaves what every incident does, whether anything was run or not', () => {
  expect(after(OPENED, CLOSED)).toMatchObject(['followup/i1', { wanted: [{ ...MEETING, from: null }] }]);
  expect(after(OPENED, { type: 'incident-closed', by, reason: null, left: [] })).toEqual([]);
});
