import { afterEach, expect, test } from 'vitest';
import { step } from '../core/incident/plans.ts';
import { openRunner } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

const action = { kind: 'run', argv: ['tool'], exit: [0] } as const;
const missing = { kind: 'run', argv: ['tool', '${steps.before.commit}'], exit: [0] } as const;
const SAYS = /\$\{steps\.before\.commit\} has no value, because that step has not given it/;

test('a step whose expectation has no value has failed before it could do anything', async () => {
  const probe = { action, expect: { equals: '${steps.before.commit}' } };
  stage = await openRunner([step('before'), step('clear', { after: ['before'], probe })]);
  await stage.runner.start();
  await expect.poll(async () => (await stage?.run())?.progress).toMatchObject({ status: 'held', step: 'clear', why: 'failed' });
  expect((await stage.step('clear')).state).toMatchObject({ result: { outcome: 'failed', says: expect.stringMatching(SAYS) } });
  expect(stage.performed.map((request) => request.step)).toEqual(['before']);
});

test('a check without a value can not tell, so its step has failed', async () => {
  stage = await openRunner([step('before'), step('clear', { after: ['before'], check: { action: missing } })]);
  await stage.runner.start();
  await expect.poll(async () => (await stage?.run())?.progress).toMatchObject({ status: 'held', step: 'clear', why: 'failed' });
  expect((await stage.step('clear')).state).toMatchObject({ result: { says: expect.stringMatching(SAYS) } });
});
