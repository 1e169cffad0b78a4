import { expect, test } from 'vitest';
import type { Instant, RunId } from '../../../src/core/brand.ts';
import { renderReport } from '../../../src/core/report/render.ts';
import type { KeyReading } from '../../../src/core/reading/key-reading.ts';
import { acting, role } from './cast.ts';
import { step } from './plans.ts';
import { begin, conclude, createStage, end, perform, RUN } from './stage.ts';
import type { Stage } from './stage.ts';

const rate = (at: Instant, value: number): KeyReading => ({ metric: 'error_rate', title: 'Error rate', unit: 'ratio', at, value });
const silent = (at: Instant, why = 'Prometheus has nothing for it.'): KeyReading => ({
  metric: 'database_connections',
  title: 'Database connections in use',
  unit: 'ratio',
  at,
  why,
});
const connections = (at: Instant, value: number): KeyReading => ({
  metric: 'database_connections',
  title: 'Database connections in use',
  unit: 'ratio',
  at,
  value,
});
const note = (when: 'before' | 'after', ...readings: KeyReading[]) => ({ kind: 'note-metrics', run: RUN, when, readings }) as const;

function started(): Stage {
  const stage = createStage();
  stage.open();
  stage.start([step('clear', { effect: 'idempotent' })]);
  return stage;
}

test('what the metrics were before the first step and after the last is noted, each once', () => {
  const stage = started();
  stage.accept(note('before', rate(stage.now(), 0.072), silent(stage.now())));
  expect(stage.accept(note('before', rate(stage.now(), 0.5)))).toEqual([]);
  perform(stage, 'clear');
  conclude(stage);
  stage.accept(note('after', rate(stage.now(), 0.004)));
  expect(stage.accept(note('after', rate(stage.now(), 0.5)))).toEqual([]);
  expect(stage.run().metrics).toMatchObject({
    before: [{ value: 0.072 }, { why: expect.any(String) as string }],
    after: [{ value: 0.004 }],
  });
  expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'verified' });
});

test('what was read before a step acted counts also where the step was quicker, and what was read later does not', () => {
  const stage = started();
  const before = stage.wait(1000);
  stage.wait(1000);
  begin(stage, 'clear');
  const later = stage.wait(1000);
  expect(stage.refused(note('before', rate(later, 0.072)))).toBe('not-due');
  expect(stage.accept(note('before', rate(before, 0.072), silent(later)))).toMatchObject([{ readings: [{ value: 0.072 }] }]);
});

test('there is no after while the run goes on, long after its end, and once the incident is closed', () => {
  const stage = started();
  expect(stage.refused(note('after', rate(stage.now(), 0.004)))).toBe('not-due');
  perform(stage, 'clear');
  conclude(stage);
  expect(stage.refused(note('after', rate(stage.wait(5 * 60_000 + 1), 0.004)))).toBe('not-due');
  expect(stage.refused({ ...note('after'), run: 'r9' as RunId })).toBe('no-such-run');
  stage.accept({ kind: 'close-incident', reason: null, commanders: [role('lead-developer')], ...acting('dana') });
  expect(stage.refused(note('after', rate(stage.now(), 0.004)))).toBe('incident-closed');
});

test('the journal keeps no more of them than the settings allow', () => {
  const stage = started();
  const many = Array.from({ length: 50 }, () => rate(stage.now(), 1));
  expect(stage.accept(note('before', ...many))).toMatchObject([{ readings: { length: 6 } }]);
});

test('the report shows them side by side', async () => {
  const stage = started();
  stage.accept(note('before', rate(stage.wait(1000), 0.072), silent(stage.now(), 'Prometheus has nothing | for `it`.')));
  stage.wait(1000);
  begin(stage, 'clear');
  stage.wait(4000);
  end(stage, 'clear');
  conclude(stage);
  stage.accept(note('after', rate(stage.wait(1000), 0.004), connections(stage.now(), 0.45)));
  const report = renderReport(stage.events, 1).markdown;
  await expect(report).toMatchFileSnapshot('../../golden/report/key-metrics.md');
});

test('a report without any does not mention them', () => {
  const stage = started();
  perform(stage, 'clear');
  conclude(stage);
  expect(renderReport(stage.events).markdown).not.toContain('Key metrics');
});
