import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearWarmed, restorePolicy, stopWarming, withRedis } from './repairs.ts';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { ask, crontabLines, freshSandbox, PATIENCE_MS, run, until, untilHealthy } from './sandboxes.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox();
}, PATIENCE_MS);
afterAll(() => sandbox.close());

describe('what a rollback must not lose', () => {
  test('the history is the same everywhere: good, somebody’s work, bad, somebody else’s work', async () => {
    const { stdout } = await run(sandbox, 'git', ['log', '--format=%an: %s', 'main']);
    expect(stdout.split('\n')).toEqual([
      'mina: Say whether a product is available',
      'omar: Warm the whole catalogue ahead of time',
      'dana: Say which currency a price is in',
      'omar: Serve products through a read-through cache',
    ]);
    expect(sandbox.commits).toEqual({
      good: await commitOf('main~3'),
      bad: await commitOf('main~1'),
      newest: await commitOf('main'),
    });
    expect(await commitOf('origin/main')).toBe(sandbox.commits.newest);
  });

  test('HEAD~1 would restore the very code that is broken', async () => {
    expect((await run(sandbox, 'git', ['diff', '--quiet', 'HEAD~1', '--', 'src/cache', 'scripts'])).exitCode).toBe(0);
    expect((await run(sandbox, 'git', ['diff', '--quiet', sandbox.commits.good, '--', 'src/cache', 'scripts'])).exitCode).toBe(1);
  });

  test('restoring two paths keeps the work of the others; going back as a whole loses it', async () => {
    const { stdout: lost } = await run(sandbox, 'git', ['diff', '--name-only', sandbox.commits.good, sandbox.commits.newest]);
    expect(lost.split('\n')).toEqual(['scripts/cache-warming.sh', 'src/cache/policy.ts', 'src/product-view.ts']);
    expect(await restorePolicy(sandbox)).toBe((await ask(sandbox, 'version')).body.version);
    // The requests that the broken code has left behind keep the database busy for another second.
    const { body } = await until(async () => {
      const answer = await ask(sandbox, 'products/1');
      return answer.status === 200 && answer;
    });
    expect(body).toEqual({
      id: 1,
      name: 'Kettle, small',
      price_cents: 860,
      currency: 'EUR',
      available: true,
    });
  });

  test('clearing the warmed entries keeps the sessions and the pages', async () => {
    await stopWarming(sandbox);
    await clearWarmed(sandbox);
    const pages = await until(() => withRedis(sandbox, async (redis) => (await redis.keys('page:*')).length > 20 && redis.keys('page:*')));
    await clearWarmed(sandbox);
    expect(await withRedis(sandbox, (redis) => redis.exists(...pages.slice(0, 10)))).toBe(10);
    expect(await sessions()).toBe(25);
  });
});

describe('the commands of the old document', () => {
  test('repair it when everything goes well, and log every customer out', { timeout: PATIENCE_MS }, async () => {
    await sandbox.break();
    expect(await sessions()).toBe(25);
    expect(await sandbox.repairNaively()).toBeGreaterThan(0);
    await untilHealthy(sandbox);
    expect(await sessions()).toBe(0);
    expect(await withRedis(sandbox, (redis) => redis.get('rollbot:marker'))).toBe(null);
    expect(await crontabLines(sandbox)).toHaveLength(2);
  });

  test('wipe the whole crontab when it can not be read', { timeout: PATIENCE_MS }, async () => {
    await sandbox.break();
    await sandbox.sabotage('crontab-unreadable');
    await sandbox.repairNaively();
    await sandbox.relent('crontab-unreadable');
    expect(await run(sandbox, 'crontab', ['-l'])).toMatchObject({ exitCode: 1, stderr: 'no crontab for sandbox' });
  });

  test('call a rollback done whose deployment failed', { timeout: PATIENCE_MS }, async () => {
    await sandbox.break();
    await sandbox.sabotage('deploy-fails');
    await sandbox.repairNaively();
    expect((await ask(sandbox, 'version')).body.version).toBe(sandbox.commits.newest);
  });
});

async function commitOf(ref: string): Promise<string> {
  return (await run(sandbox, 'git', ['rev-parse', ref])).stdout;
}

async function sessions(): Promise<number> {
  return (await withRedis(sandbox, (redis) => redis.keys('session:*'))).length;
}
