import { describe, expect, test } from 'vitest';
import type { RunId } from '../../../src/core/brand.ts';
import type { ComponentCommand } from '../../../src/core/component/command.ts';
import { RELEASE_REFUSALS } from '../../../src/core/component/refusal.ts';
import { COMPONENT } from '../../../src/core/component/kind.ts';
import { isSameVersion, lastGood } from '../../../src/core/component/state.ts';
import type { ComponentState } from '../../../src/core/component/state.ts';
import { DANA, EVERY_MS, play, reading } from './scenes.ts';
import type { Move } from './scenes.ts';

const SHA = '4f1c9a2b7d3e8f6051c4b9a8d7e6f5a4b3c2d1e0';
const GOOD: ComponentCommand = { kind: 'call-good', version: 'v1', reason: 'looked at it', ...DANA };
const BAD: ComponentCommand = { kind: 'call-bad', version: 'v1', reason: 'the cache is cold', ...DANA };
const HOLD: ComponentCommand = { kind: 'hold', reason: 'the cache is cold', ...DANA };
const UNHOLD: ComponentCommand = { kind: 'unhold', reason: null, ...DANA };

describe('readings', () => {
  test('a version that is healthy for long enough is good', () => {
    expect(stateAfter(minutes(6, 'healthy'))).toMatchObject({ releases: [{ version: 'v1', verified: { by: { kind: 'rollbot' } } }] });
    expect(stateAfter(minutes(5, 'healthy'))).toMatchObject({ releases: [{ verified: null }] });
  });

  test('a doubted version stays doubted, however healthy it is', () => {
    const state = stateAfter([...minutes(2, 'healthy'), said(BAD), ...minutes(20, 'healthy')]);
    expect(state).toMatchObject({ releases: [{ verified: null, doubted: { reason: 'the cache is cold' } }] });
  });

  test('what can not be read stops the clock, and it goes on afterwards', () => {
    const broken = [...minutes(4, 'healthy'), ...minutes(30, 'unknown')];
    expect(stateAfter([...broken, ...minutes(2, 'healthy')])).toMatchObject({ releases: [{ verified: null }] });
    expect(stateAfter([...broken, ...minutes(3, 'healthy')])).toMatchObject({ releases: [{ verified: { reason: null } }] });
  });

  test('while nobody looked, nothing counts, also what was healthy before it could not be read', () => {
    const away: Move = { afterMs: 10 * EVERY_MS, does: (last) => reading(null, 'unknown', last) };
    expect(stateAfter([...minutes(4, 'healthy'), ...minutes(1, 'unknown'), away, ...minutes(3, 'healthy')])).toMatchObject({
      releases: [{ verified: null }],
    });
  });

  test('where only people verify, time verifies nothing', () => {
    const all = minutes(60, 'healthy').map(({ does, afterMs }): Move => ({ afterMs, does: (last) => ({ ...onlyPeople(does(last)) }) }));
    expect(stateAfter(all)).toMatchObject({ running: 'v1', releases: [{ verified: null }] });
  });
});

describe('a run', () => {
  const back: ComponentCommand = { kind: 'note-rolled-back', run: 'r1' as RunId, version: 'v1', insteadOf: 'v2', reason: 'Cache' };

  test('doubts and holds what it came back from', () => {
    expect(stateAfter([said(back)])).toMatchObject({
      running: 'v1',
      releases: [
        { version: 'v2', doubted: { run: 'r1' } },
        { version: 'v1', how: 'run', run: 'r1' },
      ],
      holds: [{ versions: ['v2'], run: 'r1' }],
    });
  });

  test('that changed nothing holds nothing', () => {
    expect(stateAfter([said({ ...back, insteadOf: 'v1' })])).toMatchObject({ running: 'v1', holds: [] });
    expect(stateAfter([said({ ...back, insteadOf: null })])).toMatchObject({ running: 'v1', holds: [] });
  });

  test('whose deed was undone lifts its own hold, and nobody else’s', () => {
    expect(stateAfter([said(back), said({ kind: 'note-undone', run: 'r2' as RunId })])).toMatchObject({ holds: [{ run: 'r1' }] });
    expect(stateAfter([said(back), said({ kind: 'note-undone', run: 'r1' as RunId })])).toMatchObject({ holds: [] });
  });
});

describe('the last good version', () => {
  test('is the one that ran last of those that are good', () => {
    const state = stateAfter([deployed('v1'), said(GOOD), deployed('v2'), said({ ...GOOD, version: 'v2' }), deployed('v3')]);
    expect(lastGood(state)?.version).toBe('v2');
    expect(lastGood(state, 'v2')?.version).toBe('v1');
  });

  test('a version that was doubted is good again when a person says so', () => {
    const doubted = [deployed('v1'), said(GOOD), said(BAD), deployed('v2')];
    expect(lastGood(stateAfter(doubted))).toBeNull();
    expect(lastGood(stateAfter([...doubted, said(GOOD)]))?.version).toBe('v1');
  });
});

describe('refusals', () => {
  const CASES: readonly [keyof typeof RELEASE_REFUSALS, readonly Move[], ComponentCommand, string][] = [
    ['not-in-role', [], { ...HOLD, roles: [] }, 'devops-engineer'],
    ['no-such-version', [deployed('v1.4.2')], { ...GOOD, version: 'v1.4.3' }, 'Did you mean "v1.4.2"?'],
    ['good-already', [deployed('v1'), said(GOOD)], GOOD, 'nothing was changed'],
    ['doubted-already', [deployed('v1'), said(BAD)], BAD, 'nothing was changed'],
    ['held-already', [deployed('v1'), said(HOLD)], HOLD, 'by dana: the cache is cold.'],
    ['not-held', [deployed('v1')], UNHOLD, 'nothing was changed'],
  ];

  test.each(CASES)('%s', (name, before, command, says) => {
    const decision = COMPONENT.decide(stateAfter(before), command, 5 as never);
    expect(decision).toMatchObject({ refusal: name, says: expect.stringContaining(says) });
  });

  test('each has its sentence, and none is left over', () => {
    expect(COMPONENT.refuseNewer('')).toMatchObject({ refusal: 'written-by-newer' });
    expect([...CASES.map(([name]) => name), 'written-by-newer'].toSorted()).toEqual(Object.keys(RELEASE_REFUSALS).toSorted());
  });
});

test('a commit may be called by its beginning where only one begins so', () => {
  expect(stateAfter([deployed(SHA), said({ ...GOOD, version: SHA.slice(0, 7) })])).toMatchObject({
    releases: [{ verified: { reason: 'looked at it' } }],
  });
  expect(isSameVersion(SHA.slice(0, 6), SHA)).toBe(false);
  expect(isSameVersion('v1.4', 'v1.4.2')).toBe(false);
});

function minutes(count: number, is: 'healthy' | 'unhealthy' | 'unknown'): readonly Move[] {
  return Array.from({ length: count }, () => ({ afterMs: EVERY_MS, does: (last) => reading('v1', is, last) }));
}

function said(command: ComponentCommand): Move {
  return { afterMs: 1, does: () => command };
}

function deployed(version: string): Move {
  return said({ kind: 'note-deployed', version });
}

function onlyPeople(command: ComponentCommand): ComponentCommand {
  return command.kind === 'note-reading' ? { ...command, goodAfterMs: null } : command;
}

function stateAfter(moves: readonly Move[]): ComponentState {
  return play(moves).at(-1)?.after ?? { status: 'none' };
}
