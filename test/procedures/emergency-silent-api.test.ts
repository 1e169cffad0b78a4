import { expect, test } from 'vitest';
import { PATIENCE_MS, run } from '../demo/sandbox/sandboxes.ts';
import { emergencySandbox, wrong } from './emergency-sandbox.ts';
import { silentApi } from './silent-api.ts';
import { packagesIn } from './walk.ts';

const { sandbox, cloudflare, walk, version, worker } = emergencySandbox();
const TO_THE_SWITCH = ['checkout', 'create', 'address', 'upload', 'deploy', 'healthy', 'switch'];
const CACHE = ['cache_stop-warming', 'cache_let-jobs-end', 'cache_clear-prefix'];

test.each(['refuses', 'answers 500'] as const)('an API that %s is just what it is for', { timeout: PATIENCE_MS * 2 }, async (how) => {
  const api = await silentApi(sandbox().serviceUrl, how);
  try {
    const it = await walk({ vars: { api_url: api.url } });
    const preflight = await it.phase('preflight', { all: true });
    expect(wrong(preflight)).toEqual([]);
    expect(preflight.map(({ id }) => id)).toContain('running');
    for (const id of [...CACHE, ...TO_THE_SWITCH]) expect(wrong([await it.one(id)])).toEqual([]);
    await api.speak();
    for (const id of ['serving', 'degraded']) expect(wrong([await it.one(id)])).toEqual([]);
    expect(wrong(await it.phase('verify'))).toEqual([]);
    expect(it.outputs('running')).toEqual({ version: sandbox().commits.newest });
    expect(await version()).toMatchObject({ version: sandbox().commits.good, worker: sandbox().cloudflare.emergencyWorker });
    expect(await it.undo('switch')).toMatchObject({ status: 'ok' });
    expect(await version()).toMatchObject({ worker: sandbox().cloudflare.worker });
  } finally {
    await api.close();
  }
});

test('where nobody says a commit, the id of the version stands for it', { timeout: PATIENCE_MS }, async () => {
  await run(sandbox(), 'wrangler', ['deploy', '--env', 'production', '--tag', 'friday']);
  const { deployments } = (await cloudflare('GET', `${worker()}/deployments`)).result as {
    deployments: { versions: { version_id: string }[] }[];
  };
  const known = await walk();
  expect(wrong(await known.phase('preflight'))).toEqual([]);
  expect(known.outputs('running')).toEqual({ version: sandbox().commits.newest });

  const api = await silentApi(sandbox().serviceUrl, 'refuses');
  const unknown = await walk({ vars: { api_url: api.url } });
  expect(wrong(await unknown.phase('preflight'))).toEqual([]);
  expect(unknown.outputs('running')).toEqual({ version: deployments[0]?.versions[0]?.version_id });
});

test('an emergency Worker that answers 500 is given the wanted version', { timeout: PATIENCE_MS }, async () => {
  const workers = await silentApi(sandbox().serviceUrl, 'answers 500');
  try {
    const it = await walk({
      parts: 'worker',
      vars: { emergency_url: `${workers.url}/workers.dev/${sandbox().cloudflare.emergencyWorker}` },
    });
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    for (const id of TO_THE_SWITCH.slice(0, 5)) expect(wrong([await it.one(id)])).toEqual([]);
    expect(packagesIn(it.outputs('checkout')?.['worktree'])).toEqual(['serverless']);
    await workers.speak();
    expect(await it.one('healthy')).toMatchObject({ status: 'ok' });
  } finally {
    await workers.close();
  }
});
