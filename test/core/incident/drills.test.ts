import { describe, expect, test } from 'vitest';
import type { PersonId, RoleId } from '../../../src/core/brand.ts';
import { mayBePaged } from '../../../src/core/drill/signed-up.ts';
import { sayTrouble } from '../../../src/core/drill/trouble.ts';
import { due } from '../../../src/core/incident/due.ts';
import { acting } from './cast.ts';
import { asksForChecklist, checklist, drill, PRACTICE, silenced, SILENT_MS } from './drills.ts';
import { close, NO, one, RETRY, stopped, concluded, YES } from './scenes.ts';
import { approve, begin, conclude, end, perform } from './stage.ts';

describe('a silent approver', () => {
  test('is the first who approves, is told so, and counts for nothing', () => {
    const { stage, token } = silenced();
    expect(stage.events.at(-1)).toMatchObject({ type: 'drill-trouble', trouble: { kind: 'silent-approver', who: { name: 'omar' } } });
    expect(stage.step('flush').state).toMatchObject({ status: 'awaiting-approval', approval: { given: [] } });
    const [trouble] = stage.events.flatMap((event) => (event.type === 'drill-trouble' ? [event] : []));
    expect(trouble && sayTrouble(trouble)).toBe(
      'You are the silent approver of this drill: your click does not count. Say nothing and press nothing, and let the others find out what to do. It ends in 3 min.',
    );
    stage.accept(stage.click('mina', token, YES));
    expect(stage.step('flush').state).toMatchObject({ status: 'approved', approval: { given: [{ by: { name: 'mina' } }] } });
  });

  test('may approve when that time is over', () => {
    const { stage, token } = silenced();
    stage.wait(SILENT_MS - 1);
    expect(stage.refused(stage.click('omar', token, YES))).toBe('silent-in-drill');
    stage.wait(1);
    stage.accept(stage.click('omar', token, YES));
    expect(stage.step('flush').state.status).toBe('approved');
  });

  test('may deny all the same: whoever sees that it is wrong says so', () => {
    const { stage, token } = silenced();
    stage.accept(stage.click('omar', token, NO));
    expect(stage.step('flush').state.status).toBe('refused');
  });

  test('is silent about that one step, and nobody is after that', () => {
    const { stage, token } = silenced();
    stage.accept(stage.click('mina', token, YES));
    expect(stage.state()).toMatchObject({ troubles: [{ trouble: { who: { name: 'omar' } } }] });
  });
});

describe('a step that is to fail', () => {
  test('fails once in the place of its intent, so that nothing is done, and goes through at the next attempt', () => {
    const { stage, token } = silenced();
    stage.accept(stage.click('mina', token, YES));
    expect(begin(stage, 'flush').map(({ type }) => type)).toEqual(['drill-trouble', 'step-finished']);
    expect(stage.events.some(({ type }) => type === 'step-intended')).toBe(false);
    conclude(stage);
    stage.accept(stage.click('omar', stage.heldToken(), RETRY));
    stage.wait(1000);
    approve(stage, 'flush', 'omar');
    perform(stage, 'flush');
    expect(stage.events.filter(({ type }) => type === 'step-intended')).toHaveLength(1);
    expect(stage.events.filter(({ type }) => type === 'drill-trouble')).toHaveLength(2);
    begin(stage, 'health');
    end(stage, 'health');
    conclude(stage);
    expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'verified' });
  });

  test('fails in no incident that is none', () => {
    expect(one().state()).toMatchObject({ practice: null, troubles: [] });
    expect(begin(one(), 'flush').map(({ type }) => type)).toEqual(['step-intended']);
  });
});

describe('the end of a drill', () => {
  test('asks for its checklist, and closes without it only for a reason', () => {
    const stage = drill(stopped, concluded);
    expect(due(stage.state(), stage.now())).toEqual([{ do: 'ask-checklist' }]);
    asksForChecklist(stage);
    expect(due(stage.state(), stage.now())).toEqual([]);
    expect(stage.refused(close('omar', null))).toBe('reason-needed');
    stage.accept(checklist('dana'));
    expect(stage.state()).toMatchObject({ checklist: { by: { name: 'dana' }, answers: { length: 8 } } });
    stage.accept(close('omar', 'it was stopped on purpose'));
    expect(stage.state()).toMatchObject({ left: ['cache (r1) ended stopped'] });
  });

  test('owes a scorecard beside the report', () => {
    const stage = drill(stopped, concluded);
    stage.accept(close('omar', 'enough'));
    expect(due(stage.state(), stage.now()).map((effect) => effect.do)).toEqual(['write-report', 'write-scorecard']);
    stage.accept({ kind: 'note-past-runs', run: stage.run().id, machineMs: [1000] });
    stage.accept({ kind: 'note-scorecard', file: 'a.md', digest: 'd' as never });
    expect(due(stage.state(), stage.now()).map((effect) => effect.do)).toEqual(['write-report']);
    expect(stage.refused({ kind: 'note-past-runs', run: stage.run().id, machineMs: [2000] })).toBe('not-due');
  });
});

test('in a drill only who has signed up is paged', () => {
  const lead = 'lead-developer' as RoleId;
  const practice = { ...PRACTICE, signedUp: { people: ['U1' as PersonId], roles: [lead] } };
  expect(mayBePaged({ drill: true, practice }, 'U1' as PersonId, [])).toBe(true);
  expect(mayBePaged({ drill: true, practice }, 'U2' as PersonId, [lead])).toBe(true);
  expect(mayBePaged({ drill: true, practice }, 'U2' as PersonId, ['other' as RoleId])).toBe(false);
  expect(mayBePaged({ drill: true, practice: null }, 'U1' as PersonId, [lead])).toBe(false);
  expect(mayBePaged({ drill: false, practice: null }, acting('lee').by.id, [])).toBe(true);
});
