import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import type { MetricPlace } from '../../src/core/reading/port.ts';
import type { Reading } from '../../src/core/reading/reading.ts';
import type { Settings } from '../../src/core/settings.ts';
import { step } from '../core/incident/plans.ts';
import { targetOf } from '../core/incident/plans.ts';
import { settings as bare } from '../slack/story.ts';
import { OK, openRunner } from './stage.ts';
import type { RunnerStage } from './stage.ts';

const TARGET = targetOf().name;
const metric = (title: string) => ({ title, unit: 'ratio', http: { url: 'http://a', pointer: '/x' } }) as const;
const SETTINGS: Settings = {
  ...bare,
  metrics: {
    error_rate: metric('Error rate'),
    hit_rate: metric('Hit rate'),
    elsewhere: { ...metric('Elsewhere'), targets: ['staging'] },
  },
  'key-metrics': ['error_rate', 'hit_rate', 'elsewhere'],
};

let stage: RunnerStage | null = null;
let value: number;
let read: string[];
let wanted: Set<string>;
let last: readonly Reading[];

beforeEach(() => {
  value = 0.072;
  read = [];
  wanted = new Set();
  last = [];
});
afterEach(async () => {
  await stage?.close();
  stage = null;
});

const readings = {
  async now({ target, metric: name }: MetricPlace): Promise<Reading> {
    read.push(`${target}/${name}`);
    const at = stage!.clock.now();
    return await Promise.resolve(name === 'hit_rate' ? { at, why: 'Nothing answers.' } : { at, value });
  },
  last: () => last,
  subscribe({ target, metric: name }: MetricPlace) {
    wanted.add(`${target}/${name}`);
    return () => void wanted.delete(`${target}/${name}`);
  },
  window: async () => await Promise.resolve([]),
};

test('a run has its key metrics read from its start to its end, and notes them before and after', async () => {
  const acting = Promise.withResolvers<void>();
  const perform = async () => {
    await acting.promise;
    return OK;
  };
  stage = await openRunner([step('clear', { effect: 'idempotent' })], { readings, settings: SETTINGS, perform });
  await stage.runner.start();
  await expect.poll(async () => (await stage!.run()).metrics.before).toHaveLength(2);
  expect([...wanted]).toEqual([`${TARGET}/error_rate`, `${TARGET}/hit_rate`]);
  value = 0.004;
  acting.resolve();
  await expect.poll(async () => (await stage!.run()).metrics.after).toHaveLength(2);
  const run = await stage.run();
  expect(run.metrics).toMatchObject({
    before: [
      { metric: 'error_rate', title: 'Error rate', value: 0.072 },
      { metric: 'hit_rate', why: 'Nothing answers.' },
    ],
    after: [{ value: 0.004 }, { why: 'Nothing answers.' }],
  });
  expect(run.progress).toMatchObject({ status: 'finished', outcome: 'verified' });
  await expect.poll(() => wanted).toEqual(new Set());
  expect(read).toHaveLength(4);
});

test('how they went is kept for the chart: thinned out, and without those that were never read', async () => {
  const points = Array.from({ length: 200 }, (_, index) => ({ at: (1000 * index) as Instant, value: index }));
  const window = async ({ metric: name }: MetricPlace) =>
    await Promise.resolve(name === 'error_rate' ? points : { why: 'Nothing is remembered.' });
  stage = await openRunner([step('clear', { effect: 'idempotent' })], { readings: { ...readings, window }, settings: SETTINGS });
  await stage.runner.start();
  await expect.poll(async () => (await stage!.run()).metrics.sampled).toMatchObject([{ metric: 'error_rate', points: { length: 40 } }]);
  const { sampled } = (await stage.run()).metrics;
  expect(sampled?.[0]?.points.at(-1)).toEqual({ at: 199_000, value: 199 });
});

test('what they are now is what was read last, until that is stale', async () => {
  stage = await openRunner([step('clear', { effect: 'idempotent' })], { readings, settings: SETTINGS });
  const run = await stage.run();
  expect(stage.runner.metricsOf(run)).toEqual([]);
  last = [{ at: stage.clock.now(), value: 0.031 }];
  expect(stage.runner.metricsOf(run)).toMatchObject([{ metric: 'error_rate', value: 0.031 }, { metric: 'hit_rate' }]);
  await stage.clock.pass(45_001);
  expect(stage.runner.metricsOf(run)).toMatchObject([{ why: 'Its newest number is 45 s old, and counts for 45 s.' }, {}]);
});

test('no run waits for a number that does not come, and none is noted once the bot has stopped', async () => {
  const hanging = Promise.withResolvers<Reading>();
  const slow = { ...readings, now: async () => await hanging.promise };
  stage = await openRunner([step('clear', { effect: 'idempotent' })], { readings: slow, settings: SETTINGS });
  await stage.runner.start();
  await expect.poll(async () => (await stage!.run()).progress).toMatchObject({ status: 'finished', outcome: 'verified' });
  const stopped = stage.runner.stop(0);
  hanging.resolve({ at: 0 as Instant, value: 1 });
  await stopped;
  expect((await stage.run()).metrics).toEqual({ before: null, after: null, sampled: null });
});

test('without key metrics nothing is read', async () => {
  stage = await openRunner([step('clear', { effect: 'idempotent' })], { readings });
  await stage.runner.start();
  await expect.poll(async () => (await stage!.run()).progress).toMatchObject({ status: 'finished' });
  expect(read).toEqual([]);
});
