import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { acting } from '../core/incident/cast.ts';
import { step } from '../core/incident/plans.ts';
import { RUN } from '../core/incident/stage.ts';
import { OK, openRunner } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

/** A disk that is full as long as `isFull` says so for these events. */
function onFullDisk(isFull: (types: readonly string[]) => boolean): (store: Store) => Store {
  return (store) => ({
    ...store,
    async append(writes, claims, now) {
      if (isFull(writes.flatMap(({ facts }) => facts.map(({ type }) => type)))) throw new Error('The disk is full.');
      return await store.append(writes, claims, now);
    },
  });
}

describe('a disk that is full after the effect', () => {
  test.each([
    ['a result', OK, 'finished'],
    ['that nobody knows the result', { status: 'unknown', reason: 'timeout', says: 'no answer' } as const, 'unknown'],
  ])('does not take %s away: it is written as soon as there is room', async (_, answer, status) => {
    let full = true;
    const wrapStore = onFullDisk((types) => full && types.some((type) => type === 'step-finished' || type === 'step-unknown'));
    stage = await openRunner([step('clear')], { perform: async () => await Promise.resolve(answer), wrapStore });
    await stage.runner.start();
    await expect.poll(() => stage?.log).toContain('could not record how a step ended, and will try again');
    expect((await stage.step('clear')).state.status).toBe('intended');
    full = false;
    await stage.clock.pass(60_000);
    await expect.poll(async () => (await stage?.step('clear'))?.state.status).toBe(status);
    expect(stage.performed).toHaveLength(1);
  });

  test('does not keep the bot from stopping', async () => {
    const wrapStore = onFullDisk((types) => types.includes('step-finished'));
    stage = await openRunner([step('clear')], { wrapStore });
    await stage.runner.start();
    await expect.poll(() => stage?.log).toContain('could not record how a step ended, and will try again');
    await stage.runner.operations.act({ kind: 'stop-run', run: RUN, reason: null, ...acting('dana') });
    const stopped = stage.runner.stop(1000);
    await stage.clock.pass(1000);
    await stopped;
    expect((await stage.step('clear')).state.status).toBe('intended');
  });
});

test('a step of which the journal can not be asked has failed, and did nothing', async () => {
  let broken = false;
  const wrapStore = (store: Store): Store => ({
    ...store,
    async load(stream) {
      if (broken) throw new Error('The disk can not be read.');
      return await store.load(stream);
    },
    async append(writes, claims, now) {
      const result = await store.append(writes, claims, now);
      broken = writes.some(({ facts }) => facts.some(({ type }) => type === 'step-intended'));
      return result;
    },
  });
  stage = await openRunner([step('clear')], { wrapStore });
  await stage.runner.start();
  await expect.poll(() => stage?.log).toContain('could not record how a step ended, and will try again');
  broken = false;
  await stage.clock.pass(60_000);
  await expect.poll(async () => (await stage?.run())?.progress).toMatchObject({ status: 'held', why: 'failed' });
  expect(stage.performed).toEqual([]);
});
