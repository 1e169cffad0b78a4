import { expect, test } from 'vitest';
import { notReached } from '../../../src/core/incident/outcome.ts';

type Parts = Parameters<typeof notReached>;
const OVER = { progress: { status: 'finished', outcome: 'stopped', at: 0 } } as unknown as Parts[0];
const GOING = { progress: { status: 'running' } } as unknown as Parts[0];

test.each<[string, string | null]>([
  ['pending', ''],
  ['awaiting-approval', 'not run: nobody had approved it when the run ended'],
  ['approved', 'not run: it was approved when the run ended'],
  ['asking', 'not answered'],
  ['unknown', null],
  ['finished', null],
  ['skipped', null],
])('an item that is %s when its run is over says so, and not what it waits for', (status, says) => {
  const step = { state: { status } } as unknown as Parts[1];
  expect(notReached(OVER, step)).toBe(says);
  expect(notReached(GOING, step)).toBeNull();
});
