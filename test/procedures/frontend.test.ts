import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox, untilHealthy } from '../demo/sandbox/sandboxes.ts';
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
  await it.only('since');
  const failed = wrong(await it.phase('verify', { all: true })).map(({ id }) => id);
  expect(failed).toEqual(['verify.1', 'verify.4']);
});

test('it returns to the good build at the edge too, and a second run does no harm', { timeout: PATIENCE_MS }, async () => {
  const first = await walk();
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual({ 'go-back': 'ok', 'purge_purge-site': 'ok', since: 'ok' });
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  expect(statuses(await second.phase('step'))).toEqual({ 'go-back': 'already-done', 'purge_purge-site': 'ok', since: 'ok' });
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
  expect(await it.only('go-back')).toMatchObject({ status: 'ok' });
  expect((await served())['status']).toBe('broken');
  await it.only('since');
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
  expect(await it.only('go-back')).toMatchObject({ status: 'unknown' });
  await sandbox.relent('cloudflare-answer-lost');
  expect(await it.check('go-back')).toMatchObject({ status: 'ok' });
});

/** The newest deployment of a commit, as Pages has it. */
async function idOf(commit: string, environment = 'production'): Promise<string> {
  const { account, pages, token } = sandbox.cloudflare;
  const url = `${sandbox.cloudflareUrl}/accounts/${account}/pages/projects/${pages}/deployments?env=${environment}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  type Deployment = { readonly id: string; readonly deployment_trigger: { readonly metadata: { readonly commit_hash: string } } };
  const { result } = (await answer.json()) as { readonly result: readonly Deployment[] };
  return result.find((each) => each.deployment_trigger.metadata.commit_hash === commit)?.id ?? '';
}
