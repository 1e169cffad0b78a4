import { describe, expect, test } from 'vitest';
import { chartPng } from '../../../src/charts/png.ts';
import { drawPanels } from '../../../src/charts/panels.ts';
import { renderReport, templateOf } from '../../../src/core/report/index.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { phasesOf } from '../../../src/core/report/phases.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { RunId } from '../../../src/core/brand.ts';
import { MORNING, NIGHT } from './night.ts';

const SECOND = 'r5second' as RunId;
const SECOND_AFTER_MS = 310_000;

/** The night again, but that its first run was stopped, and a second one was started after four minutes. */
const TWICE = twice();

function twice(): readonly IncidentEvent[] {
  const closed = NIGHT.findIndex(({ type }) => type === 'incident-closed');
  const again = NIGHT.filter((event) => 'run' in event && event.type !== 'metrics-sampled').map(
    (event) => ({ ...later(event), run: SECOND }) as IncidentEvent,
  );
  const first = NIGHT.slice(0, closed).map((event) => (event.type === 'run-finished' ? { ...event, outcome: 'stopped' as const } : event));
  return [...first, ...again, ...NIGHT.slice(closed).map(later)];
}

function later(event: IncidentEvent): IncidentEvent {
  return { ...event, at: (event.at + SECOND_AFTER_MS) as typeof event.at };
}

function shortOf(events: readonly IncidentEvent[]): string {
  const { markdown } = renderReport(events);
  return markdown.slice(markdown.indexOf('## In Short'), markdown.indexOf('## 🔴 Left open'));
}

function asDrill(event: IncidentEvent): IncidentEvent {
  return event.type === 'incident-opened' ? { ...event, drill: true } : event;
}

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

  test('as the second template had it, to the byte', async () => {
    await expect(renderReport(NIGHT, 2).markdown).toMatchFileSnapshot(`${GOLDEN}/night-second-template.md`);
    await expect(renderReport(MORNING, 2).json).toMatchFileSnapshot(`${GOLDEN}/morning-second-template.json`);
  });

  test('with a second run after the first had been stopped, each with where its time went', async () => {
    const { markdown, json } = renderReport(TWICE);
    const short = markdown.slice(markdown.indexOf('## In Short'), markdown.indexOf('### What happened'));
    await expect(short).toMatchFileSnapshot(`${GOLDEN}/twice.md`);
    const { runs } = JSON.parse(json ?? '') as { runs: { phases: { name: string; tookMs: number }[] }[] };
    expect(runs.map(({ phases }) => phases.map(({ tookMs }) => tookMs))).toEqual([
      [56_000, 45_000, 10_000, 27_000],
      [228_000, 45_000, 10_000, 27_000],
    ]);
    expect(renderReport(TWICE, 2).markdown).toContain('| decide | 56 s |');
  });

  test('says in short what is open, and what was practice', () => {
    expect(shortOf(MORNING)).toContain('- The root cause is known (below); one thing was left open when it was closed.');
    const practised = shortOf(NIGHT.map(asDrill));
    expect(practised).toContain('- This was a drill.');
    expect(practised).not.toContain('The business was sent');
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
    const second: IncidentEvent = { ...old, template: 2 };
    expect(templateOf(NIGHT)).toBe(3);
    expect(templateOf([...NIGHT, old])).toBe(1);
    expect(templateOf([...NIGHT, second])).toBe(2);
    expect(templateOf([...NIGHT, { ...old, template: 3 }])).toBe(3);
    expect(renderReport([...NIGHT, old], 1).markdown).toBe(renderReport(NIGHT, 1).markdown);
    expect(templateOf(MORNING)).toBe(3);
    expect(templateOf([...NIGHT, old, ...MORNING.slice(-1)])).toBe(3);
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
