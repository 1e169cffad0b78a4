import { expect, test } from 'vitest';
import { drawChart } from '../../src/charts/svg.ts';
import { monthsChart, monthsOf } from '../../src/core/stats/months.ts';
import { earlier } from '../core/stats/scenes.ts';

test('time to recover by month, with days on its axis', async () => {
  const year = Array.from({ length: 48 }, (_, index) => earlier(index * 7, 20 + ((index * 13) % 50)));
  const chart = monthsChart(monthsOf(year));
  if (!chart) throw new Error('There is nothing to draw.');
  const svg = drawChart(chart);
  expect(svg).toMatch(/2026-0\d-01/);
  await expect(svg).toMatchFileSnapshot('../golden/charts/time-to-recover.svg');
});
