import { expect, test } from 'vitest';
import { drawChart } from '../../src/charts/svg.ts';
import type { Instant } from '../../src/core/brand.ts';
import type { Chart } from '../../src/core/chart.ts';
import { chartOf } from '../../src/core/trigger/chart.ts';
import { judgementNow } from '../../src/core/trigger/judge.ts';
import type { PinnedRule } from '../../src/core/trigger/rule.ts';
import type { Sample } from '../../src/core/trigger/sample.ts';
import type { Watch } from '../../src/core/trigger/state.ts';
import { reported, Stage, trusted } from '../core/trigger/scenes.ts';
import { METRICS, RULES, sampleStages, watchIn } from '../slack/trigger-samples.ts';

const START = Date.UTC(2026, 10, 24, 3, 0, 0);
const at = (seconds: number): Instant => (START + seconds * 1000) as Instant;
const known = { metrics: METRICS };

function samples(...values: readonly (number | null)[]): readonly Sample[] {
  return values.flatMap((value, index) => (value === null ? [] : [{ at: at(index * 15), value }]));
}

/** A watch of one of the rules, which has seen this. */
function watched(name: string, readings: Readonly<Record<string, readonly Sample[]>>, more: Partial<Watch> = {}): Watch {
  const rule = RULES.find((each) => each.name === name) as PinnedRule;
  const series = Object.entries(readings).map(([metric, each]) => [metric, { samples: each, gap: null, missed: 0 }] as const);
  const nothing = {
    baseline: null,
    judgement: null,
    firedAt: null,
    reported: null,
    elsewhere: null,
    wanted: null,
    contained: null,
  } as const;
  const ask = { is: 'nothing' } as const;
  return { id: 'w1', rule, ask, ...nothing, readings: Object.fromEntries(series), beganAt: at(60), wroteAt: at(120), ...more };
}

function chart(watch: Watch): Chart {
  const found = chartOf(watch, known);
  if (!found) throw new Error('There is no chart.');
  return found;
}

const slow = watched(
  'slow',
  { response_time: samples(120, 130, 118, 390, 420, 450, 520, 880, 910, 870) },
  { baseline: { value: 120, how: 'constant' }, firedAt: at(120) },
);
const portals = watched('portals', {
  portal_investor: samples(1, 1, 0, 0, null, null, null, null, 0, 0),
  portal_creator: samples(1, 1, 1, 1, 1),
});

test.each([
  ['watch-error-rate', watchIn(sampleStages.started)],
  ['watch-response-time', slow],
  ['watch-portals', portals],
])('%s', async (name, watch) => {
  await expect(drawChart(chart(watch))).toMatchFileSnapshot(`../golden/charts/${name}.svg`);
});

test('moments that lie together are one', () => {
  expect(chart(watchIn(sampleStages.started)).marks.map(({ label }) => label)).toEqual(['began, fired', 'started']);
  expect(chart(slow).marks.map(({ label }) => label)).toEqual(['began', 'fired']);
});

test('without a baseline nobody knows where a slow answer begins', () => {
  expect(chart({ ...slow, baseline: null }).limits).toEqual([]);
});

test('at once is from whichever of its two edges is further away', () => {
  expect([50, 200].map(farEdge)).toEqual([550, 1200]);
});

test('a metric that rollbot.yml has no more is drawn as what its rule takes it for', () => {
  expect(chartOf(slow, {})?.say(0.5)).toBe('0.5 ms');
  expect(chartOf(watchIn(sampleStages.started), {})?.say(0.5)).toBe('50 %');
});

test('yes and no are said, and nothing between them', () => {
  expect([0, 0.2, 1].map(chart(portals).say)).toEqual(['no', '', 'yes']);
});

test('a rule that goes by no metric of its name is drawn empty', () => {
  expect(chart({ ...slow, readings: {} }).series).toMatchObject([{ name: 'Response time', points: [] }]);
});

test('what was only reported has no chart', () => {
  const stage = new Stage(reported());
  stage.report();
  expect(chartOf(watchIn(stage), known)).toBeNull();
});

test('a watch is shown by what was read since it was judged, while that makes no difference to the verdict', () => {
  const stage = new Stage(trusted('propose'));
  stage.read(0.01, ...Array.from({ length: 14 }, () => 0.07));
  const watch = watchIn(stage);
  const [stored, now] = [watch.judgement?.figures.heldMs ?? 0, judgementNow(watch)?.figures.heldMs ?? 0];
  expect(now).toBeGreaterThan(stored);
  const other = { verdict: 'fire', reason: 'far-above', says: 'It was.', figures: {}, metric: null, readings: [] } as const;
  expect(judgementNow({ ...watch, judgement: other })).toBe(other);
});

/** Where a response time fires at once, by what is usual. */
function farEdge(value: number): number | undefined {
  return chart({ ...slow, baseline: { value, how: 'constant' } }).limits.at(-1)?.value;
}
