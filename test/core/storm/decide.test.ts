import { describe, expect, test } from 'vitest';
import type { StreamId } from '../../../src/core/brand.ts';
import type { StormCommand } from '../../../src/core/storm/command.ts';
import type { StormFact } from '../../../src/core/storm/event.ts';
import { STORM } from '../../../src/core/storm/kind.ts';
import type { StormState, Weather } from '../../../src/core/storm/state.ts';
import { LIMITS, MINUTE, minute } from '../alert/scenes.ts';

type Move = { readonly at: number; readonly command: StormCommand };

function play(...moves: readonly Move[]): { readonly state: Weather; readonly facts: readonly StormFact[] } {
  let state: StormState = STORM.initial;
  const facts: StormFact[] = [];
  for (const { at, command } of moves) {
    const decision = STORM.decide(state, command, minute(at));
    if ('refusal' in decision) throw new Error(decision.says);
    facts.push(...decision);
    state = decision.reduce((before, fact) => STORM.evolve(before, { ...fact, at: minute(at) }), state);
  }
  return { state: state as Weather, facts };
}

function opens(at: number, alerts = 1): Move {
  return { at, command: { kind: 'count-group', stream: `alert/${at}` as StreamId<'alert'>, alerts, limits: LIMITS } };
}

function types({ facts }: ReturnType<typeof play>): readonly StormFact['type'][] {
  return facts.map(({ type }) => type);
}

describe('three groups in ten minutes are no storm, and one more is', () => {
  test('the next ones are held back and counted with those that began it', () => {
    const played = play(opens(0, 2), opens(1), opens(2), opens(3, 5), opens(4));
    expect(types(played)).toEqual(['group-counted', 'group-counted', 'group-counted', 'storm-began', 'group-held-back', 'group-held-back']);
    expect(played.state).toMatchObject({ status: 'storm', storm: { number: 1, groups: 5, alerts: 10, heldBack: 2 } });
  });

  test('slower than that it never is', () => {
    const played = play(...Array.from({ length: 20 }, (_, index) => opens(index * 3.5)));
    expect(new Set(types(played))).toEqual(new Set(['group-counted']));
  });
});

describe('it is over', () => {
  const storm = [opens(0), opens(1), opens(2), opens(3)];

  test('when no more than half of what begins one have opened of late', () => {
    const due = STORM.nextDueAt(play(...storm).state);
    expect(due).toBe(minute(12));
    expect(play(...storm, { at: 11.9, command: { kind: 'settle' } }).state.status).toBe('storm');
    const over = play(...storm, { at: 12, command: { kind: 'settle' } });
    expect(over.state).toMatchObject({ status: 'calm', storm: { until: minute(12) } });
    expect(STORM.nextDueAt(over.state)).toBeNull();
  });

  test('also where nobody has looked since', () => {
    const played = play(...storm, opens(60));
    expect(types(played).slice(-2)).toEqual(['storm-ended', 'group-counted']);
  });

  test('and what was held back is still counted, until another one begins', () => {
    const after = [...storm, { at: 12, command: { kind: 'settle' } }, { at: 13, command: { kind: 'count-resolved', storm: 1 } }] as const;
    expect(play(...after).state.storm).toMatchObject({ number: 1, resolved: 1 });
    const next = [...after, opens(30), opens(31), opens(32), opens(33)];
    const played = play(
      ...next,
      { at: 34, command: { kind: 'count-resolved', storm: 1 } },
      { at: 34, command: { kind: 'count-alerts', storm: 2, alerts: 4 } },
    );
    expect(played.state.storm).toMatchObject({ number: 2, resolved: 0, alerts: 8 });
  });

  test('what comes back is not resolved', () => {
    const counts: readonly Move[] = (['count-resolved', 'count-returned', 'count-resolved'] as const).map((kind) => ({
      at: 4,
      command: { kind, storm: 1 },
    }));
    expect(play(...storm, ...counts).state.storm?.resolved).toBe(1);
  });
});

test('that something could not be read is said once an hour', () => {
  const { state, facts } = play(note(0), note(1), note(59), note(60));
  expect(facts).toHaveLength(2);
  expect(state.quarantine).toEqual({ number: 2, at: minute(60), source: 'shop', says: 'The body is not JSON.', kept: 60 });
  expect(60 * MINUTE).toBe(minute(60) - minute(0));
});

function note(at: number): Move {
  return { at, command: { kind: 'note-quarantine', source: 'shop', says: 'The body is not JSON.', kept: at } };
}
