import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import type { Json } from '../../../src/core/digest.ts';
import type { Window } from '../../../src/core/reading/port.ts';
import type { Sample } from '../../../src/core/trigger/sample.ts';
import type { PinnedRule } from '../../../src/core/trigger/rule.ts';
import { createBaselines } from '../../../src/runner/triggers/baselines.ts';
import type { BaselineParts } from '../../../src/runner/triggers/baselines.ts';
import { keepingLog } from '../../contracts/store/subject.ts';
import { trusted } from '../../core/trigger/scenes.ts';
import { createManualClock } from '../../slack/manual-clock.ts';
import { settings } from '../../slack/story.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function slow(baseline: object): PinnedRule {
  return trusted('propose', { when: { kind: 'response-time', metric: 'response_time', 'at-once': {}, baseline } });
}

/** A minute after the other, of so many requests each. */
function minutes({ from, to }: Pick<Window, 'from' | 'to'>, value: number, n = 200): readonly Sample[] {
  return Array.from({ length: (to - from) / 60_000 }, (_, index) => ({ at: (from + index * 60_000) as Instant, value, n }));
}

type Plot = {
  readonly source: 'prometheus' | 'http';
  readonly window?: (window: Window, now: Instant) => readonly Sample[] | { readonly why: string };
  readonly incident?: { readonly openedAt: Instant; readonly closedAt: Instant; readonly target: string };
  readonly changedAt?: Instant;
};

function open({ source, window = () => [], incident, changedAt }: Plot) {
  const clock = createManualClock();
  const facts = new Map<string, Json>();
  const asked: Window[] = [];
  const last: Sample[] = [];
  const state = incident && {
    ...incident,
    status: 'closed',
    drill: false,
    runs: [{ target: { name: incident.target } }],
  };
  const from = { prometheus: { url: 'http://p', query: 'q', samples: 's' }, http: { url: 'http://a', pointer: '/t', samples: '/n' } };
  const metric = { title: 'Response time', unit: 'ms', [source]: from[source] };
  const production = { deployables: { 'worker:api': { version: { http: 'http://v' } } } };
  const all = { ...settings, targets: { ...settings.targets, production }, metrics: { response_time: metric } };
  const release = { version: 'v1', since: changedAt, verified: null };
  const parts = {
    catalog: { settings: () => all },
    readings: {
      last: () => last,
      window: async (_place: unknown, each: Window) => {
        asked.push(each);
        return await Promise.resolve(window(each, clock.now()));
      },
    },
    store: {
      streams: async () => await Promise.resolve(state ? ['incident/x'] : []),
      load: async () => await Promise.resolve({ state }),
      getFact: async (name: string) => await Promise.resolve(facts.get(name) ?? null),
      setFact: async (name: string, value: Json) => await Promise.resolve(void facts.set(name, value)),
    },
    clock,
    log: keepingLog([]),
    known: () => (changedAt === undefined ? { status: 'none' } : { status: 'known', running: 'v1', releases: [release] }),
  } as unknown as BaselineParts;
  return { clock, asked, last, facts, baselines: createBaselines(parts) };
}

test('the same hour of the last days is asked of Prometheus, once for a while', async () => {
  const it = open({ source: 'prometheus', window: (each, now) => minutes(each, now - each.from < 2 * DAY ? 400 : 200) });
  const rule = slow({ history: '7d' });
  expect(it.baselines.of(rule)).toMatchObject({ baseline: null, unknown: expect.stringMatching(/is being read/) });
  await it.baselines.refresh(rule);
  await it.baselines.refresh(rule);
  expect(it.asked).toHaveLength(7);
  expect(it.baselines.of(rule)).toEqual({ baseline: { value: 200, how: 'same-hour' }, unknown: null });
  await it.clock.pass(11 * 60_000);
  await it.baselines.refresh(rule);
  await it.baselines.settled();
  expect(it.asked).toHaveLength(14);
});

test('a day on which an incident was open in that hour is not asked for', async () => {
  const now = createManualClock().now();
  const incident = { openedAt: (now - 2 * DAY - HOUR) as Instant, closedAt: (now - 2 * DAY) as Instant, target: 'production' };
  const window = (each: Window, at: Instant) => (at - each.from < 4 * DAY ? minutes(each, 200) : []);
  const three = open({ source: 'prometheus', window, incident });
  await three.baselines.refresh(slow({ history: '7d' }));
  expect([three.asked.length, three.baselines.of(slow({ history: '7d' }))]).toMatchObject([
    6,
    { baseline: null, unknown: expect.stringMatching(/this hour on 2 quiet days, and 3 with 20 minutes and 1000 requests/) },
  ]);
  const elsewhere = open({ source: 'prometheus', window, incident: { ...incident, target: 'staging' } });
  await elsewhere.baselines.refresh(slow({ history: '7d' }));
  expect(elsewhere.baselines.of(slow({ history: '7d' })).baseline).toMatchObject({ value: 200 });
});

test('where it can not be read, a constant is what is left, and else the reason', async () => {
  const it = open({ source: 'prometheus', window: () => ({ why: 'Prometheus does not answer.' }) });
  for (const rule of [slow({ history: '7d' }), slow({ history: '7d', constant: '300ms' })]) await it.baselines.refresh(rule);
  expect(it.baselines.of(slow({ history: '7d' }))).toEqual({
    baseline: null,
    unknown: 'Its history can not be read: Prometheus does not answer.',
  });
  expect(it.baselines.of(slow({ history: '7d', constant: '300ms' }))).toEqual({ baseline: { value: 300, how: 'constant' }, unknown: null });
});

test('without days there is the hour before the last deployment', async () => {
  const changedAt = (createManualClock().now() - 2 * HOUR) as Instant;
  const it = open({ source: 'prometheus', changedAt, window: (each) => (each.from > changedAt - 2 * HOUR ? minutes(each, 350) : []) });
  await it.baselines.refresh(slow({ history: '7d' }));
  expect(it.baselines.of(slow({ history: '7d' })).baseline).toEqual({ value: 350, how: 'before-deploy' });
});

test('of what remembers nothing the medians of hours are kept, and after three days they are enough', async () => {
  const it = open({ source: 'http' });
  const rule = slow({ history: '7d' });
  const known: (number | null)[] = [];
  for (let hours = 0; hours < 3 * 24 + 1; hours += 1) {
    const now = it.clock.now();
    it.last.splice(0, Infinity, ...minutes({ from: now, to: (now + HOUR) as Instant }, 250));
    await it.clock.pass(HOUR);
    await it.baselines.refresh(rule);
    await it.baselines.settled();
    known.push(it.baselines.of(rule).baseline?.value ?? null);
  }
  expect(it.asked).toEqual([]);
  expect([known[48], known.at(-1)]).toEqual([null, 250]);
});

test('a rule without a history goes by its constant alone, and others need none', async () => {
  const it = open({ source: 'prometheus' });
  await it.baselines.refresh(slow({ constant: '300ms' }));
  expect(it.asked).toEqual([]);
  expect(it.baselines.of(slow({ constant: '300ms' }))).toEqual({ baseline: { value: 300, how: 'constant' }, unknown: null });
  expect(it.baselines.of(slow({}))).toEqual({ baseline: null, unknown: null });
  expect(it.baselines.of(trusted('propose'))).toEqual({ baseline: null, unknown: null });
});

test('hours that were kept in a form that nobody can read are no hours, and are kept anew', async () => {
  const it = open({ source: 'http' });
  const rule = slow({ history: '7d' });
  const name = `hours ${rule.target}/response_time`;
  it.facts.set(name, [{ at: 'yesterday', median: 200, minutes: 60, requests: 12_000 }]);
  const to = Math.floor(it.clock.now() / HOUR) * HOUR;
  it.last.push(...minutes({ from: (to - HOUR) as Instant, to: to as Instant }, 300));
  await it.baselines.refresh(rule);
  expect(it.baselines.of(rule)).toMatchObject({ baseline: null });
  expect(it.facts.get(name)).toEqual([{ at: to - HOUR, median: 300, minutes: 60, requests: expect.any(Number) }]);
});
