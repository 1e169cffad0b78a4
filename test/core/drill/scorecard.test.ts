import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepId, StreamId } from '../../../src/core/brand.ts';
import type { Medium } from '../../../src/core/contact/schema.ts';
import { ITEMS } from '../../../src/core/drill/checklist.ts';
import { scorecardName, scorecardOf } from '../../../src/core/drill/scorecard.ts';
import { renderScorecard } from '../../../src/core/drill/scorecard-text.ts';
import type { IncidentFact } from '../../../src/core/incident/event.ts';
import type { PageNote } from '../../../src/core/page/note.ts';
import {
  asked,
  beginning,
  clearCache,
  dana,
  digest,
  done,
  mina,
  omar,
  opened,
  role,
  RUN,
  started,
  step,
  token,
  told,
} from '../../slack/story.ts';

const GOLDEN = path.resolve('test/golden/drill');
const MINUTE = 60_000;
const at = { run: RUN, step: clearCache.id };

function practised(trouble: { failingStep?: StepId; silentApproverMs?: number }): IncidentFact {
  return {
    ...opened,
    title: 'Cache warming rollback on staging',
    drill: true,
    practice: { drill: 'cache-on-staging', signedUp: { people: [dana.id], roles: [] }, trouble },
  };
}

const onStaging = { ...started, target: { ...started.target, name: 'staging', protected: false } };
const approved = (name: string, by = mina, attempt = 1): readonly IncidentFact[] => [
  { ...(asked(name) as Extract<IncidentFact, { type: 'approval-requested' }>), attempt },
  { type: 'approval-shown', ...at, token: token(name) },
  { type: 'approval-given', ...at, token: token(name), digest, by, roles: [role('devops-engineer')] },
];
const asks: IncidentFact = {
  type: 'question-asked',
  run: RUN,
  step: step('verify.2'),
  role: role('lead-developer'),
  token: token('T-q'),
  question: 'No errors?',
};
const says = (answer: 'yes' | 'no', note: string | null = null): IncidentFact => ({
  type: 'question-answered',
  run: RUN,
  step: step('verify.2'),
  token: token('T-q'),
  answer,
  by: dana,
  note,
});
const verified: IncidentFact = { type: 'run-finished', run: RUN, outcome: 'verified' };
const filled: IncidentFact = {
  type: 'drill-checklist-filled',
  by: dana,
  answers: ITEMS.map((item, index) => ({ item, answer: (['yes', 'not-tested', 'no'] as const)[index % 3] ?? 'yes' })),
  note: 'The *search* was slow | twice.',
};
const closed = { type: 'incident-closed', by: dana, reason: null, left: [] } as const satisfies IncidentFact;
const past = (...minutes: readonly number[]): IncidentFact => ({
  type: 'past-runs-noted',
  run: RUN,
  machineMs: minutes.map((each) => each * MINUTE),
});

const about = { incident: 'incident/k7m2xq' as StreamId, run: RUN, step: clearCache.id, attempt: 1 };
const noted = (page: string, note: PageNote): IncidentFact => ({ type: 'page-noted', page, note });
const openedFor = (name: string): PageNote => ({
  is: 'opened',
  to: { roles: [role(name)], contacts: [] },
  why: 'approval',
  summary: 'Cache warming rollback on staging waits | for approval',
  about,
});
const calls = (name: string, ...media: readonly Medium[]): PageNote => ({ is: 'called', people: [{ name, media }], says: null });

const STORIES: Readonly<Record<string, readonly IncidentFact[]>> = {
  'with-trouble': [
    practised({ failingStep: clearCache.id, silentApproverMs: 3 * MINUTE }),
    onStaging,
    ...beginning.slice(3),
    asked('T-1'),
    { type: 'approval-shown', ...at, token: token('T-1') },
    { type: 'drill-trouble', ...at, trouble: { kind: 'silent-approver', who: omar, ms: 3 * MINUTE } },
    { type: 'approval-given', ...at, token: token('T-1'), digest, by: mina, roles: [role('devops-engineer')] },
    { type: 'drill-trouble', ...at, trouble: { kind: 'failing-step' } },
    { type: 'step-finished', ...at, attempt: 1, executor: 'rules', outcome: 'failed', says: 'the trouble', outputs: {}, durationMs: 0 },
    { type: 'run-held', ...at, why: 'failed', token: token('T-held') },
    { type: 'run-continued', run: RUN, choice: 'retry', by: dana },
    ...approved('T-2', omar, 2),
    ...done(clearCache.id, '', 2),
    ...done(step('verify.1')),
    asks,
    says('yes'),
    verified,
    filled,
    closed,
    past(6, 5, 7, 2),
  ],
  'with-pages': [
    practised({}),
    onStaging,
    ...beginning.slice(3),
    asked('T-1'),
    { type: 'approval-shown', ...at, token: token('T-1') },
    noted('p1', openedFor('devops-engineer')),
    noted('p1', calls('omar', 'slack', 'email')),
    noted('p1', { is: 'failed', name: 'omar', medium: 'email', says: 'no such mailbox' }),
    noted('p1', calls('mina')),
    noted('p1', { is: 'acknowledged', by: 'mina', how: 'button' }),
    noted('p2', openedFor('database-admin')),
    noted('p2', calls('lena', 'slack')),
    noted('p2', { is: 'silent' }),
    noted('p3', openedFor('lead-developer')),
    noted('p3', { is: 'closed', says: 'It is decided.' }),
    noted('p4', openedFor('product-owner')),
    noted('p4', calls('priya', 'slack')),
    { type: 'approval-given', ...at, token: token('T-1'), digest, by: mina, roles: [role('devops-engineer')] },
    noted('p4', { is: 'closed', says: 'It is decided.' }),
    ...done(clearCache.id),
    verified,
    closed,
  ],
  'approved-at-once': [
    { ...opened, title: 'Cache warming rollback on staging', drill: true },
    onStaging,
    asked('T-1'),
    { type: 'approval-given', ...at, token: token('T-1'), digest, by: mina, roles: [role('devops-engineer')] },
    { type: 'approval-shown', ...at, token: token('T-1') },
  ],
  'that-went-wrong': [
    practised({ failingStep: step('never') }),
    onStaging,
    ...beginning.slice(3),
    ...approved('T-1'),
    { type: 'step-intended', ...at, attempt: 1, digest, action: { kind: 'run', argv: ['tool'], exit: [0] } as never, executor: 'bot' },
    { type: 'step-unknown', ...at, attempt: 1, reason: 'crash', alive: false, token: token('T-u') },
    { type: 'step-settled', ...at, attempt: 1, as: 'happened', by: omar, says: 'omar says: it happened' },
    ...done(step('verify.1')),
    asks,
    says('no', 'the <b>errors</b> are back'),
    { type: 'run-held', run: RUN, step: step('verify.2'), why: 'unverified', token: token('T-held') },
    { type: 'run-continued', run: RUN, choice: 'stop', by: dana },
    { type: 'run-finished', run: RUN, outcome: 'failed' },
    { ...closed, reason: 'enough for today' },
    past(2.5, 2),
  ],
  'as-estimated': [
    { ...opened, title: 'Cache warming rollback on staging', drill: true },
    onStaging,
    ...beginning.slice(3),
    ...approved('T-1'),
    ...done(clearCache.id),
    ...done(step('verify.1')),
    asks,
    says('yes'),
    verified,
    closed,
    past(2.5, 2, 3),
  ],
};

describe('a scorecard', () => {
  test.each(Object.entries(STORIES))('%s', async (name, facts) => {
    const { events } = told(...facts);
    const scorecard = scorecardOf(events);
    await expect(renderScorecard(scorecard)).toMatchFileSnapshot(path.join(GOLDEN, `${name}.md`));
    await expect(`${JSON.stringify(scorecard, null, 2)}\n`).toMatchFileSnapshot(path.join(GOLDEN, `${name}.json`));
  });

  test('says the same when it was written before', () => {
    const facts = STORIES['with-trouble'] ?? [];
    const again = told(...facts, { type: 'scorecard-written', file: 'a.md', digest });
    expect(scorecardOf(again.events)).toEqual(scorecardOf(told(...facts).events));
  });

  test('is called by its moment and its procedure', () => {
    expect(scorecardName(told(...(STORIES['as-estimated'] ?? [])).incident)).toBe('20261124-140000-cache.md');
  });
});
