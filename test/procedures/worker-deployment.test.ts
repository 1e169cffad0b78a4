import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { freshSandbox, PATIENCE_MS, run } from '../demo/sandbox/sandboxes.ts';
import { createWalk, statuses, wrong } from './walk.ts';
import { fileOnMain, servedVersion, workerWalks } from './worker-walk.ts';

// What is true of every procedure that deploys the Worker, shown with one of them.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'performance-middleware' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

const walk = workerWalks(() => sandbox);

/** Of all versions that were uploaded, the oldest first. */
async function versionIds(): Promise<readonly string[]> {
  const { stdout } = await run(sandbox, 'wrangler', ['versions', 'list', '--env', 'production', '--json']);
  return (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
}

test('nobody is served anything new, and main stays as it is, until it is deployed', async () => {
  const [before, main] = [await servedVersion(sandbox), await fileOnMain(sandbox, 'src/worker-production-db.ts')];
  const it = await walk();
  await it.phase('preflight');
  await sandbox.sabotage('cloudflare-down');
  expect((await it.phase('step')).at(-1)).toMatchObject({ id: 'upload', status: 'failed' });
  await sandbox.relent('cloudflare-down');
  expect(await servedVersion(sandbox)).toBe(before);
  expect(await fileOnMain(sandbox, 'src/worker-production-db.ts')).toBe(main);
});

test('a rollout that somebody is in the middle of is not touched', async () => {
  const [older, newer] = (await versionIds()).slice(-2);
  const shares = [`${older}@10%`, `${newer}@90%`];
  expect(await run(sandbox, 'wrangler', ['versions', 'deploy', ...shares, '--env', 'production', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(wrong(await (await walk()).phase('preflight'))).toMatchObject([{ id: 'serving', status: 'failed' }]);
});

test('after an emergency, whose Worker is the one that answers, nothing is begun', async () => {
  const { cloudflareUrl: url, cloudflare } = sandbox;
  await run(sandbox, 'wrangler', ['deploy', '--env', 'production', '--name', cloudflare.emergencyWorker]);
  const switched = await fetch(`${url}/zones/${cloudflare.zone}/workers/routes/${cloudflare.route}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${cloudflare.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ pattern: cloudflare.pattern, script: cloudflare.emergencyWorker }),
  });
  expect(switched.status).toBe(200);
  for (const procedure of ['performance-middleware', 'connection-pooling', 'hyperdrive', 'websocket', 'cache']) {
    const it = await createWalk(sandbox, {}, { run: `routed-${procedure}`, procedure });
    expect(await it.one('routed')).toMatchObject({
      status: 'failed',
      says: expect.stringContaining('routed to shop-api-emergency: undo the emergency rollback, or mend shop-api-production'),
    });
  }
});

test('a secret that was set since, which is a version of its own, stops the undo', async () => {
  const it = await walk();
  await it.phase('preflight');
  await it.phase('step');
  const { cloudflareUrl: url, cloudflare } = sandbox;
  await fetch(`${url}/accounts/${cloudflare.account}/workers/scripts/${cloudflare.worker}/secrets`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${cloudflare.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'DATABASE_URL', text: 'postgres://new', type: 'secret_text' }),
  });
  const served = await servedVersion(sandbox);
  expect(await it.undo('deploy')).toMatchObject({ status: 'failed', says: expect.stringContaining('Somebody has deployed since') });
  expect(await servedVersion(sandbox)).toBe(served);
});

test('a deployment whose answer is lost is recognised', async () => {
  const it = await walk();
  await it.phase('preflight');
  await sandbox.sabotage('cloudflare-answer-lost');
  expect((await it.phase('step')).at(-1)).toMatchObject({ id: 'deploy', status: 'unknown' });
  expect(await it.check('deploy')).toMatchObject({ status: 'ok' });
});

test('what somebody else has deployed since is not taken for the restored version, and no undo goes over it', async () => {
  const it = await walk({ patienceMs: 1000 });
  await it.phase('preflight');
  const older = (await versionIds()).at(-2);
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(statuses(await it.phase('verify', { all: true }))).toMatchObject({ 'verify.1': 'ok', 'verify.6': 'ok' });

  await run(sandbox, 'wrangler', ['versions', 'deploy', `${older}@100%`, '--env', 'production', '--yes']);
  expect(statuses(await it.phase('verify', { all: true }))).toMatchObject({ 'verify.1': 'ok', 'verify.6': 'failed' });
  expect(await it.undo('deploy')).toMatchObject({ status: 'failed' });
  expect(await servedVersion(sandbox)).toBe(`${older}@100`);

  const shares = [`${older}@10%`, `${(await versionIds()).at(-1)}@90%`];
  await run(sandbox, 'wrangler', ['versions', 'deploy', ...shares, '--env', 'production', '--yes']);
  expect(await it.undo('deploy')).toMatchObject({ status: 'failed' });
});
