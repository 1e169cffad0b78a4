import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { clearWarmed, restorePolicy, stopWarming } from './repairs.ts';
import { ask, freshSandbox, PATIENCE_MS, until, untilHealthy } from './sandboxes.ts';

/** The checklist of the old document, each item as a question with a number behind it. */
const CHECKLIST: Readonly<Record<string, (sandbox: Sandbox) => Promise<boolean>>> = {
  'cache hit rate is above 60 %': async (sandbox) => Number((await ask(sandbox, 'health/cache')).body.hit_rate) > 0.6,
  'no cache errors': async (sandbox) => (await ask(sandbox, 'logs?level=error')).body.count === 0,
  'response times are acceptable': async (sandbox) => Number((await ask(sandbox, 'metrics')).body.response_time_p95_ms) < 1000,
  'memory is within limits': async (sandbox) => {
    const { body } = await ask(sandbox, 'health/cache');
    return Number(body.memory_bytes) < Number(body.memory_limit_bytes);
  },
};

// In this order: first it is looked at as it is, then it is repaired, and then it breaks again.
describe('the broken production', { shuffle: false }, () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await freshSandbox();
  }, PATIENCE_MS);
  afterAll(() => sandbox.close());

  test('says that it is unhealthy, and why', async () => {
    const { status, body } = await ask(sandbox, 'health');
    expect(status).toBe(503);
    expect(body.reasons).toEqual([
      expect.stringMatching(/^\d+ % of all requests fail\.$/),
      expect.stringMatching(/^Only \d+ % of all requests are answered by the cache\.$/),
      expect.stringMatching(/^The slowest twentieth of the requests takes \d+ ms or more\.$/),
      expect.stringMatching(/^The cache uses \d\.\d MiB of its \d\.\d MiB\.$/),
    ]);
  });

  test.each(Object.keys(CHECKLIST))('fails the checklist item "%s", so that the item can tell', async (item) => {
    expect(await CHECKLIST[item]?.(sandbox)).toBe(false);
  });

  test('passes the whole checklist once all three parts of the repair are done', { timeout: PATIENCE_MS }, async () => {
    await stopWarming(sandbox);
    await clearWarmed(sandbox);
    await restorePolicy(sandbox);
    await untilHealthy(sandbox);
    for (const [item, holds] of Object.entries(CHECKLIST)) await until(async () => (await holds(sandbox)) && item);
    expect((await ask(sandbox, 'health')).status).toBe(200);
  });

  test('breaks again in the same way', { timeout: PATIENCE_MS }, async () => {
    await sandbox.break();
    expect((await sandbox.health()).reasons).toHaveLength(4);
  });
});
