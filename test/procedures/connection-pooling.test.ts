import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { ask, freshSandbox, PATIENCE_MS, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { packagesIn, statuses, wrong } from './walk.ts';
import { fileOnMain, servedVersion, workerWalks } from './worker-walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'connection-pooling' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

const walk = workerWalks(() => sandbox);

test('each reading of the checklist fails against the pool that leaks', async () => {
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

test('it repairs the service, the leaked connections come back, and a second run has nothing to do', async () => {
  const first = await walk();
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({ 'change-code': 'ok', upload: 'ok', deploy: 'ok', publish: 'ok' });
  expect(packagesIn(first.outputs('change-code')?.['worktree'])).toEqual(['serverless']);
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  expect((await ask(sandbox, 'health/database')).body).toMatchObject({ status: 'healthy', failed: 0 });
  expect(await fileOnMain(sandbox, 'src/db/connection-simple.ts')).toContain('return neon(url);');
  expect(await fileOnMain(sandbox, 'src/db/retry-logic.ts')).not.toContain('TRIES');
  const worker = await fileOnMain(sandbox, 'src/worker-production-db.ts');
  expect(worker).toContain("from './db/connection-simple.ts'");
  expect(worker).toContain('pieces_in_stock');

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  expect(new Set((await second.phase('step')).map(({ status }) => status))).toEqual(new Set(['already-done']));
  expect(wrong(await second.phase('verify'))).toEqual([]);
});

test('undoing serves the version again that was served before, and the new file is gone from main', async () => {
  const before = await servedVersion(sandbox);
  const it = await walk();
  await it.phase('preflight');
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(await it.undo('publish')).toMatchObject({ status: 'ok' });
  expect(await it.undo('deploy')).toMatchObject({ status: 'ok' });
  expect(await servedVersion(sandbox)).toBe(before);
  expect(await fileOnMain(sandbox, 'src/db/connection-simple.ts')).toBe('');
  expect(await fileOnMain(sandbox, 'src/db/retry-logic.ts')).toContain('TRIES');
});
