import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import type { Reason, Verdict } from '../../../src/core/trigger/judgement.ts';
import type { Watching } from '../../../src/core/trigger/schema.ts';
import { AT_ONCE, BAND, BEGIN, BOTH, CACHE, firesAfter, flat, OUTAGE, PORTALS, ramp, row, rule, SLOW, tell } from './walk.ts';
import type { Arrival } from './walk.ts';

type Case = readonly [
  what: string,
  when: Watching,
  arrivals: readonly Arrival[],
  firesAfterSeconds: number | null,
  last: Verdict,
  reason: Reason,
];

const rate = (values: readonly (number | null)[], how = {}) => row('error_rate', values, how);
const time = (values: readonly (number | null)[], how = {}) => row('response_time', values, how);
const probe = (values: readonly (number | null)[], how = {}) => row('outage', values, { n: 3, ...how });
const cache = (values: readonly (number | null)[]) => row('cache_available', values, { n: 1 });
const both = (a: readonly (number | null)[], b: readonly (number | null)[]) =>
  [...row('portal_a', a, { n: 3 }), ...row('portal_b', b, { n: 3 })].toSorted((x, y) => x.comesAt - y.comesAt);
const saw = (a: number, b: number, count: number) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? a : b));

const TABLE: readonly Case[] = [
  // Error rate, at once
  ['a step to 20 %', AT_ONCE, rate([...flat(0.01, 8), ...flat(0.2, 20)]), 150, 'fire', 'far-above'],
  ['a ramp to 20 %', AT_ONCE, rate(ramp(0, 0.2, 41)), 345, 'fire', 'far-above'],
  ['exactly 10 %', AT_ONCE, rate(flat(0.1, 40)), null, 'clear', 'within-bounds'],
  ['a sawtooth around 10 %', AT_ONCE, rate(saw(0.0999, 0.1001, 40)), null, 'clear', 'within-bounds'],
  ['10.01 % of many requests', AT_ONCE, rate(flat(0.1001, 40), { n: 10_000 }), 30, 'fire', 'far-above'],
  ['a single bad sample among few requests', AT_ONCE, rate([...flat(0, 8), 0.5, ...flat(0, 8)], { n: 4 }), null, 'clear', 'within-bounds'],
  ['all of few requests fail', AT_ONCE, rate(flat(1, 20), { n: 8 }), null, 'inconclusive', 'too-little-evidence'],
  [
    'nobody knows of how many requests',
    AT_ONCE,
    rate(flat(0.5, 20), { n: undefined }).map(withoutN),
    null,
    'inconclusive',
    'too-little-evidence',
  ],
  ['no requests at all', BOTH, rate(flat(0.5, 40), { n: 0 }), null, 'clear', 'within-bounds'],
  // Error rate, staged
  ['flat at 7 %', BAND, rate(flat(0.07, 70)), 300, 'fire', 'cap-reached'],
  ['exactly 5 %', BAND, rate(flat(0.05, 30)), 300, 'fire', 'not-improving'],
  ['just below 5 %', BAND, rate(flat(0.0499, 90)), null, 'clear', 'within-bounds'],
  ['a sawtooth around 5 %', BAND, rate(saw(0.05, 0.0499, 91)), 900, 'fire', 'cap-reached'],
  ['a spike that is shorter than the hold', BAND, rate([...flat(0.07, 16), ...flat(0.01, 10)]), null, 'clear', 'within-bounds'],
  ['from 9.5 % down to 2 %', BAND, rate(ramp(0.095, 0.02, 21)), null, 'clear', 'within-bounds'],
  ['from 9.5 % down to 5.2 %', BAND, rate(ramp(0.095, 0.052, 25)), null, 'holding', 'improving'],
  ['improving for longer than the cap', BAND, rate(ramp(0.4, 0.05, 63)), 900, 'fire', 'cap-reached'],
  ['from 7 % down to 6.5 %', BAND, rate(ramp(0.07, 0.065, 23)), 300, 'fire', 'not-improving'],
  ['from 6 % up to 8 %', BAND, rate(ramp(0.06, 0.08, 25)), 300, 'fire', 'not-improving'],
  ['half of the samples are below the band', BAND, rate(saw(0.06, 0.046, 40)), null, 'holding', 'not-steady'],
  ['above the band all the same', BAND, rate(flat(0.3, 30)), 300, 'fire', 'not-improving'],
  ['worse in the middle keeps what was served', BOTH, rate([...flat(0.06, 12), ...flat(0.13, 10)], { n: 2000 }), 210, 'fire', 'far-above'],
  ['few requests', BAND, rate(flat(0.07, 30), { n: 10 }), null, 'inconclusive', 'too-few-points'],
  ['very few requests', BAND, rate(flat(0.07, 30), { n: 2 }), null, 'inconclusive', 'too-little-evidence'],
  // Gaps and silence
  ['a gap of a minute in the hold', BAND, rate([...flat(0.07, 10), ...flat(null, 4), ...flat(0.07, 16)]), 375, 'fire', 'not-improving'],
  ['a gap without a word', BAND, [...rate(flat(0.07, 10)), ...rate(flat(0.07, 16), { from: 14 * 15_000 })], 375, 'fire', 'not-improving'],
  ['a gap that is no longer than usual', BAND, rate([...flat(0.07, 10), null, ...flat(0.07, 14)]), 300, 'fire', 'not-improving'],
  ['silence in the hold', BAND, rate([...flat(0.07, 10), ...flat(null, 8)]), null, 'inconclusive', 'no-data'],
  ['silence for long', BAND, rate([...flat(0.07, 10), ...flat(null, 40)]), null, 'inconclusive', 'blind'],
  ['silence from the first moment', OUTAGE, probe(flat(null, 40)), null, 'inconclusive', 'no-data'],
  // What is no number
  ...[Number.NaN, Number.POSITIVE_INFINITY, -0.07].map((value): Case => [
    `${value} in the hold`,
    BAND,
    rate([...flat(0.07, 10), value, ...flat(0.07, 12)]),
    300,
    'fire',
    'not-improving',
  ]),
  [
    'a counter that began anew',
    BAND,
    [...rate(flat(0.07, 10)), ...rate([0.07], { n: -3900, from: 150_000 }), ...rate(flat(0.07, 12), { from: 165_000 })],
    300,
    'fire',
    'not-improving',
  ],
  // Response time
  ['+199 %', SLOW, time(flat(299, 90)), null, 'clear', 'within-bounds'],
  ['+200 %', SLOW, time(flat(300, 60)), 600, 'fire', 'held-too-long'],
  ['+299 %', SLOW, time(flat(399, 60)), 600, 'fire', 'held-too-long'],
  ['+300 %', SLOW, time(flat(400, 60)), 300, 'fire', 'held-too-long'],
  ['+499 %', SLOW, time(flat(599, 60)), 300, 'fire', 'held-too-long'],
  ['+500 %', SLOW, time(flat(600, 60)), 30, 'fire', 'far-above'],
  ['a sawtooth around +200 %', SLOW, time(saw(299, 300, 90)), null, 'holding', 'not-steady'],
  ['a sawtooth around +500 %', SLOW, time(saw(599, 601, 60)), 45, 'fire', 'far-above'],
  ['+200 % that becomes +300 % keeps what was served', SLOW, time([...flat(300, 25), ...flat(400, 20)]), 405, 'fire', 'held-too-long'],
  ['a spike to +900 % in one window', SLOW, time([...flat(100, 10), 1000, 1000, ...flat(100, 10)]), null, 'clear', 'within-bounds'],
  ['+900 % of few requests', SLOW, time(flat(1000, 12), { n: 3 }), null, 'holding', 'hold-not-over'],
  // Outage
  ['no success for two minutes', OUTAGE, probe(flat(0, 9)), null, 'holding', 'hold-not-over'],
  ['no success for longer', OUTAGE, probe(flat(0, 20)), 135, 'fire', 'held-too-long'],
  ['one success in between', OUTAGE, probe([...flat(0, 8), 1, ...flat(0, 8)]), null, 'holding', 'hold-not-over'],
  ['one probe in three succeeds', OUTAGE, probe(flat(0.333, 40)), null, 'clear', 'within-bounds'],
  ['one vantage point only', OUTAGE, probe(flat(0, 20), { n: 1 }), null, 'inconclusive', 'too-little-evidence'],
  ['one vantage point with many attempts', OUTAGE, probe(flat(0, 20), { n: 10 }), 135, 'fire', 'held-too-long'],
  ['one reading is missing', OUTAGE, probe([...flat(0, 5), null, ...flat(0, 8)]), 135, 'fire', 'held-too-long'],
  ['two readings are missing', OUTAGE, probe([...flat(0, 5), null, null, ...flat(0, 5)]), null, 'holding', 'samples-missing'],
  [
    'every other reading is missing',
    OUTAGE,
    probe(Array.from({ length: 40 }, (_, index) => (index % 2 ? null : 0))),
    null,
    'holding',
    'samples-missing',
  ],
  // Cache
  ['the cache is away', CACHE, cache(flat(0, 30)), 315, 'fire', 'held-too-long'],
  [
    'the cache answers one time in five',
    CACHE,
    cache(Array.from({ length: 60 }, (_, index) => (index % 5 ? 0 : 1))),
    null,
    'holding',
    'not-steady',
  ],
  ['the cache is back', CACHE, cache([...flat(0, 18), ...flat(1, 8)]), null, 'clear', 'within-bounds'],
  // One of many
  ['one portal fails', PORTALS, both(flat(0, 50), flat(1, 50)), 615, 'fire', 'held-too-long'],
  ['one portal fails for ten minutes', PORTALS, both(flat(0, 43), flat(1, 43)), null, 'holding', 'hold-not-over'],
  ['both portals fail', PORTALS, both(flat(0, 60), flat(0, 60)), null, 'holding', 'all-fail'],
  ['nobody knows how the other is', PORTALS, both(flat(0, 60), [...flat(1, 3), ...flat(null, 57)]), null, 'holding', 'all-fail'],
  ['the failing one is silent', PORTALS, both([...flat(0, 20), ...flat(null, 60)], flat(1, 80)), null, 'inconclusive', 'blind'],
];

test.each(TABLE)('%s', (_, when, arrivals, seconds, verdict, reason) => {
  const told = tell(when, arrivals);
  expect({ seconds: firesAfter(told, when), last: told.at(-1)?.judgement }).toMatchObject({ seconds, last: { verdict, reason } });
});

test('without a baseline nothing is judged by response times, however slow it is', () => {
  const told = tell(SLOW, time(flat(60_000, 60)), null);
  expect(told.every(({ judgement }) => judgement.reason === 'no-baseline')).toBe(true);
});

test('six times as slow is nothing where that is hardly anything', () => {
  const when = rule({ kind: 'response-time', metric: 'response_time', 'at-once': {} });
  const told = tell(when, time(flat(320, 20)), { value: 50, how: 'same-hour' });
  expect(told.at(-1)?.judgement).toMatchObject({ verdict: 'clear', figures: { now: 320, start: 50 } });
  expect(firesAfter(tell(when, time(flat(560, 20)), { value: 50, how: 'same-hour' }), when)).toBe(30);
});

test('an answer that takes too long is none, where the rule says so', () => {
  const when = rule({ kind: 'unavailable', metric: 'cache_available', slow: { metric: 'cache_time', above: '1s' } });
  const after = (ms: number) =>
    tell(
      when,
      [...row('cache_time', flat(ms, 30)), ...cache(flat(1, 30))].toSorted((a, b) => a.comesAt - b.comesAt),
    );
  expect(after(1000).at(-1)?.judgement.verdict).toBe('clear');
  expect(firesAfter(after(1001), when)).toBe(315);
});

const STEADY = rate(flat(0.07, 25));
const PLAIN = tell(BAND, STEADY).map(({ judgement }) => judgement);

test('samples that come twice count once', () => {
  const told = tell(
    BAND,
    STEADY.flatMap((each) => [each, each]),
  );
  expect(told.filter((_, index) => index % 2 === 1).map(({ judgement }) => judgement)).toEqual(PLAIN);
});

test('samples that come out of order within the watermark change no answer', () => {
  const swapped = STEADY.map((arrival, index) => ({
    ...arrival,
    ...bodyOf(STEADY[index % 3 === 2 ? index - 1 : index % 3 === 1 ? index + 1 : index] ?? arrival),
  }));
  expect(firesAfter(tell(BAND, swapped), BAND)).toBe(firesAfter(tell(BAND, STEADY), BAND));
  expect(tell(BAND, swapped).at(-1)?.judgement).toEqual(PLAIN.at(-1));
});

test.each([
  ['ahead', 600_000],
  ['behind', -600_000],
])('a clock that is ten minutes %s for a minute starts nothing, and the hold goes on after it', (_, ms) => {
  const told = tell(
    BAND,
    rate(flat(0.07, 30)).map((arrival, index) => (index >= 10 && index < 14 ? { ...arrival, comesAt: arrival.comesAt + ms } : arrival)),
  );
  expect(told.slice(10, 14).map(({ judgement }) => judgement.verdict)).not.toContain('fire');
  expect(firesAfter(told, BAND)).toBe(375);
});

test('a reading of another clock moves nothing', () => {
  const odd: Arrival = { comesAt: 60_000, metric: 'error_rate', sample: { at: (BEGIN + 3_600_000) as Instant, value: 1, n: 9999 } };
  const told = tell(
    BAND,
    [...STEADY, odd].toSorted((a, b) => a.comesAt - b.comesAt),
  );
  expect(told.at(-1)?.judgement).toEqual(PLAIN.at(-1));
});

test('a bot that was paused judges by the time of the samples', () => {
  const paused = [...rate(flat(0.07, 10)), ...rate(flat(0.07, 3), { from: 3_600_000 })];
  expect(tell(BAND, paused).at(-1)?.judgement).toMatchObject({ verdict: 'holding', figures: { heldMs: 135_000 } });
});

test('the numbers of a trend are said', () => {
  expect(tell(BAND, rate(ramp(0.06, 0.08, 23))).at(-1)?.judgement.says).toMatchInlineSnapshot(
    `"The error rate was 5 % or more for 5 min and does not improve: it began at 6.3 % and is 7.8 %, +0.36 percentage points a minute, a rise of 29 %."`,
  );
  expect(tell(SLOW, time(flat(600, 12))).at(-1)?.judgement.says).toMatchInlineSnapshot(
    `"The response time is 600 ms, 6× the usual 100 ms (+500 %), in 2 windows of 30 s one after the other. From 6× on nobody waits."`,
  );
  expect(tell(AT_ONCE, rate(flat(0.2, 12))).at(-1)?.judgement.says).toMatchInlineSnapshot(
    `"The error rate is 20 % over 1 min (320 of 1600 requests), which is surely above 10 %."`,
  );
});

function withoutN(arrival: Arrival): Arrival {
  return 'sample' in arrival ? { ...arrival, sample: { at: arrival.sample.at, value: arrival.sample.value } } : arrival;
}

function bodyOf(arrival: Arrival): Partial<Arrival> {
  return 'sample' in arrival ? { sample: arrival.sample } : arrival;
}
