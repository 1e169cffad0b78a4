import { expect, test } from 'vitest';
import { freshSandbox, untilHealthy } from '../demo/sandbox/sandboxes.ts';

/** Longer than the basic cache keeps anything, so that all of it has been fetched again once. */
const ROUND_MS = 50_000;

test('a shop that has been repaired stays healthy while its cache renews itself', async () => {
  const sandbox = await freshSandbox({ windowMs: 2000, perSecond: 100 });
  try {
    await sandbox.repairNaively();
    await untilHealthy(sandbox);
    const end = performance.now() + ROUND_MS;
    while (performance.now() < end) {
      expect(await sandbox.health()).toEqual({ status: 'healthy', reasons: [] });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await sandbox.close();
  }
});
