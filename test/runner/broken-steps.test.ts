import { afterEach, expect, test } from 'vitest';
import { step } from '../core/incident/plans.ts';
import { openRunner, STREAM } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

test('what a broken step throws is not written down, because it went through no redactor', async () => {
  stage = await openRunner([step('clear')], { perform: () => Promise.reject(new Error('hunter22 is no expression')) });
  await stage.runner.start();
  await expect.poll(async () => (await stage?.step('clear'))?.state).toMatchObject({ status: 'unknown', reason: 'unclear' });
  expect(JSON.stringify(await stage.store.events(STREAM))).not.toContain('hunter22');
});
