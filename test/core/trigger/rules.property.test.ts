import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/brand.ts';
import type { TriggerFact } from '../../../src/core/trigger/event.ts';
import { isKnownType } from '../../../src/core/trigger/event.ts';
import { evolve, INITIAL } from '../../../src/core/trigger/evolve.ts';
import type { Gates } from '../../../src/core/trigger/gates.ts';
import { watchOf } from '../../../src/core/trigger/state.ts';
import type { TriggerState, Watch } from '../../../src/core/trigger/state.ts';
import { due, nextDueAt } from '../../../src/core/trigger/due.ts';
import { AFTER, DANA, GUEST, Stage, T1, trusted } from './scenes.ts';

type Move = (stage: Stage) => void;
type Deed = { readonly before: TriggerState; readonly facts: readonly TriggerFact[]; readonly at: number };

const levels = fc.constantFrom(0.01, 0.01, 0.07, 0.4, 0.4, 0.4);
const spells = fc.tuple(levels, fc.integer({ min: 1, max: 12 })).map(
  ([value, times]): Move =>
    (stage) =>
      void stage.read(...Array.from({ length: times }, () => value)),
);
const gates: fc.Arbitrary<Partial<Gates>> = fc.constantFrom({}, {}, {}, { flapping: true }, { frozen: 'a move' }, { incidentHadOne: true });
const run = fc.constantFrom('r1' as RunId, 'r2' as RunId);
const who = fc.constantFrom(DANA, DANA, GUEST);
const deeds: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: spells },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 6 }).map(
        (times): Move =>
          (stage) =>
            void stage.read(...Array.from({ length: times }, () => null)),
      ),
    },
    {
      weight: 2,
      arbitrary: gates.map(
        (each): Move =>
          (stage) =>
            void stage.gates(each),
      ),
    },
    {
      weight: 3,
      arbitrary: gates.map(
        (each): Move =>
          (stage) =>
            void stage.start(each),
      ),
    },
    { weight: 3, arbitrary: fc.constant<Move>((stage) => void stage.tell({ kind: 'note-shown', token: T1 })) },
    fc.constant<Move>((stage) => void stage.tell({ kind: 'give-up-showing', token: T1 })),
    who.map(
      (each): Move =>
        (stage) =>
          void stage.tell({ kind: 'veto', token: T1, reason: null, ...each }),
    ),
    who.map(
      (each): Move =>
        (stage) =>
          void stage.tell({ kind: 'call-off', reason: null, ...each }),
    ),
    fc.tuple(who, run).map(
      ([each, id]): Move =>
        (stage) =>
          void stage.tell({ kind: 'start-now', run: id, procedure: 'cache', ...each }),
    ),
    {
      weight: 2,
      arbitrary: run.map(
        (id): Move =>
          (stage) =>
            void stage.tell({ kind: 'note-run-ended', run: id, outcome: 'verified', endedAt: AFTER }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.integer({ min: 0, max: 90_000 }).map(
        (ms): Move =>
          (stage) =>
            stage.wait(ms),
      ),
    },
  ),
  { minLength: 1, maxLength: 30 },
);
/** Half of the stories begin where it fires. */
const moves = fc
  .tuple(fc.boolean(), deeds)
  .map(([fires, all]): readonly Move[] => (fires ? [(stage) => void stage.breakIt(), ...all] : all));
const modes = fc.constantFrom('shadow', 'propose', 'countdown', 'auto' as const);

/** Whether a rule of this mode may start something by itself, told in other words than the rules do. */
function isOpen(mode: string, watch: Watch | null, at: number): boolean {
  if (watch?.judgement?.verdict !== 'fire') return false;
  const { ask } = watch;
  if (mode === 'auto') return ask.is === 'nothing' || (ask.is === 'proposed' && ask.why === 'inconclusive');
  return mode === 'countdown' && ask.is === 'countdown' && ask.shownAt !== null && at >= ask.shownAt + ask.ms;
}

/** Lets it all happen, and keeps what each move has made. */
function play(stage: Stage, all: readonly Move[]): readonly Deed[] {
  return all.map((move) => {
    const before = stage.state;
    const from = stage.facts.length;
    move(stage);
    return { before, facts: stage.facts.slice(from), at: stage.now };
  });
}

test('a watch starts at most one run', () => {
  fc.assert(
    fc.property(modes, moves, (mode, all) => {
      const stage = new Stage(trusted(mode));
      const starts = play(stage, all).flatMap(({ facts }) => facts.flatMap((fact) => (fact.type === 'started' ? [fact.watch] : [])));
      expect(new Set(starts).size).toBe(starts.length);
    }),
  );
});

test('nothing starts by itself unless it fires, the rule is trusted to, and nobody has objected', () => {
  let started = 0;
  fc.assert(
    fc.property(fc.constantFrom('auto', 'auto', 'countdown', 'propose'), moves, (mode, all) => {
      const starts = play(new Stage(trusted(mode)), all).filter(({ facts }) =>
        facts.some((fact) => fact.type === 'started' && fact.by.kind === 'rollbot'),
      );
      started += starts.length;
      expect(starts.filter(({ before, at }) => !isOpen(mode, watchOf(before), at))).toEqual([]);
    }),
    { numRuns: 600 },
  );
  expect(started).toBeGreaterThan(10);
});

test('what is only tried out starts nothing, whoever asks', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const stage = new Stage(trusted('shadow'));
      play(stage, all);
      expect(stage.facts.filter(({ type }) => ['started', 'proposed', 'countdown-began'].includes(type))).toEqual([]);
    }),
  );
});

test('who is in no role changes nothing', () => {
  fc.assert(
    fc.property(modes, moves, (mode, all) => {
      const stage = new Stage(trusted(mode));
      play(stage, all);
      const facts = stage.facts.length;
      stage.tell({ kind: 'veto', token: T1, reason: null, ...GUEST });
      stage.tell({ kind: 'call-off', reason: null, ...GUEST });
      stage.tell({ kind: 'start-now', run: 'r3' as RunId, procedure: 'cache', ...GUEST });
      expect(stage.facts.length).toBe(facts);
    }),
  );
});

test('a state that is read again from its snapshot goes on as it would have', () => {
  fc.assert(
    fc.property(modes, moves, moves, (mode, first, second) => {
      const [kept, restarted] = [new Stage(trusted(mode)), new Stage(trusted(mode))];
      play(kept, first);
      play(restarted, first);
      restarted.state = JSON.parse(JSON.stringify(restarted.state)) as TriggerState;
      expect(play(restarted, second)).toEqual(play(kept, second));
    }),
    { numRuns: 50 },
  );
});

test('whatever is owed can be done, and is not owed when it is done', () => {
  fc.assert(
    fc.property(modes, moves, (mode, all) => {
      const stage = new Stage(trusted(mode));
      play(stage, all);
      for (const effect of due(stage.state, stage.now)) {
        const told =
          effect.do === 'start'
            ? stage.start()
            : effect.do === 'begin-countdown'
              ? stage.gates()
              : stage.tell({ kind: 'give-up-showing', token: T1 });
        // The day of this rule may be full, or it may be cooling; then people are asked.
        expect(typeof told === 'string' ? stage.gates() : told).toHaveLength(1);
      }
      expect(due(stage.state, stage.now)).toEqual([]);
      const next = nextDueAt(stage.state);
      expect(next ?? Infinity).toBeGreaterThan(stage.state.status === 'none' ? 0 : stage.state.lastAt);
    }),
  );
});

test('the fold is total: any events in any order give a state', () => {
  fc.assert(
    fc.property(modes, moves, fc.integer(), (mode, all, seed) => {
      const stage = new Stage(trusted(mode));
      play(stage, all);
      const events = stage.facts
        .map((fact, index) => ({ ...fact, at: stage.now, place: (index * seed) % 97 }))
        .toSorted((a, b) => a.place - b.place);
      expect(['none', 'quiet', 'watching']).toContain(events.reduce((state: TriggerState, event) => evolve(state, event), INITIAL).status);
      expect(stage.facts.every(({ type }) => isKnownType(type))).toBe(true);
    }),
  );
});

test('a watch of an hour with a reading a second writes a few events a minute', () => {
  const stage = new Stage(trusted('propose'), 1000);
  stage.read(...Array.from({ length: 3600 }, (_, second) => (second % 7 === 0 ? 0.01 : 0.12)));
  expect(stage.facts.length).toBeGreaterThan(3);
  expect(stage.facts.length).toBeLessThan(3 * 61);
  const watch = watchOf(stage.state);
  expect(Object.values(watch?.readings ?? {}).every(({ samples }) => samples.length <= 720)).toBe(true);
});

const EACH_SECOND = { every: '1s', watermark: '1s' };

test.each([
  ['fails for moments', [0, 0, 0, 0, 1]],
  ['is silent for moments', [0, 0, null, null, null, null, null]],
])('what %s for ten minutes writes a few events a minute', (_, spell) => {
  const when = { kind: 'outage', metric: 'error_rate', 'longer-than': '1h', timing: EACH_SECOND };
  const stage = new Stage(trusted('propose', { when }), 1000);
  stage.read(...Array.from({ length: 600 }, (__, second) => spell[second % spell.length] ?? null));
  expect(stage.facts.length).toBeGreaterThan(3);
  expect(stage.facts.length).toBeLessThan(60);
});

test('a baseline that moves along changes nothing in a watch', () => {
  const when = { kind: 'response-time', metric: 'error_rate', bands: [{ from: '200%', hold: '10m' }] };
  const stage = new Stage(trusted('propose', { when }));
  stage.baseline = { value: 100, how: 'same-hour' };
  stage.read(...Array.from({ length: 8 }, () => 350));
  stage.baseline = { value: 350, how: 'same-hour' };
  expect(stage.read(...Array.from({ length: 36 }, () => 350))).toContain('proposed');
  expect(watchOf(stage.state)).toMatchObject({ baseline: { value: 100 }, judgement: { verdict: 'fire' } });
});
