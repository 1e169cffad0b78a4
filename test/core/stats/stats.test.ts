import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { scoreAlerts, summariseAlerts } from '../../../src/core/stats/alerts.ts';
import { healthOf } from '../../../src/core/stats/health.ts';
import { monthsChart, monthsOf } from '../../../src/core/stats/months.ts';
import { recoveryOf } from '../../../src/core/stats/phases.ts';
import { alert, play, said } from '../alert/scenes.ts';
import { earlier, ended, MINUTE, ran, summary } from './scenes.ts';

describe('the way back', () => {
  test('is made of its phases, from the first sign to verified', () => {
    const recovery = recoveryOf(summary());
    expect(recovery?.totalMs).toBe(10 * MINUTE);
    expect(recovery?.phases).toEqual({
      detect: 2 * MINUTE,
      page: MINUTE,
      acknowledge: MINUTE,
      decide: MINUTE,
      wait: 2 * MINUTE,
      execute: 2 * MINUTE,
      verify: MINUTE,
    });
    expect(Object.values(recovery?.phases ?? {}).reduce<number>((sum, ms) => sum + (ms ?? 0), 0)).toBe(recovery?.totalMs);
  });

  test('that nobody was paged for goes from what was seen to the decision', () => {
    const recovery = recoveryOf(summary({ pagedAt: null, acknowledgedAt: null, beganAt: null }));
    expect(recovery).toMatchObject({ totalMs: 8 * MINUTE, phases: { detect: null, page: null, acknowledge: null, decide: 3 * MINUTE } });
  });

  test('counts no page that came after the start, and no answer before the page', () => {
    const late = summary({ pagedAt: (summary().runs[0]!.startedAt + MINUTE) as Instant });
    expect(recoveryOf(late)?.phases).toMatchObject({ page: null, acknowledge: null, decide: 3 * MINUTE });
  });

  test('is that of the last verified run, and none where there was none', () => {
    const failed = ran(ended('failed'));
    expect(recoveryOf(summary({ runs: [failed, ran({ run: 'r2' })] }))?.totalMs).toBe(10 * MINUTE);
    expect(recoveryOf(summary({ runs: [failed] }))).toBe(null);
    expect(recoveryOf(summary({ runs: [] }))).toBe(null);
  });
});

describe('months', () => {
  test('have the median of their recoveries, oldest first, without drills', () => {
    const all = [earlier(0, 10), earlier(1, 20), earlier(2, 60), earlier(30, 40), { ...earlier(3, 500), drill: true }];
    expect(monthsOf(all).map(({ month, recoveries, medianMs }) => [month, recoveries, medianMs / MINUTE])).toEqual([
      ['2026-10', 1, 40],
      ['2026-11', 3, 20],
    ]);
  });

  test('are the last twelve', () => {
    const years = Array.from({ length: 24 }, (_, index) => earlier(index * 30, 10));
    expect(monthsOf(years)).toHaveLength(12);
    expect(monthsOf(years).at(-1)?.month).toBe('2026-11');
  });

  test('can be drawn from two on', () => {
    expect(monthsChart(monthsOf([earlier(0, 10)]))).toBe(null);
    expect(monthsChart(monthsOf([earlier(0, 10), earlier(40, 30)]))?.series[0]?.points.map(({ value }) => value)).toEqual([30, 10]);
  });
});

describe('the health of a procedure', () => {
  const known = [
    { id: 'cache', estimate: '2m-3m' },
    { id: 'frontend', estimate: null },
  ];

  test('has its last run, its last drill, how all ended, and the median against the estimate', () => {
    const drill = { ...earlier(9, 30), drill: true };
    const [cache, frontend] = healthOf(known, [earlier(1, 10, ended('failed')), earlier(2, 10), earlier(0, 10, ended(null)), drill]);
    expect(cache).toMatchObject({
      runs: 3,
      outcomes: { failed: 1, verified: 1 },
      lastRun: { at: earlier(0, 10).runs[0]!.startedAt, outcome: null },
      lastDrill: { at: drill.runs[0]!.startedAt, outcome: 'verified' },
      medianMs: 3 * MINUTE,
      contradiction: null,
    });
    expect(frontend).toMatchObject({ runs: 0, outcomes: {}, lastRun: null, lastDrill: null, medianMs: null });
  });

  test('says so where the last runs contradict the estimate', () => {
    const slow = [1, 2, 3].map((days) => earlier(days, 30, { machineMs: 9 * MINUTE }));
    expect(healthOf(known, slow)[0]?.contradiction).toMatch(/took 9 min.*slower than the estimate of 2m-3m/);
    // Older ones are forgotten.
    const again = [4, 5, 6, 7, 8].map((days) => earlier(-days, 30));
    expect(healthOf(known, [...slow, ...again])[0]?.contradiction).toBe(null);
  });
});

test('alerts are counted over all that a group ever went through, and by source, so that the count only grows', () => {
  const episodes = [0, 20, 40, 60].flatMap((from) => [said(from, alert('api', from)), said(from + 1, alert('api', from, from + 1))]);
  const counts = episodes.map((_, index) => summariseAlerts(play(...episodes.slice(0, index + 1)).state)?.alerts);
  expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  const group = summariseAlerts(play(...episodes).state)!;
  expect(scoreAlerts([group, { ...group, source: 'grafana', alerts: 1 }, group])).toMatchObject({
    alerts: 9,
    bySource: { grafana: 1, prometheus: 8 },
  });
});
