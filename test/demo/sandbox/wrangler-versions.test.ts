import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { join } from 'node:path';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { ask, freshSandbox, PATIENCE_MS, run, until } from './sandboxes.ts';

type Listed = { readonly id: string; readonly annotations: Readonly<Record<string, string>> };
let sandbox: Sandbox;
/** The versions that the sandbox begins with: the good one, and the newest. */
let good: string;
let newest: string;
const WORKER = ['--name', 'shop-api-production'];
beforeAll(async () => {
  sandbox = await freshSandbox();
  const versions = await json<readonly Listed[]>('versions', 'list', ...WORKER, '--json');
  [good = '', newest = ''] = [sandbox.commits.good, sandbox.commits.newest].map(
    (commit) => versions.find(({ annotations }) => annotations['workers/tag'] === commit)?.id ?? '',
  );
}, PATIENCE_MS);
afterAll(() => sandbox.close());
beforeEach(async () => {
  await wrangler('versions', 'deploy', `${newest}@100%`, ...WORKER, '-y');
});
afterEach(async () => {
  for (const name of sandbox.sabotages) await sandbox.relent(name);
});

test('the shop says itself which version of which Worker it is', async () => {
  expect((await ask(sandbox, 'version')).body).toMatchObject({
    version: sandbox.commits.newest,
    version_id: newest,
    worker: 'shop-api-production',
  });
});

test.each([
  ['versions deploy', async () => await wrangler('versions', 'deploy', `${good}@100%`, ...WORKER, '-y', '--message', 'Go back')],
  ['rollback', async () => await wrangler('rollback', good, ...WORKER, '-y', '-m', 'Go back')],
])('%s goes back to the code of a version', async (_name, goBack) => {
  const { exitCode, stdout } = await goBack();
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(`SUCCESS .*${good}`) });
  expect((await ask(sandbox, 'version')).body).toMatchObject({ version: sandbox.commits.good, version_id: good });
  expect(await json('deployments', 'status', ...WORKER, '--json')).toMatchObject({
    versions: [{ version_id: good, percentage: 100 }],
    annotations: { 'workers/message': 'Go back' },
  });
});

test('a rollback without a version takes what was served before, whatever that was: twice is back again', async () => {
  await wrangler('versions', 'deploy', `${good}@100%`, ...WORKER, '-y');
  for (const [commit, id] of [
    [sandbox.commits.newest, newest],
    [sandbox.commits.good, good],
  ]) {
    expect((await wrangler('rollback', ...WORKER, '-y')).stdout).toContain(`Current Version ID: ${id}`);
    expect((await ask(sandbox, 'version')).body.version).toBe(commit);
  }
});

test('a version is shown with its bindings, and lists are there to be read as well', async () => {
  expect(await json('versions', 'view', good, ...WORKER, '--json')).toMatchObject({
    id: good,
    resources: { bindings: [{ name: 'COMMIT', text: sandbox.commits.good }] },
  });
  expect((await wrangler('versions', 'view', good, ...WORKER)).stdout).toContain(`Tag:         ${sandbox.commits.good}`);
  expect((await wrangler('deployments', 'list', ...WORKER)).stdout).toContain(`(100%) ${newest}`);
});

test('a version that is only uploaded is served to nobody', async () => {
  const { stdout } = await wrangler('versions', 'upload', '--env', 'production', '--tag', 'try', '--message', 'Try it');
  const id = /Worker Version ID: (\S+)/.exec(stdout)?.[1] ?? '';
  expect(await json('versions', 'view', id, ...WORKER, '--json')).toMatchObject({
    annotations: { 'workers/tag': 'try', 'workers/message': 'Try it' },
  });
  expect((await ask(sandbox, 'version')).body.version_id).toBe(newest);
});

test('another Worker is deployed beside the first, can be tried, and serves the shop when the route says so', async () => {
  await run(sandbox, 'git', ['checkout', '--detach', sandbox.commits.good]);
  await wrangler('deploy', '--env', 'production', '--name', 'shop-api-emergency');
  await run(sandbox, 'git', ['checkout', 'main']);
  expect((await ask(sandbox, 'version')).body).toMatchObject({ version: sandbox.commits.newest, worker: 'shop-api-production' });
  // The database of a broken shop does not always answer.
  const alone = await until(async () => {
    const answer = await fetch(`${sandbox.serviceUrl}/workers.dev/shop-api-emergency/api/health`);
    return answer.status === 200 && (await answer.json());
  });
  expect(alone).toMatchObject({ status: 'healthy', version: sandbox.commits.good });
  await switchTo('shop-api-emergency');
  expect((await ask(sandbox, 'version')).body).toMatchObject({ version: sandbox.commits.good, worker: 'shop-api-emergency' });
  await switchTo('shop-api-production');
  expect((await ask(sandbox, 'version')).body.worker).toBe('shop-api-production');
});

test.each([
  [
    'an unknown version',
    ['versions', 'deploy', '00000000-0000-4000-8000-000000000000@100%', ...WORKER, '-y'],
    /version_not_found \[code: 10007\]/,
  ],
  ['shares that are not everything', () => ['versions', 'deploy', `${good}@50%`, ...WORKER, '-y'], /add up to 50/],
  ['an unknown Worker', ['deployments', 'status', '--name', 'shop-unknown', '--json'], /does not exist on your account\. \[code: 10007\]/],
  ['no version at all', ['versions', 'deploy', ...WORKER, '-y'], /at least 1 version/],
])('%s: exit status 1, in the words of Cloudflare', async (_what, args, says) => {
  const words = typeof args === 'function' ? args() : args;
  expect(await wrangler(...words)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(says) });
  expect((await ask(sandbox, 'version')).body.version_id).toBe(newest);
});

test('a deployment whose answer is lost is an error, and is done', async () => {
  await sandbox.sabotage('cloudflare-answer-lost');
  expect((await wrangler('versions', 'deploy', `${good}@100%`, ...WORKER, '-y')).exitCode).toBe(1);
  expect((await ask(sandbox, 'version')).body.version_id).toBe(good);
});

test('without a token, or an address, it asks nobody', async () => {
  expect(await without('CLOUDFLARE_API_TOKEN')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('CLOUDFLARE_API_TOKEN') });
  expect(await without('CLOUDFLARE_API_BASE_URL')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not set') });
});

async function wrangler(...args: readonly string[]) {
  return await run(sandbox, 'wrangler', args);
}

/** Asks who is logged in, with one variable left empty. */
async function without(name: string) {
  return await run({ ...sandbox, env: { ...sandbox.env, [name]: '' } }, join(sandbox.path, 'wrangler'), ['whoami']);
}

async function json<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse((await wrangler(...args)).stdout) as T;
}

async function switchTo(script: string): Promise<void> {
  const { zone, route, pattern, token } = sandbox.cloudflare;
  const answer = await fetch(`${sandbox.cloudflareUrl}/zones/${zone}/workers/routes/${route}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ pattern, script }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
