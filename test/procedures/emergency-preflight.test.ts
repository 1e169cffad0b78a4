import { describe, expect, test } from 'vitest';
import { PATIENCE_MS, run } from '../demo/sandbox/sandboxes.ts';
import { emergencySandbox, wrong } from './emergency-sandbox.ts';

const { sandbox, cloudflare, walk, version, worker } = emergencySandbox();
const failing = async (more: Parameters<typeof walk>[0] = {}) =>
  wrong(await (await walk(more)).phase('preflight', { all: true })).map(({ id }) => id);

type Deployment = { readonly versions: readonly { readonly version_id: string; readonly percentage: number }[] };
const deployments = async () => (await cloudflare('GET', `${worker()}/deployments`)).result['deployments'] as readonly Deployment[];

describe('what is not as it should be is found before anything is touched', () => {
  test('a token that is not good any more, and a Cloudflare that is down', { timeout: PATIENCE_MS }, async () => {
    for (const sabotage of ['cloudflare-token-revoked', 'cloudflare-down'] as const) {
      await sandbox().sabotage(sabotage);
      expect(await failing()).toEqual(expect.arrayContaining(['preflight.1', 'deployed', 'route']));
      await sandbox().relent(sabotage);
    }
  });

  test('visitors who are on the emergency Worker already, at another version', { timeout: PATIENCE_MS * 2 }, async () => {
    const first = await walk();
    await first.phase('preflight');
    expect(wrong(await first.phase('step'))).toEqual([]);
    expect(await failing({ ref: sandbox().commits.bad })).toEqual(['preflight.9']);
  });

  test('an address of the API that the route does not serve, whatever stands there', { timeout: PATIENCE_MS }, async () => {
    const [, port] = sandbox().serviceUrl.split('127.0.0.1');
    for (const [pattern, expected] of [
      ['*.shop.example/*', ['route', 'preflight.6']],
      ['127.0.0.1/site/*', ['route', 'preflight.6']],
      ['*.0.0.1/api/*', ['route']],
    ] as const) {
      const it = await walk({ vars: { worker_route_pattern: pattern } });
      expect([await it.one('route'), await it.one('preflight.6')].filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual(
        expected,
      );
    }
    const it = await walk({ vars: { api_url: `http://localhost${port}` } });
    expect((await it.one('preflight.6')).says).toContain('give api_url in rollbot.yml a host that it serves');
  });

  test('a version that is not on the main branch', { timeout: PATIENCE_MS }, async () => {
    const { stdout } = await run(sandbox(), 'git', ['commit-tree', 'HEAD^{tree}', '-m', 'elsewhere']);
    expect(await failing({ ref: stdout })).toContain('wanted');
  });
});

test(
  'a rollout that goes wrong on its way is shown, left as it is behind the route, and there again after an undo',
  { timeout: PATIENCE_MS * 2 },
  async () => {
    const [newest, older] = (await deployments()).flatMap(({ versions }) => versions.map(({ version_id }) => version_id));
    const shares = [older, newest].map((version_id, at) => ({ version_id, percentage: at === 0 ? 90 : 10 }));
    await cloudflare('POST', `${worker()}/deployments`, { strategy: 'percentage', versions: shares });
    const before = await deployments();
    const it = await walk();
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    expect(it.outputs('deployed')).toEqual({ shares: `${older} (90 %) and ${newest} (10 %)` });
    expect(it.outputs('running')).toEqual({ version: sandbox().commits.newest });
    expect(wrong(await it.phase('step'))).toEqual([]);
    expect(await version()).toMatchObject({ version: sandbox().commits.good, worker: sandbox().cloudflare.emergencyWorker });
    expect(await it.undo('switch')).toMatchObject({ status: 'ok' });
    expect(await version()).toMatchObject({ worker: sandbox().cloudflare.worker });
    expect(await deployments()).toEqual(before);
  },
);

// The last one, because nothing takes a secret away again.
test('a secret that the emergency Worker lacks, by its name', { timeout: PATIENCE_MS }, async () => {
  await cloudflare('PUT', `${worker()}/secrets`, { name: 'PAYMENTS_KEY', text: 'x', type: 'secret_text' });
  const it = await walk();
  const [found] = wrong(await it.phase('preflight', { all: true }));
  expect(found).toMatchObject({ id: 'preflight.10', status: 'failed' });
  expect(found?.says).toContain('It lacks PAYMENTS_KEY: wrangler secret put PAYMENTS_KEY --name shop-api-emergency');
});
