import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox, run, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { createWalk } from './walk.ts';
import type { Walked } from './walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'frontend' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

let runs = 0;
const walk = async (deployment: string = sandbox.commits.good, patienceMs = 10_000) => {
  runs += 1;
  return await createWalk(sandbox, { deployment }, { run: `f${runs}`, patienceMs });
};
const statuses = (walked: readonly Walked[]) => Object.fromEntries(walked.map(({ id, status }) => [id, status]));
const wrong = (walked: readonly Walked[]) => walked.filter(({ status }) => status !== 'ok' && status !== 'already-done');
const served = async () => (await (await fetch(`${sandbox.serviceUrl}/site/build.json`)).json()) as Readonly<Record<string, string>>;

test('the readings about the site fail while visitors get the broken build', { timeout: PATIENCE_MS }, async () => {
  const it = await walk(sandbox.commits.good, 1000);
  await it.phase('preflight');
  await it.one('since');
  const failed = wrong(await it.phase('verify', { all: true })).map(({ id }) => id);
  expect(failed).toEqual(['verify.1', 'verify.4']);
});

test('it returns to the good build at the edge too, and a second run does no harm', { timeout: PATIENCE_MS }, async () => {
  const first = await walk();
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({ 'go-back': 'ok', arrive: 'ok', since: 'ok', 'purge_purge-site': 'ok' });
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  expect(statuses(await second.phase('step'))).toEqual({ 'go-back': 'already-done', arrive: 'ok', since: 'ok', 'purge_purge-site': 'ok' });
  expect(wrong(await second.phase('verify'))).toEqual([]);
});

test('undoing brings back the build that visitors had, at the edge too', { timeout: PATIENCE_MS }, async () => {
  const before = await served();
  const it = await walk();
  await it.phase('preflight');
  await it.phase('step');
  expect((await served())['commit']).toBe(sandbox.commits.good);
  expect(await it.undo('go-back')).toMatchObject({ status: 'ok' });
  expect(await served()).toEqual(before);
  expect(await it.undo('go-back')).toMatchObject({ status: 'already-done' });
});

test('what Pages does alone leaves the broken pages at the edge', { timeout: PATIENCE_MS }, async () => {
  const it = await walk(sandbox.commits.good, 1000);
  await it.phase('preflight');
  expect(await it.one('go-back')).toMatchObject({ status: 'ok' });
  expect((await served())['status']).toBe('broken');
  await it.one('since');
  expect(wrong(await it.phase('verify', { all: true })).map(({ id }) => id)).toEqual(['verify.1', 'verify.4']);
});

describe('the build to return to', () => {
  test('may be named by the id of its deployment', { timeout: PATIENCE_MS }, async () => {
    const good = await idOf(sandbox.commits.good);
    const it = await walk(good);
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    expect(wrong(await it.phase('step'))).toEqual([]);
    expect(await served()).toMatchObject({ deployment: good, commit: sandbox.commits.good });
  });

  test('is refused where it failed to build, and where it is a preview', { timeout: PATIENCE_MS }, async () => {
    expect(wrong(await (await walk(sandbox.commits.bad)).phase('preflight'))).toMatchObject([{ id: 'wanted', status: 'failed' }]);
    const preview = await idOf(sandbox.commits.bad, 'preview');
    expect(wrong(await (await walk(preview)).phase('preflight'))).toMatchObject([{ id: 'preflight.4', status: 'failed' }]);
    const unbuilt = await idOf(sandbox.commits.bad);
    expect(wrong(await (await walk(unbuilt)).phase('preflight'))).toMatchObject([{ id: 'preflight.5', status: 'failed' }]);
  });

  test('is told to be built again where Pages has none', { timeout: PATIENCE_MS }, async () => {
    const it = await walk('main~2');
    expect(wrong(await it.phase('preflight', { all: true }))[0]).toMatchObject({
      id: 'wanted',
      says: expect.stringContaining('exit status'),
    });
  });
});

test('another project is recognised before anything is touched', { timeout: PATIENCE_MS }, async () => {
  const it = await createWalk(sandbox, { deployment: sandbox.commits.good }, { run: 'host', vars: { site_host: 'www.example.com' } });
  expect(wrong(await it.phase('preflight'))).toMatchObject([{ id: 'preflight.1', status: 'failed' }]);
});

test('an answer that is lost has its effect all the same, and the check finds it', { timeout: PATIENCE_MS }, async () => {
  const it = await walk();
  await it.phase('preflight');
  await sandbox.sabotage('cloudflare-answer-lost');
  expect(await it.one('go-back')).toMatchObject({ status: 'unknown' });
  await sandbox.relent('cloudflare-answer-lost');
  expect(await it.check('go-back')).toMatchObject({ status: 'ok' });
});

describe('what somebody has deployed since', () => {
  test('is left alone where it comes before the approval', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    const newer = await deploysByHand();
    expect(await it.check('go-back')).toMatchObject({ status: 'failed', exit: 2 });
    expect(await it.one('go-back')).toMatchObject({ status: 'failed' });
    expect(await canonical()).toBe(newer);
  });

  test('is left alone by an undo', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    await it.phase('step');
    const newer = await deploysByHand();
    expect(await it.undo('go-back')).toMatchObject({ status: 'failed' });
    expect(await canonical()).toBe(newer);
  });
});

test('a copy that a visitor has fetched right after the purge is a new one', { timeout: PATIENCE_MS }, async () => {
  const it = await walk(sandbox.commits.good, 3000);
  await it.phase('preflight');
  for (const id of ['go-back', 'arrive', 'since', 'purge_purge-site']) expect(await it.one(id)).toMatchObject({ status: 'ok' });
  await fetch(`${sandbox.serviceUrl}/site/`);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await it.one('verify.4')).toMatchObject({ status: 'ok' });
});

test('a page that stands where a file should be is no file', { timeout: PATIENCE_MS }, async () => {
  const everything = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><script src="/assets/app.js"></script>');
  });
  await once(everything.listen(0, '127.0.0.1'), 'listening');
  const { port } = everything.address() as AddressInfo;
  const vars = { site_url: `http://127.0.0.1:${port}` };
  const it = await createWalk(sandbox, { deployment: sandbox.commits.good }, { run: 'fallback', patienceMs: 1000, vars });
  expect(await it.one('verify.3')).toMatchObject({ status: 'failed' });
  everything.close();
});

const rebuild = async (patienceMs = 10_000) => {
  runs += 1;
  return await createWalk(sandbox, { deployment: sandbox.commits.good, how: 'rebuild' }, { run: `b${runs}`, patienceMs });
};
describe('built again', () => {
  test('it is uploaded beside the site, and visitors get it when the host is given to it', { timeout: 2 * PATIENCE_MS }, async () => {
    const before = await served();
    const it = await rebuild();
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    for (const id of ['build', 'upload', 'try']) expect(await it.one(id)).toMatchObject({ status: 'ok' });
    expect(await it.one('upload')).toMatchObject({ status: 'already-done' });
    expect(await served()).toEqual(before);
    expect(await it.check('switch')).toMatchObject({ status: 'failed' });
    await switchHost('shop-web', 'shop-web-emergency');
    expect(await it.check('switch')).toMatchObject({ status: 'ok' });
    for (const id of ['arrive-rebuilt', 'since', 'purge_purge-site']) expect(await it.one(id)).toMatchObject({ status: 'ok' });
    expect(wrong(await it.phase('verify'))).toEqual([]);
    expect(await served()).toEqual({ commit: sandbox.commits.good, status: 'healthy' });
    expect(await untilHealthy(sandbox)).toEqual([]);
  });

  test('what runs in a build does not get the token', { timeout: PATIENCE_MS }, async () => {
    const it = await rebuild();
    const npm = join(sandbox.path, 'npm');
    await writeFile(npm, '#!/bin/sh\nmkdir -p dist && env >dist/index.html\n', { mode: 0o755 });
    try {
      await it.phase('preflight');
      expect(await it.one('build')).toMatchObject({ status: 'ok' });
      const { stdout } = await run(sandbox, 'sh', ['-c', `cat "$TMPDIR"/state/frontend-b${runs}/frontend/dist/index.html`]);
      expect(stdout).toContain('PATH=');
      expect(stdout).not.toContain(sandbox.cloudflare.token);
    } finally {
      await rm(npm);
    }
  });

  test('undoing purges what the project for emergencies has left at the edge', { timeout: PATIENCE_MS }, async () => {
    const it = await rebuild();
    await it.phase('preflight');
    for (const id of ['build', 'upload', 'try']) await it.one(id);
    const before = await served();
    await switchHost('shop-web', 'shop-web-emergency');
    await it.one('purge_purge-site');
    expect((await served())['commit']).toBe(sandbox.commits.good);
    await switchHost('shop-web-emergency', 'shop-web');
    expect((await served())['commit']).toBe(sandbox.commits.good);
    expect(await it.undo('permit')).toMatchObject({ status: 'ok' });
    expect(await served()).toEqual(before);
  });
});

async function cloudflare(method: string, path: string, body?: object): Promise<Response> {
  const { account, token } = sandbox.cloudflare;
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(`${sandbox.cloudflareUrl}/accounts/${account}/pages/projects/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

/** What a person does in the dashboard. */
async function switchHost(from: string, to: string): Promise<void> {
  const { siteHost } = sandbox.cloudflare;
  await cloudflare('DELETE', `${from}/domains/${siteHost}`);
  await cloudflare('POST', `${to}/domains`, { name: siteHost });
}

/** Somebody else deploys a build of their own; answers with its id. */
async function deploysByHand(): Promise<string> {
  const words = ['--project-name', 'shop-web', '--branch', 'main', '--commit-hash', sandbox.commits.newest, '--commit-dirty=true'];
  expect(await run(sandbox, 'wrangler', ['pages', 'deploy', 'frontend', ...words])).toMatchObject({ exitCode: 0 });
  return await canonical();
}

async function canonical(): Promise<string> {
  const { result } = (await (await cloudflare('GET', 'shop-web')).json()) as { result: { canonical_deployment: { id: string } } };
  return result.canonical_deployment.id;
}

/** The newest deployment of a commit, as Pages has it. */
async function idOf(commit: string, environment = 'production'): Promise<string> {
  const { account, pages, token } = sandbox.cloudflare;
  const url = `${sandbox.cloudflareUrl}/accounts/${account}/pages/projects/${pages}/deployments?env=${environment}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  type Deployment = { readonly id: string; readonly deployment_trigger: { readonly metadata: { readonly commit_hash: string } } };
  const { result } = (await answer.json()) as { readonly result: readonly Deployment[] };
  return result.find((each) => each.deployment_trigger.metadata.commit_hash === commit)?.id ?? '';
}
