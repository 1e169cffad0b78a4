import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { canonicalJson } from '../../../src/core/digest.ts';
import { decide, isRefusal } from '../../../src/core/incident/decide.ts';
import { due, nextDueAt } from '../../../src/core/incident/due.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { REFUSALS } from '../../../src/core/incident/refusal.ts';
import { runOf } from '../../../src/core/incident/state.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import { verdictOf } from '../../../src/core/incident/verdict.ts';
import { journeys } from './journeys.ts';
import { fulfil } from './moves.ts';
import { rescue } from './rescue.ts';

const RUNS = { numRuns: 400 };

function fold(events: readonly IncidentEvent[], from: IncidentState = INITIAL): IncidentState {
  return events.reduce(evolve, from);
}

describe('whatever people, timers and crashes do', () => {
  test.prop([journeys], RUNS)('a refusal changes nothing and says what to do', ({ legs }) => {
    for (const { decision, before, after } of legs) {
      if (!isRefusal(decision)) continue;
      expect(after).toBe(before);
      expect(decision.says.startsWith(REFUSALS[decision.refusal])).toBe(true);
    }
  });

  test.prop([journeys], RUNS)('a finished run stays exactly as it is', ({ legs }) => {
    for (const { before, after } of legs) {
      const finished = before.status === 'none' ? [] : before.runs.filter((run) => run.progress.status === 'finished');
      for (const run of finished) expect(runOf(after, run.id)).toBe(run);
    }
  });

  test.prop([journeys], RUNS)('folding the journal again, also from a snapshot, gives the same state', ({ events, state, legs }) => {
    expect(canonicalJson(fold(events))).toBe(canonicalJson(state));
    const half = Math.floor(legs.length / 2);
    const snapshot = JSON.parse(JSON.stringify(legs[half]!.before)) as IncidentState;
    const rest = legs.slice(half).flatMap((leg) => leg.events);
    expect(canonicalJson(fold(rest, snapshot))).toBe(canonicalJson(state));
  });

  test.prop([journeys], RUNS)('a late result changes nothing but the trail', ({ legs }) => {
    for (const { events, before, after } of legs) {
      if (!events.some((event) => event.type === 'late-result')) continue;
      const bare = (state: IncidentState): string =>
        JSON.stringify(state, (key, value: unknown) => (['trail', 'lastAt'].includes(key) ? null : value));
      expect(bare(after)).toBe(bare(before));
    }
  });

  test.prop([journeys], RUNS)('what is due is allowed', ({ legs }) => {
    for (const { after, now } of legs) {
      for (const effect of due(after, now)) {
        if (effect.do === 'kill-orphan') continue;
        const [command] = fulfil(effect, 0, { state: after, now, tokens: [], newToken: () => 't' as never });
        expect([effect, decide(after, command!, now)]).not.toMatchObject([{}, { refusal: expect.anything() as string }]);
      }
    }
  });

  test.prop([journeys], RUNS)('the time when something is due next is neither too early nor too late', ({ legs }) => {
    for (const { after, now } of legs) {
      const next = nextDueAt(after);
      const far = (now + 1e9) as typeof now;
      if (next === null) expect(due(after, far)).toEqual([]);
      else expect(due(after, next)).not.toEqual([]);
      if (next !== null && after.status !== 'none' && next > after.lastAt) expect(due(after, (next - 1) as typeof now)).toEqual([]);
    }
  });

  test.prop([journeys], RUNS)('a sensible crew and a working bot can bring every incident to its end', ({ state, legs }) => {
    const ended = rescue(state, legs.at(-1)!.now);
    expect(ended.status).toBe('closed');
    expect(due(ended, legs.at(-1)!.now)).toEqual([]);
  });

  test.prop([journeys, journeys], RUNS)('no event is too strange to be folded', (one, other) => {
    const strange = [...other.events, { type: 'from-the-future', run: 'r1', step: 'step0', at: 1 } as never as IncidentEvent];
    for (const { after } of one.legs.slice(-3)) {
      for (const event of strange) {
        const state = evolve(after, event);
        if (state.status !== 'none') state.runs.forEach(verdictOf);
        expect(() => [due(state, event.at), nextDueAt(state)]).not.toThrow();
      }
      expect(() => fold(strange.toReversed(), after)).not.toThrow();
    }
  });
});
