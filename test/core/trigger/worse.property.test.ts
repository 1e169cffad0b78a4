import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { judge, takeIn } from '../../../src/core/trigger/judge.ts';
import type { Readings } from '../../../src/core/trigger/judge.ts';
import { MOST_SAMPLES } from '../../../src/core/trigger/series.ts';
import { BANDS, BEGIN, BOTH, CACHE, firesAfter, flat, incoming, NORMAL, OUTAGE, PORTALS, row, rule, SLOW, tell } from './walk.ts';
import type { Arrival } from './walk.ts';

const ONLY_BANDS = rule({ kind: 'response-time', metric: 'response_time', bands: BANDS });
const never = (seconds: number | null) => seconds ?? Number.POSITIVE_INFINITY;
const slow = (values: readonly (number | null)[]) => row('response_time', values);
const rate = (values: readonly (number | null)[]) => row('error_rate', values);
const gaps = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
const times = fc.array(fc.oneof(fc.double({ min: 50, max: 800, noNaN: true }), fc.constantFrom(299, 300, 399, 400, 599, 600)), {
  minLength: 60,
  maxLength: 60,
});

test.each([
  ['the bands alone', ONLY_BANDS],
  ['bands and at once', SLOW],
])('worse never waits longer, by response times: %s', (_, when) => {
  fc.assert(
    fc.property(
      times,
      fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 0, max: 60 }),
      (values, more, from) => {
        const worse = values.map((value, index) => (index < from ? value : value + (more[index] ?? 0)));
        expect(never(firesAfter(tell(when, slow(worse)), when))).toBeLessThanOrEqual(never(firesAfter(tell(when, slow(values)), when)));
      },
    ),
    { numRuns: 150 },
  );
});

test('worse never waits longer, by error rates: a rate that is higher throughout fires no later', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.09, noNaN: true }), { minLength: 70, maxLength: 70 }),
      fc.double({ min: 1, max: 10, noNaN: true }),
      (values, times_) => {
        const worse = values.map((value) => value * times_);
        expect(never(firesAfter(tell(BOTH, rate(worse)), BOTH))).toBeLessThanOrEqual(never(firesAfter(tell(BOTH, rate(values)), BOTH)));
      },
    ),
    { numRuns: 100 },
  );
});

test('the time to fire falls with how bad it is, at every level', () => {
  const byRate = [0, 0.04, 0.05, 0.07, 0.0999, 0.1, 0.12, 0.15, 0.3, 1].map((value) =>
    never(firesAfter(tell(BOTH, rate(flat(value, 70))), BOTH)),
  );
  const byTime = [100, 299, 300, 399, 400, 599, 600, 2000].map((value) => never(firesAfter(tell(SLOW, slow(flat(value, 60))), SLOW)));
  for (const all of [byRate, byTime]) expect(all).toEqual(all.toSorted((a, b) => b - a));
  expect([...new Set(byTime)]).toEqual([Number.POSITIVE_INFINITY, 600, 300, 30]);
});

const stories: fc.Arbitrary<readonly Arrival[]> = fc
  .tuple(gaps, fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 60, maxLength: 60 }))
  .map(([missing, values]) => rate(values.map((value, index) => (missing[index] && index % 3 === 0 ? null : value))));

test('a fold that goes on from a snapshot says the same, wherever it was taken', () => {
  fc.assert(
    fc.property(stories, fc.nat(59), (story, cut) => {
      let readings: Readings = {};
      story.forEach((arrival, index) => {
        if (index === cut) readings = JSON.parse(JSON.stringify(readings)) as Readings;
        readings = takeIn(BOTH, readings, incoming(arrival), (BEGIN + arrival.comesAt) as Instant);
      });
      expect(judge(BOTH, readings, NORMAL)).toEqual(tell(BOTH, story).at(-1)?.judgement);
    }),
    { numRuns: 50 },
  );
});

test('what was given before and is given again changes nothing', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const now = (BEGIN + 60 * 15_000) as Instant;
      const readings = story.reduce((all: Readings, each) => takeIn(BOTH, all, incoming(each), (BEGIN + each.comesAt) as Instant), {});
      expect(story.reduce((all: Readings, each) => takeIn(BOTH, all, incoming(each), now), readings)).toEqual(readings);
    }),
    { numRuns: 50 },
  );
});

test('however dense and long the samples are, memory is bounded', () => {
  const dense = row('error_rate', flat(0.01, 3000), { every: 200 });
  let readings: Readings = {};
  for (const arrival of dense) readings = takeIn(BOTH, readings, incoming(arrival), (BEGIN + arrival.comesAt) as Instant);
  expect(readings['error_rate']?.samples.length).toBe(MOST_SAMPLES);
  const other = takeIn(BOTH, {}, { somebody_else: { samples: [], gap: null } }, BEGIN as Instant);
  expect(Object.keys(other)).toEqual(['error_rate']);
});

/** The same noise each time: a small generator whose numbers are spread well enough. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('thirty days of noise start nothing', () => {
  const random = noise(20_260_329);
  const rules = [BOTH, SLOW, OUTAGE, CACHE, PORTALS];
  const all = rules.map((when) => ({ when, readings: {} as Readings, verdicts: new Set<string>() }));
  for (let index = 0; index < 30 * 24 * 240; index += 1) {
    const at = (BEGIN + index * 15_000) as Instant;
    // By day there is ten times as much to do as at night; one request in a hundred fails.
    const n = Math.round(220 + 180 * Math.sin((index / 5760) * 2 * Math.PI));
    const errors = Math.max(0, Math.round(n * 0.01 + Math.sqrt(n * 0.0099) * (random() + random() + random() + random() - 2) * 1.73));
    const sample = (value: number, of = n) => ({ samples: [{ at, value, n: of }], gap: null });
    const incomingNow = {
      error_rate: sample(errors / n),
      response_time: sample(100 * (0.6 + 0.8 * random()) * (random() < 0.02 ? 4 : 1)),
      outage: sample(random() < 0.01 ? 0 : 1, 3),
      cache_available: sample(random() < 0.01 ? 0 : 1, 1),
      portal_a: sample(random() < 0.01 ? 0 : 1, 3),
      portal_b: sample(random() < 0.01 ? 0 : 1, 3),
    };
    // One try in two hundred brings nothing.
    if (random() < 0.005) continue;
    for (const each of all) {
      each.readings = takeIn(each.when, each.readings, incomingNow, at);
      each.verdicts.add(judge(each.when, each.readings, NORMAL).verdict);
    }
  }
  expect(all.flatMap(({ when, verdicts }) => (verdicts.has('fire') ? [when.kind] : []))).toEqual([]);
  expect(all.find(({ when }) => when === OUTAGE)?.verdicts).toContain('holding');
  expect(all.every(({ verdicts }) => verdicts.has('clear'))).toBe(true);
});
