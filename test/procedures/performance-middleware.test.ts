import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, freshSandbox, PATIENCE_MS, run, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { packagesIn, statuses, wrong } from './walk.ts';
import { fileOnMain, servedVersion, workerWalks } from './worker-walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'performance-middleware' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

const walk = workerWalks(() => sandbox);

test('each reading of the checklist fails against the broken version', async () => {
  const verify = await (await walk({ patienceMs: 1000 })).phase('verify', { all: true });
  expect(statuses(verify)).toEqual({
    'verify.1': 'ok',
    'verify.2': 'failed',
    'verify.3': 'failed',
    'verify.4': 'failed',
    'verify.5': 'failed',
    'verify.6': 'failed',
  });
});

test('it repairs the service and keeps what others have done, and a second run has nothing to do', async () => {
  const first = await walk();
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({ 'change-code': 'ok', upload: 'ok', deploy: 'ok', publish: 'ok' });
  expect(packagesIn(first.outputs('change-code')?.['worktree'])).toEqual(['serverless']);
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  const worker = await fileOnMain(sandbox, 'src/worker-production-db.ts');
  expect(worker).toContain('new BasicMiddleware()');
  expect(worker).not.toContain('PerformanceMiddleware');
  expect(worker).toContain('pieces_in_stock');

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  expect(new Set((await second.phase('step')).map(({ status }) => status))).toEqual(new Set(['already-done']));
  expect(wrong(await second.phase('verify'))).toEqual([]);
});

test('undoing serves the version again that was served before, and main has its code again', async () => {
  const [before, main] = [await servedVersion(sandbox), await fileOnMain(sandbox, 'src/middleware/performance.ts')];
  const it = await walk();
  await it.phase('preflight');
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(await it.undo('publish')).toMatchObject({ status: 'ok' });
  expect(await it.undo('deploy')).toMatchObject({ status: 'ok' });
  expect(await it.undo('deploy')).toMatchObject({ status: 'already-done' });
  expect(await servedVersion(sandbox)).toBe(before);
  expect(await fileOnMain(sandbox, 'src/middleware/performance.ts')).toBe(main);
});

test('sed says that all is well where nothing matched; the procedure stops before anything is changed', async () => {
  await run(sandbox, 'git', ['checkout', '--quiet', '-b', 'renamed']);
  expect(await run(sandbox, 'sed', ['-i', 's/NoSuchMiddleware/BasicMiddleware/g', 'src/worker-production-db.ts'])).toMatchObject({
    exitCode: 0,
  });
  await run(sandbox, 'git', ['checkout', '--quiet', 'main']);
  const it = await walk({ vars: { middleware_mentions: '4' } });
  await it.phase('preflight');
  const [first] = await it.phase('step');
  expect(first).toMatchObject({ id: 'change-code', status: 'failed', says: expect.stringContaining('stands there 3 times') });
});

test('a fault that no deployment cures does not pass the verification', async () => {
  const it = await walk({ patienceMs: 2000 });
  await it.phase('preflight');
  await sandbox.sabotage('service-stays-sick');
  await it.phase('step');
  expect(wrong(await it.phase('verify', { all: true })).map(({ id }) => id)).toContain('verify.3');
  expect((await ask(sandbox, 'health')).status).toBe(503);
});
