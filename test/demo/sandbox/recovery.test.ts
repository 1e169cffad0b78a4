import { expect, test } from 'vitest';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { clearWarmed, restorePolicy, stopWarming } from './repairs.ts';
import { ask, freshSandbox, PATIENCE_MS, until, untilHealthy } from './sandboxes.ts';

const WINDOWS = 3;
const WINDOW_REQUESTS = 60;

const PARTS = { stop: stopWarming, clear: clearWarmed, restore: restorePolicy } as const;
type Part = keyof typeof PARTS;

const [SLOW, FULL] = [/of all requests are answered by the cache/, /MiB of its/];

/** After each part of a repair, the reason why it is still unhealthy; `null` when it is not. Together these are all eight combinations of the parts. */
const ORDERS: readonly { readonly order: string; readonly parts: readonly (readonly [Part, RegExp | null])[] }[] = [
  {
    order: 'stop the jobs, clear the entries, restore the policy',
    parts: [
      ['stop', FULL],
      ['clear', SLOW],
      ['restore', null],
    ],
  },
  {
    order: 'restore the policy, stop the jobs, clear the entries',
    parts: [
      ['restore', FULL],
      ['stop', FULL],
      ['clear', null],
    ],
  },
  {
    order: 'clear the entries too early, so that they come back and have to be cleared again',
    parts: [
      ['clear', FULL],
      ['restore', FULL],
      ['stop', FULL],
      ['clear', null],
    ],
  },
];

test.concurrent.each(ORDERS)('it recovers only when nothing of it is missing: $order', { timeout: 2 * PATIENCE_MS }, async ({ parts }) => {
  const sandbox = await freshSandbox();
  try {
    expect((await unhealthyWindows(sandbox)).join(' ')).toMatch(FULL);
    for (const [part, becomes] of parts) {
      await PARTS[part](sandbox);
      const reasons = becomes === null ? await untilHealthy(sandbox) : await unhealthyWindows(sandbox);
      expect(reasons.join(' ')).toMatch(becomes ?? /^$/);
    }
  } finally {
    await sandbox.close();
  }
});

/** Watches for three whole windows, during which it must not look healthy even once; answers with the reasons at their end. */
async function unhealthyWindows(sandbox: Sandbox): Promise<readonly string[]> {
  const served = async () => Number((await ask(sandbox, 'metrics')).body.requests_since_start);
  const end = (await served()) + WINDOWS * WINDOW_REQUESTS;
  return until(async () => {
    const { status, reasons } = await sandbox.health();
    expect(status).toBe('unhealthy');
    return (await served()) >= end && reasons;
  });
}
