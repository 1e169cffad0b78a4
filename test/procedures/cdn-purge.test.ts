import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { createWalk } from './walk.ts';
import type { Walked } from './walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'cdn-purge' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

let runs = 0;
const walk = async (params: Readonly<Record<string, string>> = {}, patienceMs = 10_000) => {
  runs += 1;
  return await createWalk(sandbox, params, { run: `p${runs}`, patienceMs });
};
const statuses = (walked: readonly Walked[]) => Object.fromEntries(walked.map(({ id, status }) => [id, status]));
const wrong = (walked: readonly Walked[]) => walked.filter(({ status }) => status !== 'ok' && status !== 'already-done');
const cacheStatus = async (path: string) =>
  (await fetch(`${sandbox.serviceUrl}/site${path}`, { method: 'HEAD' })).headers.get('cf-cache-status');

test('it purges the site and nothing else is asked, and a second run does no harm', { timeout: PATIENCE_MS }, async () => {
  expect((await sandbox.health()).reasons).toContain('Visitors get another build of the site than Pages has for them.');
  for (let time = 1; time <= 2; time += 1) {
    const it = await walk();
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    expect(statuses(await it.phase('step'))).toEqual({ purged: 'ok', 'purge-site': 'ok', expected: 'ok' });
    expect(wrong(await it.phase('verify'))).toEqual([]);
  }
  expect(await untilHealthy(sandbox)).toEqual([]);
});

test('the readings about the edge fail where it has kept its copies all the same', { timeout: PATIENCE_MS }, async () => {
  const it = await walk({}, 1000);
  await it.phase('preflight');
  await sandbox.sabotage('cloudflare-purge-ignored');
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(statuses(wrong(await it.phase('verify', { all: true })))).toEqual({ 'verify.1': 'failed', 'verify.2': 'failed' });
});

test(
  'the readings about the origin fail where it does not bear it, and before that it is not begun',
  { timeout: PATIENCE_MS },
  async () => {
    const it = await walk({ what: 'everything' }, 1000);
    await it.phase('preflight');
    await it.phase('step');
    await sandbox.sabotage('service-stays-sick');
    await expect.poll(async () => (await sandbox.health()).reasons.length).toBeGreaterThan(0);
    expect(wrong(await it.phase('verify', { all: true })).map(({ id }) => id)).toContain('verify.8');
    expect(wrong(await (await walk({ what: 'everything' })).phase('preflight'))).toMatchObject([{ id: 'preflight.4', status: 'failed' }]);
    expect(wrong(await (await walk()).phase('preflight'))).toEqual([]);
  },
);

describe('what is named', () => {
  test('is forgotten, and the rest is kept', { timeout: PATIENCE_MS }, async () => {
    const it = await walk({ what: 'tags', names: 'assets, build' });
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    expect(statuses(await it.phase('step'))).toEqual({ purged: 'ok', 'purge-tags': 'ok', expected: 'ok' });
    expect([await cacheStatus('/'), await cacheStatus('/assets/app.js'), await cacheStatus('/build.json')]).toEqual([
      'HIT',
      'MISS',
      'MISS',
    ]);
  });

  test.each([
    ['files', 'https://www.shop.example/,https://www.shop.example/build.json'],
    ['prefixes', 'www.shop.example/assets'],
    ['hosts', 'www.shop.example'],
    ['everything', 'none'],
  ])('is forgotten: %s of %s', { timeout: PATIENCE_MS }, async (what, names) => {
    const it = await walk({ what, names });
    expect(await it.one('preflight.3')).toMatchObject({ status: 'ok' });
    expect(await it.one(`purge-${what}`)).toMatchObject({ status: 'ok' });
  });

  test.each([
    ['files', 'none'],
    ['files', 'http://www.shop.example/'],
    ['files', 'https://www.shop.example.com/'],
    ['prefixes', 'https://www.shop.example/assets'],
    ['prefixes', 'www.example.com/assets'],
    ['hosts', 'notshop.example'],
    ['tags', 'none'],
    ['tags', 'préis'],
    ['site', 'prices'],
    ['everything', 'prices'],
  ])('is refused where it is not of the kind: %s of %s', { timeout: PATIENCE_MS }, async (what, names) => {
    expect(await (await walk({ what, names })).one('preflight.3')).toMatchObject({ status: 'failed' });
  });
});

test.each([
  ['cloudflare-token-revoked', 'preflight.1'],
  ['cloudflare-rate-limit', 'preflight.1'],
  ['cloudflare-down', 'preflight.1'],
] as const)('%s is recognised before anything is touched', { timeout: PATIENCE_MS }, async (sabotage, check) => {
  await sandbox.sabotage(sabotage);
  expect(wrong(await (await walk()).phase('preflight'))).toMatchObject([{ id: check, status: 'failed' }]);
});

test('another zone is recognised before anything is touched', { timeout: PATIENCE_MS }, async () => {
  const it = await createWalk(sandbox, {}, { run: 'zone', vars: { zone_name: 'shop.example.com' } });
  expect(wrong(await it.phase('preflight'))).toMatchObject([{ id: 'preflight.2', status: 'failed' }]);
});
