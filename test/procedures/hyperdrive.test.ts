import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { ask, freshSandbox, PATIENCE_MS, run, until, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { packagesIn, statuses, wrong } from './walk.ts';
import { fileOnMain, servedVersion, workerWalks } from './worker-walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'hyperdrive' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

const walk = workerWalks(() => sandbox);

test('each reading of the checklist fails against the sick Hyperdrive', async () => {
  const verify = await (await walk({ patienceMs: 1000 })).phase('verify', { all: true });
  expect(statuses(verify)).toEqual({
    'verify.1': 'ok',
    'verify.2': 'failed',
    'verify.3': 'failed',
    'verify.4': 'failed',
    'verify.5': 'failed',
    'verify.6': 'failed',
    'verify.7': 'failed',
  });
});

test('it repairs the service, tries all that can be done with a record, and a second run has nothing to do', async () => {
  const first = await walk();
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({ 'change-code': 'ok', upload: 'ok', deploy: 'ok', publish: 'ok' });
  expect(packagesIn(first.outputs('change-code')?.['worktree'])).toEqual(['serverless']);
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  const config = await fileOnMain(sandbox, 'wrangler.toml');
  expect(config).not.toContain('[[env.production.hyperdrive]]');
  expect(config).toContain('[[env.staging.hyperdrive]]');
  expect(config).toContain('# Hyperdrive was taken out by a rollback');
  expect(config).toContain('[[env.production.durable_objects.bindings]]');
  expect(await fileOnMain(sandbox, 'src/worker-production-db.ts')).not.toContain('HYPERDRIVE');

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  expect(new Set((await second.phase('step')).map(({ status }) => status))).toEqual(new Set(['already-done']));
  expect(wrong(await second.phase('verify'))).toEqual([]);
});

test('undoing binds Hyperdrive again', async () => {
  const [before, config] = [await servedVersion(sandbox), await fileOnMain(sandbox, 'wrangler.toml')];
  const it = await walk();
  await it.phase('preflight');
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(await it.undo('publish')).toMatchObject({ status: 'ok' });
  expect(await it.undo('deploy')).toMatchObject({ status: 'ok' });
  expect(await servedVersion(sandbox)).toBe(before);
  expect(await fileOnMain(sandbox, 'wrangler.toml')).toBe(config);
});

test("the document's own sed leaves a Worker without any database; the procedure does not", async () => {
  const naively = `
    sed -i '/\\[\\[env.production.hyperdrive\\]\\]/,/id = /d' wrangler.toml
    sed -i 's/env\\.HYPERDRIVE/env\\.DATABASE_URL/g' src/worker-production-db.ts
    git commit --quiet --all --message 'Without Hyperdrive'
    wrangler deploy --env production`;
  expect(await run(sandbox, 'bash', ['-c', naively])).toMatchObject({ exitCode: 0 });
  expect((await ask(sandbox, 'products/1')).status).toBe(500);
  const lines = await until(async () => {
    const { body } = await ask(sandbox, 'logs?level=error');
    const found = JSON.stringify(body['lines']);
    return found.includes('no connection string') && found;
  });
  expect(lines).toContain('[database] there is no connection string');
});

test('a Worker without the secret DATABASE_URL is left alone', async () => {
  const { exitCode } = await run(sandbox, 'wrangler', ['deploy', '--env', 'production', '--name', sandbox.cloudflare.emergencyWorker]);
  expect(exitCode).toBe(0);
  const it = await walk({ vars: { worker: sandbox.cloudflare.emergencyWorker } });
  expect(wrong(await it.phase('preflight'))).toMatchObject([
    { id: 'preflight.5', says: expect.stringContaining('wrangler secret put DATABASE_URL') },
  ]);
});
