import { describe, expect, test } from 'vitest';
import type { IncidentId, Instant, RoleId, RunId, StepId } from '../../../src/core/brand.ts';
import { behindOf, behindTitle } from '../../../src/core/incident/behind.ts';
import type { IncidentFact } from '../../../src/core/incident/event.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { followUpsAfter } from '../../../src/core/incident/follow-ups.ts';
import { releasesAfter } from '../../../src/core/incident/releases.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import { person } from './cast.ts';
import { procedureOf, step, targetOf } from './plans.ts';

const RUN = 'r1' as RunId;
const COMMIT = 'c0ffee'.repeat(6);
const BACK = 'decade'.repeat(6);
const by = person('dana');
const restore = (onto: string) =>
  ({
    kind: 'git-restore',
    repo: '/repo',
    paths: ['src'],
    onto,
    message: 'Back',
    publish: { remote: 'origin', branch: 'rollbot/r1', fastForward: '${target.deploy_branch}' },
  }) as const;
const PLAN = [
  step('deploy', {
    approve: { by: ['devops-engineer'] },
    releases: { deployable: 'worker:api', version: COMMIT, insteadOf: BACK },
    undo: { kind: 'action', title: 'Undo', action: { kind: 'run', argv: ['undo'], exit: [0] }, effect: 'guarded', timeoutMs: 1 },
  }),
  step('publish', {
    after: ['deploy'],
    effect: 'guarded',
    probe: { action: restore('v2') },
    undo: { kind: 'action', title: 'Undo', action: restore('v1'), effect: 'guarded', timeoutMs: 1 },
  }),
];

describe('a branch is behind', () => {
  test.each([
    ['where it has moved on', [ended('deploy'), ended('publish', 'branch')], [{ commit: COMMIT, undone: false }]],
    ['where nobody knows how far the commit has come', [ended('deploy'), ended('publish')], [{ commit: COMMIT, undone: false }]],
    ['where it could not be published, and the run was stopped', [ended('deploy'), failed('publish')], [{ commit: COMMIT, undone: false }]],
    ['where the run was stopped before', [ended('deploy')], [{ commit: COMMIT, undone: false }]],
    [
      'where what it got was undone everywhere else',
      [ended('deploy'), ended('publish', 'main'), undoing(), ended('undo.publish', 'branch', BACK), ended('undo.deploy')],
      [{ commit: BACK, undone: true }],
    ],
  ])('%s', (_, facts, expected) => {
    expect(behindOf(runAfter(facts))).toEqual(expected.map((each) => ({ branch: 'trunk', ...each })));
  });

  test.each([
    ['where it was moved forward', [ended('deploy'), ended('publish', 'main')]],
    ['where nothing was deployed', [failed('deploy')]],
    [
      'where it never got what was undone',
      [ended('deploy'), ended('publish', 'branch'), undoing(), ended('undo.publish', 'branch', BACK), ended('undo.deploy')],
    ],
    [
      'where it got what was undone as well',
      [ended('deploy'), ended('publish', 'main'), undoing(), ended('undo.publish', 'main', BACK), ended('undo.deploy')],
    ],
    ['where the run had not come to it, and was undone', [ended('deploy'), failed('publish'), undoing(), ended('undo.deploy')]],
  ])('not %s', (_, facts) => {
    expect(behindOf(runAfter(facts))).toEqual([]);
  });
});

const TITLE = 'Bring the branch trunk to c0ffeec0ffee before anybody deploys from it: it still has what was taken back';

test('that it is behind is the first thing to be done, by whoever had the say', () => {
  const state = stateAfter([
    intended('deploy'),
    ended('deploy'),
    ended('publish', 'branch'),
    { type: 'run-finished', run: RUN, outcome: 'verified' },
  ]);
  expect(followUpsAfter(state, [{ type: 'run-finished', run: RUN, outcome: 'verified' }])).toMatchObject([
    { commands: [{ wanted: [{ title: TITLE, owner: 'devops-engineer', dueMs: 4 * 60 * 60_000 }, { title: 'Find the root cause' }] }] },
  ]);
});

test('who asks whether to deploy is told why not', () => {
  const end: IncidentFact = { type: 'run-finished', run: RUN, outcome: 'verified' };
  const reasonOf = (reached: string) => releasesAfter(stateAfter([ended('deploy'), ended('publish', reached), end]), [end]);
  expect(reasonOf('branch')).toMatchObject([{ commands: [{ insteadOf: BACK, reason: `The shop is slow. ${TITLE}` }] }]);
  expect(reasonOf('main')).toMatchObject([{ commands: [{ insteadOf: BACK, reason: 'The shop is slow' }] }]);
});

test('what a drill came back from is neither doubted nor held', () => {
  const end: IncidentFact = { type: 'run-finished', run: RUN, outcome: 'verified' };
  const changes = releasesAfter(stateAfter([ended('deploy'), ended('publish', 'main'), end], true), [end]);
  expect(changes).toMatchObject([{ commands: [{ kind: 'note-rolled-back', version: COMMIT, insteadOf: null }] }]);
});

test('without a commit it is said what it is about', () => {
  expect(behindTitle({ branch: 'main', commit: null, undone: false })).toContain('to what runs now');
  expect(behindTitle({ branch: 'main', commit: null, undone: true })).toContain('to what was there before');
});

function intended(id: string): IncidentFact {
  const { run, step: at, attempt } = finished(id);
  return {
    type: 'step-intended',
    run,
    step: at,
    attempt,
    digest: digestOf(id),
    action: { kind: 'run', argv: [id], exit: [0] },
    executor: 'e1',
  };
}

function ended(id: string, reached?: string, commit = COMMIT): IncidentFact {
  const outputs = { commit, ...(reached !== undefined && { reached }) };
  return { ...finished(id), outcome: 'ok', says: 'done', outputs };
}

function failed(id: string): IncidentFact {
  return { ...finished(id), outcome: 'failed', says: 'no', outputs: {} };
}

function finished(id: string) {
  return { type: 'step-finished', run: RUN, step: id as StepId, attempt: 1, executor: 'rules', durationMs: 1 } as const;
}

function undoing(): IncidentFact {
  return { type: 'run-continued', run: RUN, choice: 'undo', by };
}

function runAfter(facts: readonly IncidentFact[]) {
  const state = stateAfter(facts);
  if (state.status === 'none') throw new Error('There is no incident.');
  return state.runs[0]!;
}

function stateAfter(facts: readonly IncidentFact[], drill = false): IncidentState {
  const followUps = [{ title: 'Find the root cause', owner: 'lead-developer' as RoleId, dueMs: 1000 }];
  const all: readonly IncidentFact[] = [
    { type: 'incident-opened', incident: 'i1' as IncidentId, title: 'Slow', by, drill, home: null },
    {
      type: 'run-started',
      run: RUN,
      procedure: procedureOf(PLAN, { followUps }),
      target: targetOf({ vars: { deploy_branch: 'trunk' } }),
      params: {},
      by,
      deciders: [],
      reason: 'The shop is slow.',
    },
    ...facts,
  ];
  return all.reduce<IncidentState>((state, fact) => evolve(state, { ...fact, at: 0 as Instant }), INITIAL);
}
