import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { patience } from '../../../src/demo/slack/clock.ts';

test('patience does not run out while the machine stands still', async () => {
  let isOver = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  patience(100, () => resolve(void (isOver = true)));
  const until = performance.now() + 300;
  while (performance.now() < until);
  await nextTurn();
  expect(isOver).toBe(false);
  // It keeps no process up by itself, so something else has to.
  const awake = setInterval(() => undefined, 1000);
  await promise;
  clearInterval(awake);
});

test('patience that is called off never runs out', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const callOff = patience(20, () => resolve('called off'));
  callOff();
  patience(40, () => resolve('the longer one'));
  expect(await promise).toBe('the longer one');
});
