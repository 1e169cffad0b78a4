import { afterEach, expect, test } from 'vitest';
import { step } from '../core/incident/plans.ts';
import { openRunner } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

const COULD_NOT = 'could not look after what an earlier process left in this stream, and will try again';

test('a stream that can not be read does not keep the bot from starting, and is looked at again', async () => {
  stage = await openRunner([step('clear')]);
  stage.meddle("update events set type = type || '!'");
  await stage.runner.start();
  expect(stage.log.filter((message) => message === COULD_NOT)).toHaveLength(1);
  expect(stage.performed).toEqual([]);
  await stage.clock.pass(60_000);
  await expect.poll(() => stage?.log.filter((message) => message === COULD_NOT)).toHaveLength(2);
  stage.meddle("update events set type = rtrim(type, '!')");
  await stage.clock.pass(60_000);
  await expect.poll(() => stage?.performed).toHaveLength(1);
});
