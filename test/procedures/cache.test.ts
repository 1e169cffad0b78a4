import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, ask, crontabLines, freshSandbox, run, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { withRedis } from '../demo/sandbox/repairs.ts';
import { createWalk, packagesIn, statuses, wrong } from './walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox();
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);

let runs = 0;
const walk = async (clear: 'prefix' | 'everything' = 'prefix', patienceMs?: number) => {
  runs += 1;
  return await createWalk(
    sandbox,
    { ref: sandbox.commits.good, clear },
    { run: `r${runs}`, ...(patienceMs !== undefined && { patienceMs }) },
  );
};
const version = async () => (await ask(sandbox, 'version')).body['version'];

beforeEach(async () => await sandbox.break(), PATIENCE_MS);

test(
  'each of the four readings of the checklist, and that of the version, fails against the broken version',
  { timeout: PATIENCE_MS },
  async () => {
    const verify = await (await walk('prefix', 1000)).phase('verify', { all: true });
    expect(statuses(verify)).toEqual({
      'verify.1': 'failed',
      'verify.2': 'failed',
      'verify.4': 'failed',
      'verify.5': 'failed',
      'verify.6': 'failed',
    });
  },
);

/** Where the main branch of the sandbox's origin stands. */
async function main(): Promise<string> {
  return (await run(sandbox, 'git', ['ls-remote', sandbox.origin, 'main'])).stdout;
}

test('it repairs the service, and a second run has nothing to do', { timeout: PATIENCE_MS * 2 }, async () => {
  const [first, others] = [await walk(), await crontabLines(sandbox)];
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({
    'stop-warming': 'ok',
    'let-jobs-end': 'ok',
    'clear-prefix': 'ok',
    'restore-code': 'ok',
    deploy: 'ok',
    publish: 'ok',
  });
  expect(packagesIn(first.outputs('restore-code')?.['worktree'])).toEqual(['serverless']);
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  expect(await crontabLines(sandbox)).toEqual(others.filter((line) => !line.includes('cache-warming')));
  expect((await run(sandbox, 'git', ['ls-remote', sandbox.origin, 'main'])).stdout).toContain(String(await version()));

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  const again = await second.phase('step');
  expect(again.filter(({ id }) => id !== 'let-jobs-end').map(({ status }) => status)).toEqual(
    Array.from({ length: 5 }, () => 'already-done'),
  );
  expect(wrong(await second.phase('verify'))).toEqual([]);
});

test('everything can be cleared, and the marker is put back so that the next run knows the cache', { timeout: PATIENCE_MS }, async () => {
  const everything = await walk('everything');
  await everything.phase('preflight');
  expect(statuses(await everything.phase('step'))).toMatchObject({ 'clear-everything': 'ok', 'mark-again': 'ok', deploy: 'ok' });
  expect(await withRedis(sandbox, async (redis) => await redis.exists('session:1'))).toBe(0);
  expect(wrong(await (await walk()).phase('preflight'))).toEqual([]);
});

describe('when something is not as it should be', () => {
  test('another Redis is recognised before anything is touched', { timeout: PATIENCE_MS }, async () => {
    await sandbox.sabotage('wrong-redis');
    expect(wrong(await (await walk()).phase('preflight'))).toMatchObject([{ id: 'preflight.1', status: 'failed' }]);
  });

  test('a crontab that can not be read is never written', { timeout: PATIENCE_MS }, async () => {
    const before = await crontabLines(sandbox);
    const it = await walk();
    await sandbox.sabotage('crontab-unreadable');
    expect(wrong(await it.phase('preflight', { all: true })).map(({ id }) => id)).toContain('preflight.6');
    expect(await it.check('stop-warming')).toMatchObject({ status: 'failed', exit: 2 });
    expect(await it.phase('step')).toMatchObject([{ id: 'stop-warming', status: 'failed' }]);
    expect(await it.undo('stop-warming')).toMatchObject({ status: 'failed' });
    await sandbox.relent('crontab-unreadable');
    expect(await crontabLines(sandbox)).toEqual(before);
  });

  test(
    'a job whose name the wait has in it as well is not taken for one at work, and one at work is',
    { timeout: PATIENCE_MS },
    async () => {
      const { stdout } = await run(sandbox, 'crontab', ['-l']);
      // Nothing on this machine is called like that, and yet it stands in the script that waits.
      await run(sandbox, 'crontab', ['-'], { input: `${stdout}\n*/5 * * * * cache-warming[ all\n` });
      const it = await walk('prefix', 8000);
      await it.phase('preflight');
      expect(await it.one('stop-warming')).toMatchObject({ status: 'ok' });
      await sandbox.quiet();
      expect(await it.one('let-jobs-end')).toMatchObject({ status: 'ok' });
      const job = execa('sleep', ['60'], { argv0: 'cache-warming[', reject: false });
      expect(await it.one('let-jobs-end')).toMatchObject({ status: 'failed', says: expect.stringContaining('cache-warming[ is at work') });
      job.kill();
      await job;
      expect(await it.one('let-jobs-end')).toMatchObject({ status: 'ok' });
    },
  );

  test('a rollout that somebody is in the middle of is not touched', { timeout: PATIENCE_MS }, async () => {
    const { stdout } = await run(sandbox, 'wrangler', ['versions', 'list', '--env', 'production', '--json']);
    const [older, newer] = (JSON.parse(stdout) as { id: string }[]).slice(-2).map(({ id }) => id);
    await run(sandbox, 'wrangler', ['versions', 'deploy', `${older}@10%`, `${newer}@90%`, '--env', 'production', '--yes']);
    expect(wrong(await (await walk()).phase('preflight'))).toMatchObject([{ id: 'serving', status: 'failed' }]);
  });

  test('main stays as it is until the restored version is deployed', { timeout: PATIENCE_MS }, async () => {
    const before = await main();
    const it = await walk();
    await it.phase('preflight');
    for (const id of ['stop-warming', 'let-jobs-end', 'clear-prefix', 'restore-code', 'deploy'])
      expect(wrong([await it.one(id)])).toEqual([]);
    expect(await main()).toBe(before);
    expect(await it.one('publish')).toMatchObject({ status: 'ok' });
    expect(await main()).toContain(String(await version()));
  });

  test('a deployment that fails leaves the version that ran, and says so', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    await sandbox.sabotage('deploy-fails');
    const before = await version();
    expect((await it.phase('step')).at(-1)).toMatchObject({ id: 'deploy', status: 'failed' });
    expect(await it.check('deploy')).toMatchObject({ status: 'failed' });
    expect(await version()).toBe(before);
  });

  test('a deployment that happened although it failed is recognised', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    await sandbox.sabotage('deployed-but-exit-1');
    expect((await it.phase('step')).at(-1)).toMatchObject({ id: 'deploy', status: 'failed' });
    expect(await it.check('deploy')).toMatchObject({ status: 'ok' });
  });

  test('warming that goes on from elsewhere does not pass the verification', { timeout: PATIENCE_MS }, async () => {
    const it = await walk('prefix', 2000);
    await it.phase('preflight');
    await sandbox.sabotage('warming-returns');
    await it.phase('step', { all: true });
    expect(wrong(await it.phase('verify', { all: true }))).not.toEqual([]);
  });
});

describe('undoing', () => {
  test('brings back the crontab as it was, and the version that ran', { timeout: PATIENCE_MS }, async () => {
    const [crontab, before] = [(await run(sandbox, 'crontab', ['-l'])).stdout, await version()];
    const it = await walk();
    await it.phase('preflight');
    expect(wrong(await it.phase('step'))).toEqual([]);
    expect(await version()).not.toBe(before);
    expect(await it.undo('deploy')).toMatchObject({ status: 'ok' });
    expect(await version()).toBe(before);
    expect(await it.undo('deploy')).toMatchObject({ status: 'already-done' });
    expect(await it.undo('publish')).toMatchObject({ status: 'ok' });
    expect(await it.undo('stop-warming')).toMatchObject({ status: 'ok' });
    expect((await run(sandbox, 'crontab', ['-l'])).stdout).toBe(crontab);
    expect(await it.undo('stop-warming')).toMatchObject({ status: 'already-done' });
  });

  test('leaves a version alone that somebody has deployed since', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    expect(wrong(await it.phase('step'))).toEqual([]);
    await run(sandbox, 'git', ['checkout', '--quiet', '--detach', sandbox.commits.bad]);
    await run(sandbox, 'wrangler', ['deploy', '--env', 'production']);
    expect(await it.undo('deploy')).toMatchObject({ status: 'failed', says: expect.stringContaining('Somebody has deployed since') });
    expect(await version()).toBe(sandbox.commits.bad);
  });

  test('leaves a crontab alone that somebody has changed since', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    await it.phase('step');
    const { stdout } = await run(sandbox, 'crontab', ['-l']);
    await run(sandbox, 'crontab', ['-'], { input: `${stdout}\n1 1 * * * date >> omar.log\n` });
    expect(await it.undo('stop-warming')).toMatchObject({ status: 'failed' });
    expect(await crontabLines(sandbox)).toContain('1 1 * * * date >> omar.log');
  });
});
