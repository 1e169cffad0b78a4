import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { acting } from '../core/incident/cast.ts';
import { reads, step } from '../core/incident/plans.ts';
import { openRunner, STREAM } from './stage.ts';
import type { RunnerStage } from './stage.ts';

let stage: RunnerStage | null = null;
afterEach(async () => await stage?.close());

/** A journal that writes the first event of this type, and then says that it has not. */
function losingItsWord(type: string): (store: Store) => Store {
  let isLost = false;
  return (store) => ({
    ...store,
    async append(writes, claims, now) {
      const result = await store.append(writes, claims, now);
      if (isLost || !writes.some(({ facts }) => facts.some((fact) => fact.type === type))) return result;
      isLost = true;
      throw new Error('The disk did not answer.');
    },
  });
}

const PLAN = [step('clear', { approve: { by: ['devops-engineer'] } }), reads('well', 'verify', ['clear'])];

/** Whatever a person would do who looks at the card; answers whether the run is over. */
async function goOn({ runner: { operations }, clock, ...stands }: RunnerStage): Promise<string> {
  const { progress, steps } = await stands.run();
  if (progress.status === 'finished') return progress.outcome;
  for (const { state } of steps) {
    if (state.status === 'awaiting-approval') {
      const { token } = state.approval;
      await operations.note(STREAM, { kind: 'show-approval', token }).catch(() => undefined);
      await operations.act({ kind: 'approve', token, ...acting('omar') }).catch(() => undefined);
    }
    if (state.status === 'unknown') await operations.act({ kind: 'settle', token: state.token, as: 'happened', ...acting('omar') });
  }
  await clock.pass(20_000);
  return 'not over';
}

describe('the journal has written it, and says that it has not', () => {
  test.each([
    ['approval-given', 1],
    ['step-intended', 0],
    ['step-finished', 1],
    ['run-finished', 1],
  ])('%s: the run comes to its end, and nothing is done twice', async (type, times) => {
    stage = await openRunner(PLAN, { wrapStore: losingItsWord(type) });
    const { runner, performed } = stage;
    await runner.start();
    await expect.poll(async () => stage && (await goOn(stage)), { interval: 20 }).toBe('verified');
    expect(performed.filter(({ step: id }) => id === 'clear')).toHaveLength(times);
  });
});
