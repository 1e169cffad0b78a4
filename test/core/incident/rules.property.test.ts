import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Instant, TokenId } from '../../../src/core/brand.ts';
import { canonicalJson } from '../../../src/core/digest.ts';
import { decide, isRefusal } from '../../../src/core/incident/decide.ts';
import { due, nextDueAt } from '../../../src/core/incident/due.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { REFUSALS } from '../../../src/core/incident/refusal.ts';
import { runOf } from '../../../src/core/incident/state.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import { verdictOf } from '../../../src/core/incident/verdict.ts';
import { breach, journeys } from './journeys.ts';
import { fulfil } from './moves.ts';
import { rescue } from './rescue.ts';

const LATER_MS = 1e9;

describe('whatever people, timers and crashes do', () => {
  test('a refusal changes nothing and begins with the sentence of its name', () => {
    expect(
      breach(({ legs }) =>
        legs.filter(({ decision, before, after }) => {
          if (!isRefusal(decision)) return false;
          return before !== after || !decision.says.startsWith(REFUSALS[decision.refusal]);
        }),
      ),
    ).toBeNull();
  });

  test('a finished run stays exactly as it is', () => {
    expect(
      breach(({ legs }) =>
        legs.flatMap(({ before, after }) =>
          runsOf(before).filter((run) => run.progress.status === 'finished' && runOf(after, run.id) !== run),
        ),
      ),
    ).toBeNull();
  });

  test('folding the journal again, also from a snapshot, gives the same state', () => {
    expect(
      breach(({ events, state, legs }) => {
        const half = Math.floor(legs.length / 2);
        const snapshot = JSON.parse(JSON.stringify(legs[half]!.before)) as IncidentState;
        const rest = legs.slice(half).flatMap((leg) => leg.events);
        return [fold(events), fold(rest, snapshot)].filter((again) => canonicalJson(again) !== canonicalJson(state));
      }),
    ).toBeNull();
  });

  test('a late result changes nothing but the trail', () => {
    expect(
      breach(({ legs }) =>
        legs.filter(
          ({ events, before, after }) => events.some(({ type }) => type === 'late-result') && withoutTrail(before) !== withoutTrail(after),
        ),
      ),
    ).toBeNull();
  });

  test('what is due is allowed', () => {
    expect(
      breach(({ legs }) =>
        legs.flatMap(({ after, now }) => {
          const scene = { state: after, now, tokens: [], newToken: () => 't' as TokenId };
          const refused = due(after, now).filter(
            (effect) => effect.do !== 'kill-orphan' && isRefusal(decide(after, fulfil(effect, 0, scene)[0]!, now)),
          );
          return refused;
        }),
      ),
    ).toBeNull();
  });

  test('the time when something is due next is neither too late nor too early', () => {
    expect(
      breach(({ legs }) =>
        legs.flatMap<unknown>(({ after, now }) => {
          const next = nextDueAt(after);
          if (next === null) return due(after, (now + LATER_MS) as Instant);
          const tooEarly = due(after, next).length === 0 ? ['nothing is due then'] : [];
          const waits = after.status !== 'none' && next > after.lastAt;
          return waits ? [...tooEarly, ...due(after, (next - 1) as Instant)] : tooEarly;
        }),
      ),
    ).toBeNull();
  });

  test('a sensible crew and a working bot can bring every incident to its end', () => {
    expect(
      breach(({ state, legs }) => {
        const { now } = legs.at(-1)!;
        const ended = rescue(state, now);
        return ended.status === 'closed' ? due(ended, now) : [ended];
      }),
    ).toBeNull();
  });

  test('no event is too strange to be folded', () => {
    const future = { type: 'from-the-future', run: 'r1', step: 'step0', at: 1 } as never as IncidentEvent;
    fc.assert(
      fc.property(journeys, journeys, (one, other) => {
        for (const event of [...other.events, future]) {
          const state = evolve(one.state, event);
          const verdicts = runsOf(state).map(verdictOf);
          expect([verdicts, due(state, event.at), nextDueAt(state)]).toBeDefined();
        }
        expect(() => fold([...other.events, future].toReversed(), one.state)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  test('an event of a type that is not known leaves everything as it was', () => {
    const future = { type: 'from-the-future', run: 'r1', step: 'step0', at: 1 } as never as IncidentEvent;
    expect(
      breach(({ state }) =>
        runsOf(evolve(state, future)).filter((run, index) => canonicalJson(run) !== canonicalJson(runsOf(state)[index])),
      ),
    ).toBeNull();
  });
});

function fold(events: readonly IncidentEvent[], from: IncidentState = INITIAL): IncidentState {
  return events.reduce(evolve, from);
}

function runsOf(state: IncidentState) {
  return state.status === 'none' ? [] : state.runs;
}

function withoutTrail(state: IncidentState): string {
  return JSON.stringify(state, (key, value: unknown) => (key === 'trail' || key === 'lastAt' ? null : value));
}
