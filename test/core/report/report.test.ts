import { describe, expect, test } from 'vitest';
import { chartPng } from '../../../src/charts/png.ts';
import { drawPanels } from '../../../src/charts/panels.ts';
import { renderReport, templateOf } from '../../../src/core/report/index.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { phasesOf } from '../../../src/core/report/phases.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { MORNING, NIGHT } from './night.ts';

const GOLDEN = '../../golden/report';

describe('the report of a night with everything in it', () => {
  test('in Markdown, as it was closed and with what was found out', async () => {
    await expect(renderReport(NIGHT).markdown).toMatchFileSnapshot(`${GOLDEN}/night.md`);
    await expect(renderReport(MORNING).markdown).toMatchFileSnapshot(`${GOLDEN}/morning.md`);
  });

  test('the same as JSON', async () => {
    await expect(renderReport(MORNING).json).toMatchFileSnapshot(`${GOLDEN}/morning.json`);
  });

  test('as the first template had it, without what that knew nothing of', async () => {
    const first = renderReport(NIGHT, 1);
    await expect(first.markdown).toMatchFileSnapshot(`${GOLDEN}/night-first-template.md`);
    expect([first.json, first.pictures]).toEqual([null, []]);
  });

  test('has its chart beside it, with the moments in it', async () => {
    const [picture, ...more] = renderReport(NIGHT).pictures;
    expect(more).toEqual([]);
    expect(picture?.file).toBe('20261124-140000-cache-r4t8wz.png');
    expect(renderReport(NIGHT).markdown).toContain(`](${picture?.file})`);
    expect(picture?.chart.marks.map(({ label }) => label)).toEqual(['detected', 'started', 'approved, finished', 'verified']);
    await expect(drawPanels(picture!.chart)).toMatchFileSnapshot('../../golden/charts/run.svg');
    expect(chartPng(picture!.chart).subarray(1, 4).toString()).toBe('PNG');
  });

  test('that was written by the first template comes out of its journal as it was, until somebody says more', () => {
    const old: IncidentEvent = { type: 'report-written', file: 'r.md', digest: sha256('r'), at: NIGHT.at(-1)!.at };
    expect(templateOf(NIGHT)).toBe(2);
    expect(templateOf([...NIGHT, old])).toBe(1);
    expect(renderReport([...NIGHT, old], 1).markdown).toBe(renderReport(NIGHT, 1).markdown);
    expect(templateOf(MORNING)).toBe(2);
    expect(templateOf([...NIGHT, old, ...MORNING.slice(-1)])).toBe(2);
  });

  test('is the same however often it is rendered', () => {
    const [once, again] = [renderReport(MORNING), renderReport(structuredClone(MORNING))];
    expect([again.markdown, again.json]).toEqual([once.markdown, once.json]);
    expect(again.pictures.map(({ chart }) => drawPanels(chart))).toEqual(once.pictures.map(({ chart }) => drawPanels(chart)));
  });
});

test('the phases are told apart, and waiting is not counted as working', () => {
  const state = NIGHT.reduce(evolve, INITIAL);
  if (state.status === 'none') throw new Error('There is no incident.');
  const took = Object.fromEntries(phasesOf(state, NIGHT).map(({ name, tookMs }) => [name, tookMs === null ? null : tookMs / 1000]));
  expect(took).toEqual({ detect: 25, page: 99, acknowledge: 30, decide: 56, 'wait for approval': 45, execute: 10, verify: 27 });
});
