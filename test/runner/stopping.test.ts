import { afterEach, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { step } from '../core/incident/plans.ts';
import { OK, openRunner } from './stage.ts';
import type { Perform, RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

/** Acts until it is told to end. */
const untilTold: Perform = async (_, { signal }) => {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  return { status: 'unknown', reason: 'bot-stopped', says: 'ended' };
};

test('a step whose intent is written while the bot stops is ended like any other', async () => {
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: intended, resolve: sayIntended } = Promise.withResolvers<void>();
  const wrapStore = (store: Store): Store => ({
    ...store,
    async append(writes, claims, now) {
      const result = await store.append(writes, claims, now);
      if (writes.some(({ facts }) => facts.some(({ type }) => type === 'step-intended'))) {
        sayIntended();
        await mayGoOn;
      }
      return result;
    },
  });
  stage = await openRunner([step('clear')], { wrapStore, perform: untilTold });
  await stage.runner.start();
  await intended;
  const stopped = stage.runner.stop(3000);
  await stage.clock.pass(1);
  goOn();
  await expect.poll(() => stage?.performed).toHaveLength(1);
  await stage.clock.pass(3000);
  await stopped;
  expect((await stage.step('clear')).state).toMatchObject({ status: 'unknown', reason: 'bot-stopped' });
});

test('a check that is being asked is ended too, and says nothing about its step', async () => {
  let ended = 0;
  const check = { action: { kind: 'run', argv: ['look'], exit: [0] } } as const;
  stage = await openRunner([step('clear', { check })], {
    perform: async (request, watch) => {
      const answer = request.action.kind === 'run' && request.action.argv[0] === 'look' ? await untilTold(request, watch) : OK;
      ended += 1;
      return answer;
    },
  });
  await stage.runner.start();
  await expect.poll(() => stage?.performed).toHaveLength(1);
  const stopped = stage.runner.stop(3000);
  await stage.clock.pass(3000);
  await stopped;
  expect(ended).toBe(1);
  expect((await stage.step('clear')).state).toEqual({ status: 'pending', checked: false });
});
