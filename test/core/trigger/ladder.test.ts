import { describe, expect, test } from 'vitest';
import type { TokenId } from '../../../src/core/brand.ts';
import { due, nextDueAt } from '../../../src/core/trigger/due.ts';
import { TRIGGER_REFUSALS } from '../../../src/core/trigger/refusal.ts';
import { decide } from '../../../src/core/trigger/decide.ts';
import { TRIGGER } from '../../../src/core/trigger/kind.ts';
import { AFTER, DANA, GUEST, OPEN, R1, reported, Stage, T1, trusted } from './scenes.ts';

const GOOD = [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01] as const;
const other = 't2' as TokenId;

test('outside of a breach nothing is written, nor for a single bad reading', () => {
  expect(new Stage(trusted('auto')).read(...GOOD, 0.06, ...GOOD, ...GOOD)).toEqual([]);
});

describe('the ladder', () => {
  test.each([
    ['shadow', [], [], 'not-due'],
    ['propose', ['proposed'], [], 'not-due'],
    ['countdown', [], ['begin-countdown'], ['countdown-began']],
    ['auto', [], ['start'], []],
  ] as const)('%s', (mode, asked, owed, gated) => {
    const stage = new Stage(trusted(mode));
    const told = stage.breakIt().filter((type) => !type.startsWith('watch-'));
    expect(told).toEqual(asked);
    expect(due(stage.state, stage.now).map((effect) => effect.do)).toEqual(owed);
    expect(nextDueAt(stage.state) ?? Infinity).toSatisfy((at: number) => (owed.length > 0 ? at <= stage.now : at === Infinity));
    expect(stage.gates()).toEqual(gated);
  });

  test('auto starts, once', () => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    const twice = [0, 1].map(() =>
      decide(stage.state, { kind: 'note-started', run: R1, procedure: 'cache', gates: { ...OPEN, lastChangeAt: stage.now } }, stage.now),
    );
    expect(twice.map((each) => 'refusal' in each)).toEqual([false, false]);
    // Both have decided; the append lets one of them win, and the other decides again.
    expect(stage.start()).toEqual(['started']);
    expect(stage.start()).toBe('started-already');
    expect(due(stage.state, stage.now)).toEqual([]);
  });

  test('a countdown counts from when it was shown', () => {
    const stage = new Stage(trusted('countdown'));
    stage.breakIt();
    expect(stage.start()).toBe('not-due');
    stage.gates();
    stage.wait(59_000);
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.tell({ kind: 'note-shown', token: T1 })).toEqual(['countdown-shown']);
    expect(stage.tell({ kind: 'note-shown', token: T1 })).toEqual([]);
    expect(nextDueAt(stage.state)).toBe(stage.now + 60_000);
    stage.wait(59_999);
    expect(stage.start()).toBe('not-due');
    stage.wait(1);
    expect(due(stage.state, stage.now)).toMatchObject([{ do: 'start' }]);
    expect(stage.start()).toEqual(['started']);
  });

  test('a countdown that nobody could be shown becomes a proposal', () => {
    const stage = new Stage(trusted('countdown'));
    stage.breakIt();
    stage.gates();
    expect(stage.tell({ kind: 'give-up-showing', token: T1 })).toBe('not-due');
    expect(nextDueAt(stage.state)).toBe(stage.now + 60_000);
    stage.wait(60_000);
    expect(due(stage.state, stage.now)).toMatchObject([{ do: 'give-up-showing', token: T1 }]);
    expect(stage.tell({ kind: 'give-up-showing', token: T1 })).toEqual(['proposed']);
    expect(stage.start()).toBe('not-due');
    expect(stage.tell({ kind: 'note-shown', token: T1 })).toBe('no-longer-asked');
    expect(stage.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA })).toEqual(['started']);
  });

  test.each(['emergency', null])('a countdown for one procedure does not start %s', (procedure) => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    stage.wait(60_000);
    expect(stage.start({}, 'emergency')).toBe('procedure-changed');
    expect(stage.gates({}, procedure)).toEqual(['proposed']);
    expect(stage.state).toMatchObject({
      watch: { ask: { is: 'proposed', why: 'procedure-changed', says: expect.stringContaining('cache') } },
    });
    expect(due(stage.state, stage.now)).toEqual([]);
  });

  test('an objection holds until all is well again', () => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    expect(stage.tell({ kind: 'veto', token: T1, reason: null, ...GUEST })).toBe('not-in-role');
    expect(stage.tell({ kind: 'veto', token: other, reason: null, ...DANA })).toBe('no-longer-asked');
    expect(stage.tell({ kind: 'veto', token: T1, reason: 'a load test', ...DANA })).toEqual(['vetoed']);
    stage.wait(60_000);
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.start()).toBe('objected-to');
    expect(stage.tell({ kind: 'veto', token: T1, reason: null, ...DANA })).toBe('no-countdown');
    expect(stage.read(0.4, 0.4)).not.toContain('proposed');
    expect(stage.read(...GOOD)).toContain('watch-ended');
    expect(stage.state).toMatchObject({ status: 'quiet', scores: { vetoed: 1 } });
  });

  test('recovery cancels', () => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    expect(stage.read(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).toContain('watch-ended');
    expect(stage.start()).toBe('no-watch');
    expect(stage.state).toMatchObject({ status: 'quiet', scores: { ignored: 1 }, last: { score: 'ignored' } });
  });

  test('silence in a countdown makes it a proposal, and readings that fire again begin it anew', () => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    expect(stage.read(null, null, null, null, null)).toContain('proposed');
    expect(stage.start()).toBe('not-fired');
    stage.read(...Array.from({ length: 8 }, () => 0.4));
    expect(due(stage.state, stage.now)).toMatchObject([{ do: 'begin-countdown' }]);
  });

  test('a short silence in a hold calls nobody, and a long one does', () => {
    const stage = new Stage(trusted('propose'));
    stage.read(...Array.from({ length: 9 }, () => 0.07));
    expect(stage.read(...Array.from({ length: 12 }, () => null))).not.toContain('proposed');
    expect(stage.state).toMatchObject({ watch: { judgement: { reason: 'no-data' } } });
    expect(stage.read(...Array.from({ length: 12 }, () => null))).toContain('proposed');
    expect(stage.state).toMatchObject({ watch: { judgement: { reason: 'blind' }, ask: { why: 'inconclusive' } } });
  });

  test('of two rules that fire at once the first starts a run, and the other asks', () => {
    const [first, second] = [new Stage(trusted('auto')), new Stage(trusted('auto'))];
    for (const each of [first, second]) each.breakIt();
    expect(first.start()).toEqual(['started']);
    expect(second.start({ activeRun: R1 })).toBe('run-active');
  });

  test('a deployment in the middle of a hold takes nothing from it', () => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    expect(stage.start({ lastChangeAt: null, changedSinceGood: false })).toBe('not-changed');
    expect(stage.start({ changedSinceGood: false })).toEqual(['started']);
  });

  test('what is called off stays quiet, and can be called off once', () => {
    const stage = new Stage(trusted('auto'));
    expect(stage.tell({ kind: 'call-off', reason: null, ...DANA })).toBe('no-watch');
    stage.breakIt();
    expect(stage.tell({ kind: 'call-off', reason: null, ...GUEST })).toBe('not-in-role');
    expect(stage.tell({ kind: 'call-off', reason: null, ...DANA })).toEqual(['called-off']);
    expect(stage.tell({ kind: 'call-off', reason: null, ...DANA })).toBe('called-off-already');
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.start()).toBe('objected-to');
  });

  test('people may start what only holds, but not what is only tried out', () => {
    const holding = new Stage(trusted('propose'));
    holding.read(...Array.from({ length: 9 }, () => 0.07));
    expect(holding.state).toMatchObject({ watch: { judgement: { verdict: 'holding' }, ask: { is: 'nothing' } } });
    expect(holding.start()).toBe('not-its-mode');
    expect(holding.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...GUEST })).toBe('not-in-role');
    expect(holding.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA })).toEqual(['started']);
    expect(holding.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA })).toBe('started-already');
    expect(holding.tell({ kind: 'call-off', reason: null, ...DANA })).toBe('started-already');
    expect(holding.tell({ kind: 'veto', token: T1, reason: null, ...DANA })).toBe('started-already');
    const shadow = new Stage(trusted('shadow'));
    shadow.breakIt();
    expect(shadow.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA })).toBe('shadow-never-starts');
    expect(shadow.start()).toBe('shadow-never-starts');
  });
});

describe('what people made of it', () => {
  test('somebody rolled back without it', () => {
    const stage = new Stage(trusted('shadow'));
    stage.breakIt();
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'failed', endedAt: AFTER })).toEqual([]);
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual(['rolled-back-elsewhere']);
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual([]);
    stage.read(...GOOD, ...GOOD);
    expect(stage.state).toMatchObject({ scores: { 'rolled-back-without-it': 1 } });
  });

  test('a hold that passes by itself counts for nothing', () => {
    const stage = new Stage(trusted('propose'));
    stage.read(...Array.from({ length: 9 }, () => 0.07), ...GOOD);
    expect(stage.state).toMatchObject({ status: 'quiet', last: { score: null } });
    expect(stage.state.status === 'none' ? null : Object.values(stage.state.scores)).toEqual([0, 0, 0, 0]);
  });

  test('a run that ends after all is well ends the watch', () => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    stage.start();
    expect(stage.read(...GOOD, ...GOOD)).not.toContain('watch-ended');
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual(['cooled-down', 'watch-ended']);
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual([]);
  });
});

describe('what is reported', () => {
  test('is contained at once, once, and by what the rule says; nothing of that is a rollback', () => {
    const stage = new Stage({ ...reported(), contain: 'freeze' });
    stage.report();
    expect(due(stage.state, stage.now)).toMatchObject([{ do: 'contain', procedure: 'freeze' }]);
    expect(nextDueAt(stage.state)).toBe(stage.now);
    expect(stage.tell({ kind: 'note-contained', run: R1, procedure: 'database-restore' })).toBe('not-due');
    expect(stage.tell({ kind: 'note-contained', run: R1, procedure: 'freeze' })).toEqual(['contained']);
    expect(stage.tell({ kind: 'note-contained', run: R1, procedure: 'freeze' })).toBe('not-due');
    expect(stage.tell({ kind: 'give-up-containing', says: 'It is held.' })).toBe('not-due');
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual([]);
    expect(stage.tell({ kind: 'start-now', run: 'r2' as never, procedure: 'database-restore', ...DANA })).toEqual(['started']);
  });

  test('what can not be contained is said, and not tried again; a shadow contains nothing', () => {
    const stage = new Stage({ ...reported(), contain: 'freeze' });
    stage.report();
    expect(stage.tell({ kind: 'give-up-containing', says: 'It is held.' })).toEqual(['containing-failed']);
    expect([due(stage.state, stage.now), stage.state]).toMatchObject([[], { watch: { contained: { failed: 'It is held.' } } }]);
    const shadow = new Stage({ ...reported('shadow'), contain: 'freeze' });
    shadow.report();
    expect(due(shadow.state, shadow.now)).toEqual([]);
  });

  test('asks at once and starts nothing by itself', () => {
    const stage = new Stage(reported());
    expect(stage.report(GUEST)).toBe('not-in-role');
    expect(stage.report()).toEqual(['watch-began', 'event-reported', 'watch-judged', 'proposed']);
    expect(stage.report()).toBe('reported-already');
    expect(stage.read(0.4, 0.4)).toEqual([]);
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.start()).toBe('not-its-mode');
    expect(stage.tell({ kind: 'call-off', reason: 'a false alarm', ...DANA })).toEqual(['called-off', 'watch-ended']);
    expect(stage.state).toMatchObject({ status: 'quiet', scores: { vetoed: 1 } });
  });

  test('a source that signs needs no role, and is over when a run of whoever it is was verified', () => {
    const stage = new Stage(reported());
    expect(stage.report({ by: { kind: 'source', name: 'alertmanager' }, roles: [], allowed: [] })).toContain('proposed');
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual([
      'rolled-back-elsewhere',
      'watch-ended',
    ]);
    stage.report();
    stage.tell({ kind: 'start-now', run: R1, procedure: 'database-restore', ...DANA });
    expect(stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER })).toEqual(['cooled-down', 'watch-ended']);
  });

  test('even a rule that is said to be trusted starts nothing by what is reported', () => {
    const stage = new Stage(reported('auto'));
    stage.report();
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.start()).toBe('not-its-mode');
    expect(new Stage(trusted('auto')).report()).toBe('not-an-event');
  });
});

test('every refusal is a sentence that ends, and a newer Rollbot has its own', () => {
  expect(Object.values(TRIGGER_REFUSALS).filter((says) => !/^[A-Z].*\.$/.test(says))).toEqual([]);
  expect(TRIGGER.refuseNewer('It has an event "x".').says).toContain('newer Rollbot');
  expect(TRIGGER.knows('watch-began')).toBe(true);
  expect(TRIGGER.knows('toString')).toBe(false);
});
