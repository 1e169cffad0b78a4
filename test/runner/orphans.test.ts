import { afterEach, expect, test } from 'vitest';
import { acting } from '../core/incident/cast.ts';
import { step } from '../core/incident/plans.ts';
import { openRunner } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

test('a process that not even SIGKILL ends keeps its step from running again while it lives', async () => {
  let alive = true;
  stage = await openRunner([step('clear')], {
    isAlive: () => alive,
    perform: async (_, watch) => {
      await watch.onProcess({ pgid: 4711, startedAt: 'then' });
      return { status: 'unknown', reason: 'timeout', says: 'It had not ended.' };
    },
  });
  await stage.runner.start();
  await expect.poll(async () => (await stage?.step('clear'))?.state).toMatchObject({ status: 'unknown', alive: true });
  const { state } = await stage.step('clear');
  if (state.status !== 'unknown') throw new Error('It should be unknown.');
  const again = { kind: 'settle', as: 'run-again', token: state.token, ...acting('omar') } as const;
  expect(await stage.runner.operations.act(again)).toMatchObject({ status: 'refused', refusal: 'still-running' });
  alive = false;
  await stage.clock.pass(1000);
  await expect.poll(async () => (await stage?.step('clear'))?.state).toMatchObject({ status: 'unknown', alive: false });
});
