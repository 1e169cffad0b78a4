import { describe, expect, test } from 'vitest';
import type { RunId } from '../../../src/core/brand.ts';
import { due } from '../../../src/core/trigger/due.ts';
import type { GateName, Gates } from '../../../src/core/trigger/gates.ts';
import { AFTER, DANA, OPEN, R1, Stage, T1, trusted } from './scenes.ts';

const GOOD = Array.from({ length: 8 }, () => 0.01);

const closed: readonly (readonly [GateName, Partial<Gates>])[] = [
  ['trusted-less', { modeNow: 'propose' }],
  ['trusted-less', { modeNow: null }],
  ['readings-old', { readAt: null }],
  ['readings-old', { readAt: (OPEN.lastChangeAt! - 86_400_000) as Gates['readAt'] }],
  ['not-changed', { lastChangeAt: null, changedSinceGood: false }],
  ['run-active', { activeRun: 'r9' as RunId }],
  ['cooling-down', { coolsUntil: (OPEN.lastChangeAt! + 86_400_000) as Gates['coolsUntil'] }],
  ['incident-had-one', { incidentHadOne: true }],
  ['flapping', { flapping: true }],
  ['frozen', { frozen: 'the move to another region' }],
  ['no-verified-version', { lastGood: null }],
  ['no-verified-version', { lastGood: { version: 'v1.4.2', verified: false } }],
  ['one-signal-only', { signals: 1, probeFails: false }],
];

describe('gates', () => {
  test.each(closed)('%s', (gate, gates) => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    expect(stage.start(gates)).toBe(gate);
    expect(stage.gates(gates)).toEqual(['proposed']);
    expect(stage.facts.at(-1)).toMatchObject({ why: gate, says: expect.stringMatching(/^[A-Z].*\. So a person has to start it\.$/) });
    expect(due(stage.state, stage.now)).toEqual([]);
    expect(stage.start()).toBe('not-due');
  });

  test.each(closed)('one that closes in a countdown: %s', (gate, gates) => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    expect(stage.gates()).toEqual([]);
    stage.wait(60_000);
    expect(stage.start(gates)).toBe(gate);
    expect(stage.gates(gates)).toEqual(['proposed']);
  });

  test('a countdown ends when it is no longer sure, and another one calls people again', () => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    stage.read(...Array.from({ length: 6 }, () => 0.08));
    expect(stage.facts.at(-1)).toMatchObject({ type: 'proposed', why: 'inconclusive' });
    expect(due(stage.state, (stage.now + 86_400_000) as typeof stage.now)).toEqual([]);
  });

  test('a run that was over before the watch began has not helped against it', () => {
    const stage = new Stage(trusted('propose', { when: { kind: 'event', event: 'data-corruption' } }));
    const report = { kind: 'note-event', rule: stage.rule, by: { kind: 'source', name: 'grafana' }, roles: [], allowed: [] } as const;
    stage.tell({ ...report, says: 'Rows are missing.', watch: 'w1', token: T1 });
    const ended = { kind: 'note-run-ended', run: R1, outcome: 'verified' } as const;
    expect(stage.tell({ ...ended, endedAt: (stage.now - 1) as typeof stage.now })).toEqual([]);
    expect(stage.tell({ ...ended, endedAt: stage.now })).toEqual(['rolled-back-elsewhere', 'watch-ended']);
  });

  test('nothing destructive needs no second signal', () => {
    const one = { signals: 1, probeFails: false };
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    expect(stage.start(one)).toBe('one-signal-only');
    expect(stage.start({ ...one, destructive: false })).toEqual(['started']);
  });

  test('a destructive procedure needs a second signal or a probe from outside', () => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    expect(stage.start({ signals: 1, probeFails: true })).toEqual(['started']);
  });

  test('what people start does not count against the cap', () => {
    const stage = new Stage(trusted('auto', { 'cool-down': '1s', 'a-day': 1 }));
    stage.breakIt();
    stage.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA });
    stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER });
    stage.read(...GOOD, ...GOOD);
    stage.breakIt();
    expect(stage.start()).toEqual(['started']);
  });

  test('a change since the last good version opens the first gate, however long ago', () => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    expect(stage.start({ lastChangeAt: null, changedSinceGood: true })).toEqual(['started']);
  });

  test('after a run it cools down, and a day has its cap', () => {
    const stage = new Stage(trusted('auto', { 'cool-down': '10m', 'a-day': 2 }));
    const round = () => {
      stage.breakIt();
      const started = stage.start();
      stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER });
      stage.read(...GOOD, ...GOOD);
      return started;
    };
    expect(round()).toEqual(['started']);
    expect(stage.state).toMatchObject({ status: 'quiet', scores: { followed: 1 } });
    expect(round()).toBe('cooling-down');
    stage.wait(600_000);
    expect(round()).toEqual(['started']);
    stage.wait(600_000);
    expect(round()).toBe('day-is-full');
    stage.wait(86_400_000);
    expect(round()).toEqual(['started']);
  });
});
