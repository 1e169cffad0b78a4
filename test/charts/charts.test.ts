import { expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import { chartPng } from '../../src/charts/png.ts';
import { drawChart } from '../../src/charts/svg.ts';
import type { Chart, Series } from '../../src/core/chart.ts';

const START = Date.UTC(2026, 10, 24, 3, 0, 0);
const at = (seconds: number): Instant => (START + seconds * 1000) as Instant;
const points = (...values: readonly (number | null)[]): Series['points'] =>
  values.flatMap((value, index) => (value === null ? [] : [{ at: at(index * 60), value }]));
const errorRate = (...values: readonly (number | null)[]): Series => ({ name: 'error rate', points: points(...values), gapMs: 90_000 });

const CHART: Chart = {
  title: 'Error rate on production',
  say: (value) => `${(value * 100).toFixed(1)} %`,
  series: [errorRate(0.01, 0.01, 0.06, 0.08, null, null, 0.09, 0.02, 0.01)],
  limits: [{ value: 0.05, label: 'watched from 5 %' }],
  marks: [
    { at: at(420), label: 'finished' },
    { at: at(120), label: 'detected' },
    { at: at(150), label: 'started' },
  ],
};

test('a chart with a gap, a limit and moments', async () => {
  await expect(drawChart(CHART)).toMatchFileSnapshot('../golden/charts/error-rate.svg');
});

test('two lines have a legend', async () => {
  const second = { ...errorRate(0.02, 0.03, 0.02), name: 'last week' };
  await expect(drawChart({ ...CHART, series: [...CHART.series, second] })).toMatchFileSnapshot('../golden/charts/two-lines.svg');
});

test('nothing is drawn where nothing was read', () => {
  const pieces = drawChart(CHART).match(/<path d="[^"]*"/g) ?? [];
  expect(pieces).toHaveLength(2);
  expect(pieces.every((piece) => !piece.includes('NaN'))).toBe(true);
});

test.each([
  ['no series', { ...CHART, series: [] }],
  ['a series without readings', { ...CHART, series: [errorRate()] }],
])('%s is said in words', (_what, chart) => {
  expect(drawChart(chart)).toContain('No reading was to be had.');
});

test.each([
  ['one reading', [0.05]],
  ['readings of nought alone', [0, 0, 0]],
  ['negative readings', [-3, -1, -2]],
  ['huge readings', [1e12, 3e12]],
])('%s can be drawn', (_what, values) => {
  const svg = drawChart({ ...CHART, series: [errorRate(...values)] });
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('words from outside stay words', () => {
  const svg = drawChart({ ...CHART, title: '</text><script>&"\u0000\uD800', limits: [{ value: 1, label: '<b>' }] });
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&amp;&quot;</text>');
  expect(svg).not.toContain('<b>');
});

test('the picture is a PNG of twice the size, with words in it', () => {
  const png = chartPng(CHART);
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1800, 720]);
  expect(chartPng({ ...CHART, title: '' }).equals(png)).toBe(false);
});
