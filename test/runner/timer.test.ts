import { afterEach, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { QUARTER_HOUR_MS, step } from '../core/incident/plans.ts';
import { openRunner, STREAM } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

test.each(['dueStreams', 'nextDueAt'] as const)('a journal that does not answer %s for a while stops no clock', async (method) => {
  let broken = false;
  const wrapStore = (store: Store): Store => ({
    ...store,
    [method]: async (now: Parameters<Store['dueStreams']>[0]) => {
      if (broken) throw new Error('The disk can not be read.');
      return await store[method](now);
    },
  });
  stage = await openRunner([step('clear', { approve: { by: ['devops-engineer'] } })], { wrapStore });
  await stage.runner.start();
  await expect.poll(async () => (await stage?.step('clear'))?.state.status).toBe('awaiting-approval');
  const { state } = await stage.step('clear');
  if (state.status !== 'awaiting-approval') throw new Error('It should wait.');
  await stage.runner.operations.note(STREAM, { kind: 'show-approval', token: state.approval.token });
  broken = true;
  await stage.clock.pass(5 * 60_000);
  broken = false;
  await stage.clock.pass(QUARTER_HOUR_MS);
  await expect.poll(async () => (await stage?.run())?.progress).toMatchObject({ status: 'finished', outcome: 'expired' });
});
