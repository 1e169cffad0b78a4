import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reading } from '../../src/core/reading/reading.ts';
import { createPoller } from '../../src/readings/poller.ts';
import type { Poller } from '../../src/readings/poller.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import type { ManualClock } from '../slack/manual-clock.ts';

const ERRORS = { target: 'production', metric: 'error_rate' };
const TIMES = { target: 'production', metric: 'response_time' };

let clock: ManualClock;
let log: string[];
let poller: Poller;
/** When what was read, in milliseconds since the beginning. */
let read: { readonly metric: string; readonly atMs: number }[];
let answer: (metric: string) => Promise<Reading>;

beforeEach(() => {
  clock = createManualClock();
  log = [];
  read = [];
  answer = async () => await Promise.resolve(sample(read.length));
  poller = createPoller({
    clock,
    log: keepingLog(log),
    async read({ metric }) {
      read.push({ metric, atMs: clock.monotonicMs() });
      return await answer(metric);
    },
    everyMs: () => 15_000,
  });
});
afterEach(async () => await poller.stop());

const sample = (value: number): Reading => ({ at: clock.now(), value });
const timesOf = (metric: string): readonly number[] => read.filter((each) => each.metric === metric).map(({ atMs }) => atMs);

test('what somebody wants is read at its own pace, and not everything in the same instant', async () => {
  const heard: Reading[] = [];
  poller.subscribe(ERRORS, (reading) => heard.push(reading));
  poller.subscribe(TIMES, () => {});
  await clock.pass(31_000);
  expect(timesOf('error_rate')).toEqual([0, 15_000, 30_000]);
  expect(timesOf('response_time')).toEqual([137, 15_137, 30_137]);
  expect(heard).toHaveLength(3);
  expect(poller.last(ERRORS)).toEqual(heard);
});

test('nothing is read that nobody wants, and what two want is read once for both until the last has gone', async () => {
  await clock.pass(60_000);
  expect(read).toEqual([]);
  const heard: string[] = [];
  const first = poller.subscribe(ERRORS, () => heard.push('first'));
  const second = poller.subscribe(ERRORS, () => heard.push('second'));
  await clock.pass(0);
  first();
  await clock.pass(15_000);
  second();
  second();
  await clock.pass(60_000);
  expect(heard).toEqual(['first', 'second', 'second']);
  expect(read).toHaveLength(2);
  expect(poller.last(ERRORS)).toEqual([]);
});

test('one metric is never read twice at once, and a slow answer does not slow down the pace of what comes after it', async () => {
  const slow = Promise.withResolvers<Reading>();
  answer = async () => await slow.promise;
  poller.subscribe(ERRORS, () => {});
  await clock.pass(20_000);
  const asked = poller.now(ERRORS);
  await clock.pass(2000);
  expect(timesOf('error_rate')).toEqual([0]);
  answer = async () => await Promise.resolve(sample(2));
  slow.resolve(sample(1));
  expect(await asked).toMatchObject({ value: 2 });
  await clock.pass(0);
  expect(timesOf('error_rate')).toEqual([0, 22_000, 22_000]);
  await clock.pass(15_000);
  expect(timesOf('error_rate').at(-1)).toBe(37_000);
});

test('a gap is handed on like a number, and what breaks is a gap', async () => {
  const heard: Reading[] = [];
  const gap = { at: clock.now(), why: 'Prometheus has nothing.' };
  answer = async () => await Promise.resolve(gap);
  poller.subscribe(ERRORS, (reading) => heard.push(reading));
  await clock.pass(0);
  answer = async () => await Promise.reject(new Error('a bug'));
  await clock.pass(15_000);
  expect(heard).toEqual([gap, { at: clock.now(), why: 'Rollbot itself broke off while it was read.' }]);
  expect(log).toEqual([expect.stringContaining('a metric could not be read')]);
});

test('a listener that fails keeps nothing from the others', async () => {
  const heard: Reading[] = [];
  poller.subscribe(ERRORS, () => {
    throw new Error('a bug');
  });
  poller.subscribe(ERRORS, (reading) => heard.push(reading));
  await clock.pass(15_000);
  expect(heard).toHaveLength(2);
});

test('only the last ones are kept', async () => {
  poller.subscribe(ERRORS, () => {});
  await clock.pass(300 * 15_000);
  expect(poller.last(ERRORS)).toHaveLength(240);
  expect(poller.last(ERRORS).at(-1)).toEqual({ at: clock.now(), value: 301 });
});

test('once it is stopped nothing is read, whoever asks', async () => {
  poller.subscribe(ERRORS, () => {});
  await clock.pass(0);
  await poller.stop();
  poller.subscribe(TIMES, () => {});
  await clock.pass(60_000);
  expect(read).toHaveLength(1);
  expect(await poller.now(ERRORS)).toMatchObject({ why: 'Rollbot is being stopped, so nothing is read any more.' });
});
