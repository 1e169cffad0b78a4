import { describe, expect, test } from 'vitest';
import type { IncidentId, StreamId, TokenId } from '../../../src/core/brand.ts';
import { nextDueAt } from '../../../src/core/incident/due.ts';
import type { IncidentRecord } from '../../../src/core/incident/record.ts';
import { sayEvent } from '../../../src/core/report/timeline.ts';
import { acting, DECIDERS } from './cast.ts';
import { closed, one } from './scenes.ts';
import { createStage, START } from './stage.ts';
import type { Stage } from './stage.ts';
import { hands, notes, rates, reopens, SEV3, takes, tells, writes } from './record-scenes.ts';

function opened(): Stage {
  const stage = createStage();
  stage.open();
  return stage;
}

function recordOf(stage: Stage): IncidentRecord {
  const state = stage.state();
  if (state.status === 'none') throw new Error('There is no incident.');
  return state.record;
}

const lines = (stage: Stage): readonly string[] => stage.events.map((event) => sayEvent(event, stage.state()) ?? '').slice(1);

test('a token that slips into the title is written down nowhere', () => {
  const title = 'Shop refuses ghp_0123456789abcdefABCDEF0123456789abcd';
  const open = { kind: 'open-incident', incident: 'i1' as IncidentId, title, drill: false, home: null, by: acting('dana').by } as const;
  expect(createStage().accept(open)).toMatchObject([{ title: 'Shop refuses [redacted]' }]);
});

describe('the timeline', () => {
  test('anybody may put something into it, once however often it arrives', () => {
    const stage = opened();
    stage.accept(notes('lee', ' the shop is slow ', START));
    expect(stage.accept(notes('lee', 'the shop is slow', START))).toEqual([]);
    stage.accept(notes('omar', 'it is the cache', START, '1.5'));
    expect(stage.accept(notes('dana', 'marked by another one', START, '1.5'))).toEqual([]);
    expect(lines(stage)).toEqual(['lee: the shop is slow', 'mina in the channel: it is the cache (marked by omar)']);
  });

  test('what is said is cut, never refused for its length', () => {
    const stage = opened();
    stage.accept(notes('lee', 'x'.repeat(5000), START));
    expect(recordOf(stage).notes.newest?.text).toHaveLength(1500);
  });

  test('nobody is told at night that enough has been said, and what is kept of it has an end', () => {
    const stage = opened();
    for (let index = 0; index < 1200; index += 1) stage.accept(notes('lee', `line ${index}`, START, `${index}.0`));
    expect(lines(stage)).toHaveLength(1200);
    expect(stage.accept(notes('omar', 'line 300', START, '300.0'))).toEqual([]);
    expect(recordOf(stage).notes.known).toHaveLength(1000);
    expect(recordOf(stage).notes.newest?.text).toBe('line 1199');
  });
});

describe('roles', () => {
  test('are taken, handed over, and commanded only by those who may', () => {
    const stage = opened();
    stage.accept(takes('dana', 'commander'));
    stage.accept(hands('dana', 'scribe', 'lee'));
    stage.accept(hands('lee', 'scribe', 'priya'));
    stage.accept(hands('dana', 'commander', 'omar'));
    expect(recordOf(stage).people).toMatchObject({ commander: { name: 'omar' }, scribe: { name: 'priya' } });
    expect(lines(stage)).toEqual([
      'dana is commander',
      'dana handed over: lee is scribe',
      'lee handed over: priya is scribe',
      'dana handed over: omar is commander',
    ]);
    expect(stage.accept(takes('omar', 'commander'))).toEqual([]);
  });

  test('whoever holds no role of rollbot.yml takes none, and so can tell nobody outside anything', () => {
    const stage = opened();
    expect(stage.refused(takes('lee', 'communications'))).toBe('not-in-role');
    expect(stage.refused(tells('lee'))).toBe('not-in-role');
  });

  test('who has one may do what only commanders may otherwise', () => {
    const stage = opened();
    expect(stage.refused(tells('priya'))).toBe('not-in-role');
    stage.accept(takes('priya', 'communications'));
    stage.accept(tells('priya'));
    stage.accept(rates('priya'));
    stage.accept(writes('priya', 'a deploy', null));
  });
});

describe('an update', () => {
  test('is due by the severity, is called for when it does not come, and again', () => {
    const stage = opened();
    expect(nextDueAt(stage.state())).toBeNull();
    stage.accept(rates('dana'));
    expect(nextDueAt(stage.state())).toBe(START + 30 * 60_000);
    stage.wait(20 * 60_000);
    stage.accept(tells('dana'));
    stage.accept({ kind: 'intend-mail', number: 1, audience: 'business' });
    stage.accept({ kind: 'note-mail', number: 1, audience: 'business', status: 'sent', says: 'taken' });
    expect(nextDueAt(stage.state())).toBe(START + 50 * 60_000);
    stage.wait(30 * 60_000);
    expect(stage.owed()).toEqual([{ do: 'call-for-update' }]);
    stage.accept({ kind: 'call-for-update', token: 'c1' as TokenId });
    expect(stage.owed()).toEqual([]);
    // After a long sleep there is one call, and not one for each that was missed.
    stage.wait(95 * 60_000);
    stage.accept({ kind: 'call-for-update', token: 'c2' as TokenId });
    expect(stage.refused({ kind: 'call-for-update', token: 'c3' as TokenId })).toBe('not-due');
    expect(recordOf(stage).calls).toMatchObject([{ token: 'c1' }, { token: 'c2' }]);
    stage.accept(rates('dana', SEV3));
    expect(nextDueAt(stage.state())).toBeNull();
  });

  test('is called for as long as it takes, and only the last calls are kept', () => {
    const stage = opened();
    stage.accept(rates('dana'));
    for (let call = 0; call < 60; call += 1) {
      stage.wait(30 * 60_000);
      stage.accept({ kind: 'call-for-update', token: `c${call}` as TokenId });
    }
    const { calls } = recordOf(stage);
    expect(calls).toHaveLength(50);
    expect(calls.at(-1)).toMatchObject({ token: 'c59' });
  });

  test('that arrives twice is one, and a drill tells nobody outside', () => {
    const stage = opened();
    stage.accept(tells('dana'));
    expect(stage.accept(tells('dana'))).toEqual([]);
    stage.accept(tells('dana', 'It is warm again.'));
    expect(recordOf(stage).updates.map(({ number }) => number)).toEqual([1, 2]);
    const drill = createStage();
    drill.accept({ kind: 'open-incident', incident: 'i1' as never, title: 'x', by: acting('dana').by, drill: true, home: null });
    drill.accept(tells('dana'));
    expect(recordOf(drill).updates[0]?.update.business.to).toEqual({ channels: [], mail: [] });
  });
});

describe('what was found out', () => {
  test('is kept after the end, and the report is owed again', () => {
    const stage = closed();
    const report = { kind: 'note-report', file: 'r.md', digest: 'd1', template: 2 } as never;
    expect(stage.owed()).toEqual([{ do: 'write-report' }]);
    stage.accept(report);
    expect(stage.owed()).toEqual([]);
    stage.accept(writes('dana', 'The deploy of Tuesday', 'Warm slowly', 'Alert on hit rate', ' '));
    expect(stage.owed()).toEqual([{ do: 'write-report' }]);
    stage.accept(report);
    expect(stage.owed()).toEqual([]);
    expect(stage.accept(writes('dana', 'The deploy of Tuesday', null, 'Alert on hit rate'))).toEqual([]);
    expect(stage.state()).toMatchObject({ report: { edition: 2 } });
  });

  test('an incident that is opened again goes on, and is written about once more at its end', () => {
    const stage = closed();
    stage.accept({ kind: 'note-report', file: 'r.md', digest: 'd1', template: 2 } as never);
    expect(stage.accept(reopens('omar', 'it is back'))).toMatchObject([{ reason: 'it is back' }]);
    expect(stage.state().status).toBe('open');
    expect(stage.owed()).toEqual([]);
    stage.accept({ kind: 'close-incident', reason: 'again', commanders: DECIDERS, ...acting('omar') });
    expect(stage.owed()).toEqual([{ do: 'write-report' }]);
  });
});

describe('closing', () => {
  const criterion = { title: 'Error rate below 1 %', says: 'It is 3 %.', by: 'reading' } as const;

  test.each([
    [false, 'not so: Error rate below 1 % (It is 3 %.)'],
    [null, 'not known: Error rate below 1 % (It is 3 %.)'],
  ])('is refused while a criterion is %s, and done with a reason', (holds, left) => {
    const stage = opened();
    const command = { kind: 'close-incident', criteria: [{ ...criterion, holds }], commanders: DECIDERS, ...acting('dana') } as const;
    expect(stage.take({ ...command, reason: null })).toMatchObject({
      refusal: 'reason-needed',
      says: expect.stringContaining(left) as string,
    });
    expect(stage.accept({ ...command, reason: 'it is a weekend' })).toMatchObject([{ left: [left], criteria: [{ holds }] }]);
  });

  test('needs no reason when all of them hold', () => {
    const stage = opened();
    const facts = stage.accept({
      kind: 'close-incident',
      criteria: [{ ...criterion, holds: true }],
      commanders: DECIDERS,
      ...acting('dana'),
      reason: null,
    });
    expect(facts).toMatchObject([{ left: [] }]);
  });
});

describe('alerts', () => {
  const stream = 'alert/shop/x' as StreamId<'alert'>;
  const joined = { is: 'joined', source: 'shop', beganAt: START, heardAt: START, firing: 2 } as const;
  const note = (now: typeof joined | { is: 'over' | 'returned' }) =>
    ({ kind: 'note-alerts', stream, title: 'ErrorRateHigh', now }) as const;

  test('join, are quiet and come back, each said once, and never after the end', () => {
    const stage = one();
    stage.accept(note(joined));
    for (const is of ['over', 'over', 'returned', 'returned', 'over'] as const) stage.accept(note({ is }));
    expect(stage.accept(note(joined))).toEqual([]);
    expect(lines(stage).slice(1)).toEqual([
      'Alerts from shop: ErrorRateHigh (2 firing)',
      'The alerts are quiet: ErrorRateHigh',
      'The alerts are back: ErrorRateHigh',
      'The alerts are quiet: ErrorRateHigh',
    ]);
    expect(closed().accept(note(joined))).toEqual([]);
  });
});
