import { describe, expect, test } from 'vitest';
import type { StepId, StreamId } from '../../../src/core/brand.ts';
import type { PersonReading } from '../../../src/core/ports.ts';
import { followUpsAfter } from '../../../src/core/incident/follow-ups.ts';
import { pagesAfterIncident } from '../../../src/core/page/of-incident.ts';
import { acting, DECIDERS, person, reading, role } from './cast.ts';
import { override, RULE } from './override-scenes.ts';
import { asked, YES } from './scenes.ts';
import { NOT_DONE, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const MINUTE = 60_000;

function overridden(): Stage {
  const { stage, token } = asked();
  stage.accept(override('dana', token));
  return stage;
}

function intend(stage: Stage, approvers: readonly PersonReading[]): readonly { readonly type: string }[] {
  return stage.accept({ kind: 'intend', run: RUN, step: 'flush' as StepId, executor: 'bot-1', approvers, checked: NOT_DONE });
}

test('dana, who asked for the run, goes on alone: bound to the digest of what was asked, with her reason and the role that is told', () => {
  const { stage, token } = asked();
  const { approval } = stage.step('flush').state as { approval: { digest: string } };
  expect(stage.accept(override('dana', token))).toEqual([
    {
      type: 'approval-overridden',
      run: RUN,
      step: 'flush',
      token,
      digest: approval.digest,
      by: expect.objectContaining({ name: 'dana' }),
      roles: ['lead-developer'],
      reason: 'it is three at night',
      tells: 'database-admin',
      holdsMs: 5 * MINUTE,
    },
  ]);
  expect(stage.owed()).toEqual([{ do: 'perform', run: RUN, step: 'flush', approvers: ['U0DANA'] }]);
  expect(intend(stage, [reading('dana')])).toMatchObject([{ type: 'step-intended' }]);
});

describe('without an override, nobody approves their own request', () => {
  test.each(['before', 'after'] as const)('also not %s somebody else', (when) => {
    const { stage, token } = asked({ by: ['lead-developer', 'devops-engineer'], need: 2 });
    if (when === 'after') stage.accept(stage.click('omar', token, YES));
    expect(stage.refused(stage.click('dana', token, YES))).toBe('requester-cannot-approve');
  });
});

describe('what was overridden does not begin', () => {
  test('when it has waited for longer than an override counts', () => {
    const stage = overridden();
    stage.wait(5 * MINUTE - 1);
    stage.wait(1);
    expect(intend(stage, [reading('dana')])).toMatchObject([{ type: 'approval-voided', reason: 'override-expired' }]);
    expect(stage.owed()).toMatchObject([{ do: 'request-approval' }]);
  });

  test('when dana is no longer in a role that may', () => {
    expect(intend(overridden(), [reading('dana', [role('devops-engineer')])])).toMatchObject([{ reason: 'approver-lost-role' }]);
  });

  test('while nobody can say who she is', () => {
    const stage = overridden();
    const command = { kind: 'intend', run: RUN, step: 'flush' as StepId, executor: 'bot-1', checked: NOT_DONE } as const;
    expect(stage.refused({ ...command, approvers: [{ status: 'unreadable', why: 'away' }] })).toBe('entitlement-unreadable');
    expect(stage.refused({ ...command, approvers: [] })).toBe('entitlement-unreadable');
  });
});

test('it is decided once: nobody approves, denies or overrides it after that', () => {
  const { stage, token } = asked();
  stage.accept(override('dana', token));
  expect(stage.refused(stage.click('omar', token, YES))).toBe('already-approved');
  expect(stage.refused(stage.click('omar', token, { kind: 'deny', reason: 'no' }))).toBe('already-approved');
  expect(stage.refused(override('dana', token))).toBe('already-approved');
});

test('what was decided otherwise is not overridden', () => {
  const { stage, token } = asked();
  stage.accept(stage.click('omar', token, { kind: 'deny', reason: 'no' }));
  expect(stage.refused(override('dana', token))).toBe('already-denied');
});

test('another role is called at once, and has to look at it within a day', () => {
  const { stage, token } = asked();
  const facts = stage.accept(override('dana', token));
  const [page] = pagesAfterIncident(stage.state(), facts);
  expect(page?.commands).toMatchObject([
    { kind: 'open-page', why: 'override', to: { roles: [RULE.tells] }, severity: 'critical', delayMs: 0, notBy: person('dana').id },
  ]);
  const [review] = followUpsAfter(stage.state(), facts);
  expect(review?.commands).toMatchObject([
    {
      kind: 'open',
      wanted: [
        {
          title: expect.stringMatching(/^Review the override of “.*” by dana \([0-9a-f]{8}\)$/),
          owner: RULE.tells,
          dueMs: 24 * 60 * MINUTE,
          notBy: person('dana').id,
        },
      ],
    },
  ]);
});

test('a token that slips into the reason is written down nowhere', () => {
  const { stage, token } = asked();
  const reason = 'omar is away, use xoxb-12345-abcdefABCDEF';
  expect(stage.accept(override('dana', token, { reason }))).toMatchObject([{ reason: 'omar is away, use [redacted]' }]);
});

test('the page for it outlasts the run and the incident until somebody has answered it', () => {
  const stage = overridden();
  const about = { incident: 'incident/i1' as StreamId, run: RUN, step: 'flush' as StepId, attempt: 1 };
  const to = { roles: [RULE.tells], contacts: [] };
  stage.accept({ kind: 'note-page', page: 'p1', note: { is: 'opened', to, why: 'override', summary: 'OVERRIDE', about } });
  stage.accept({ kind: 'stop-run', run: RUN, reason: 'enough', ...acting('dana') });
  const stopped = stage.accept({ kind: 'hold-or-finish', run: RUN, token: 't-end' as never });
  expect(stopped).toMatchObject([{ type: 'run-finished' }]);
  expect(pagesAfterIncident(stage.state(), stopped)).toEqual([]);
  const over = stage.accept({ kind: 'close-incident', reason: 'I go to bed', commanders: DECIDERS, ...acting('dana') });
  expect(pagesAfterIncident(stage.state(), over)).toEqual([]);
  const seen = stage.accept({ kind: 'note-page', page: 'p1', note: { is: 'acknowledged', by: 'mina', how: 'button' } });
  expect(pagesAfterIncident(stage.state(), seen)).toMatchObject([{ stream: 'page/p1', commands: [{ kind: 'close-page' }] }]);
});
