import { describe, expect, test } from 'vitest';
import { PATIENCE_MS, run, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { emergencySandbox, statuses, wrong } from './emergency-sandbox.ts';

const { sandbox, cloudflare, walk, version, worker, route } = emergencySandbox();

test('each reading of the checklist fails against what is broken', { timeout: PATIENCE_MS }, async () => {
  const verify = await (await walk({ patienceMs: 1000 })).phase('verify', { all: true });
  expect(statuses(verify)).toEqual({
    'verify.1': 'failed',
    'verify.2': 'failed',
    'verify.3': 'failed',
    'verify.4': 'failed',
    'verify.5': 'failed',
  });
});

test('it repairs the service beside the live Worker, and a second run has nothing to do', { timeout: PATIENCE_MS * 2 }, async () => {
  const [before, live] = [await version(), (await cloudflare('GET', `${worker()}/deployments`)).result];
  const first = await walk();
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({
    checkout: 'already-done',
    create: 'ok',
    address: 'ok',
    upload: 'ok',
    deploy: 'ok',
    'cache_stop-warming': 'ok',
    'cache_let-jobs-end': 'ok',
    'cache_clear-prefix': 'ok',
    healthy: 'ok',
    switch: 'ok',
    serving: 'ok',
    degraded: 'ok',
  });
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox())).toEqual([]);
  expect(await version()).toMatchObject({ version: sandbox().commits.good, worker: sandbox().cloudflare.emergencyWorker });
  expect((await cloudflare('GET', `${worker()}/deployments`)).result).toEqual(live);
  expect((await run(sandbox(), 'git', ['rev-parse', 'origin/main'])).stdout).toBe(sandbox().commits.newest);

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  expect(statuses(await second.phase('step'))).toMatchObject({
    checkout: 'already-done',
    create: 'already-done',
    address: 'already-done',
    upload: 'already-done',
    deploy: 'already-done',
    'cache_stop-warming': 'already-done',
    'cache_clear-prefix': 'already-done',
    switch: 'already-done',
  });
  expect(wrong(await second.phase('verify'))).toEqual([]);

  expect(await first.undo('switch')).toMatchObject({ status: 'ok' });
  expect(await version()).toEqual(before);
  expect(await first.undo('switch')).toMatchObject({ status: 'already-done' });
});

test('only the whole helps: neither the cache alone nor the Worker alone does', { timeout: PATIENCE_MS * 2 }, async () => {
  const cache = await walk({ procedure: 'cache', patienceMs: 4000 });
  await cache.phase('preflight');
  expect(wrong(await cache.phase('step'))).toEqual([]);
  expect(wrong(await cache.phase('verify', { all: true })).map(({ id }) => id)).toContain('verify.2');
  expect((await sandbox().health()).reasons.join()).toMatch(/of all requests fail/);

  await sandbox().break();
  const alone = await walk({ parts: 'worker', patienceMs: 4000 });
  expect((await alone.phase('preflight')).filter(({ id }) => id.startsWith('cache'))).toEqual([]);
  const steps = await alone.phase('step');
  expect(steps.filter(({ id }) => id.startsWith('cache'))).toEqual([]);
  expect(wrong([...steps, ...(await alone.phase('verify', { all: true }))])).not.toEqual([]);
});

describe('what the old document would have done', () => {
  test('the newest tag stands on what is broken, and last-good does not', { timeout: PATIENCE_MS }, async () => {
    const { stdout } = await run(sandbox(), 'bash', ['-c', 'git rev-parse "$(git tag --sort=-version:refname | head -1)"']);
    expect(stdout).toBe(sandbox().commits.newest);
    expect(sandbox().commits.good).not.toBe(stdout);
  });

  test(
    'a Worker that serves another version is not given the traffic, however often it is looked at',
    { timeout: PATIENCE_MS },
    async () => {
      const [other, it] = [await walk({ ref: 'v1.5.0' }), await walk()];
      for (const each of [other, it]) expect(wrong(await each.phase('preflight'))).toEqual([]);
      for (const id of ['checkout', 'create', 'address', 'upload', 'deploy']) expect(wrong([await other.one(id)])).toEqual([]);
      expect(await it.one('healthy')).toMatchObject({ status: 'failed' });
      expect(await version()).toMatchObject({ worker: sandbox().cloudflare.worker });
    },
  );
});

test('a route whose change was answered by nobody is recognised by its check', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  for (const id of ['checkout', 'create', 'address', 'upload', 'deploy']) expect(wrong([await it.one(id)])).toEqual([]);
  await sandbox().sabotage('cloudflare-answer-lost');
  expect(await it.one('switch')).toMatchObject({ status: 'unknown' });
  expect(await it.check('switch')).toMatchObject({ status: 'ok' });
  expect((await cloudflare('GET', route())).result).toMatchObject({ script: sandbox().cloudflare.emergencyWorker });
});
