import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { execa } from 'execa';
import { join } from 'node:path';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { clearWarmed, restorePolicy, stopWarming, withRedis } from './repairs.ts';
import { ask, crontabLines, freshSandbox, PATIENCE_MS, run, until, untilHealthy } from './sandboxes.ts';

const DEPLOY = ['deploy', '--env', 'production'];
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ cronEveryMs: 300 });
}, PATIENCE_MS);
afterAll(() => sandbox.close());
afterEach(async () => {
  for (const name of sandbox.sabotages) await sandbox.relent(name);
});

test('crontab-unreadable: the careful way stops and changes nothing', async () => {
  await sandbox.sabotage('crontab-unreadable');
  expect(await run(sandbox, 'crontab', ['-l'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Permission denied') });
  expect((await stopWarming(sandbox)).exitCode).toBe(2);
  await sandbox.relent('crontab-unreadable');
  expect(await crontabLines(sandbox)).toHaveLength(4);
});

test('deploy-fails: wrangler exits with 1 and nothing is deployed', async () => {
  await sandbox.sabotage('deploy-fails');
  const before = (await ask(sandbox, 'version')).body;
  expect((await run(sandbox, 'wrangler', DEPLOY)).exitCode).toBe(1);
  expect((await ask(sandbox, 'version')).body).toEqual(before);
});

test('deployed-but-exit-1: wrangler exits with 1, and yet it is deployed', async () => {
  await sandbox.sabotage('deployed-but-exit-1');
  const before = (await ask(sandbox, 'version')).body.deployed_at;
  expect((await run(sandbox, 'wrangler', DEPLOY)).exitCode).toBe(1);
  expect((await ask(sandbox, 'version')).body.deployed_at).not.toBe(before);
});

test('deploy-hangs: wrangler does not end by itself, and SIGTERM ends it', async () => {
  await sandbox.sabotage('deploy-hangs');
  const before = (await ask(sandbox, 'version')).body;
  const hanging = execa(join(sandbox.path, 'wrangler'), DEPLOY, { cwd: sandbox.repo, env: sandbox.env, extendEnv: false, reject: false });
  let said = '';
  hanging.stdout.on('data', (chunk) => (said += String(chunk)));
  await until(() => said.includes('Uploading…'));
  hanging.kill('SIGTERM');
  expect((await hanging).signal).toBe('SIGTERM');
  expect((await ask(sandbox, 'version')).body).toEqual(before);
});

test('redis-down: nobody reaches the cache, and its data is there again afterwards', async () => {
  await sandbox.sabotage('redis-down');
  await expect(withRedis(sandbox, (redis) => redis.ping())).rejects.toThrow(/closed|ECONNREFUSED|max retries/i);
  await until(async () => (await sandbox.health()).reasons.includes("The cache can't be reached: there is no connection to it."));
  expect((await ask(sandbox, 'health/cache')).status).toBe(503);
  await sandbox.relent('redis-down');
  expect(await withRedis(sandbox, (redis) => redis.get('rollbot:marker'))).toBe(sandbox.marker);
  await until(async () => (await ask(sandbox, 'health/cache')).status === 200);
});

test('wrong-redis: the marker differs', async () => {
  const marker = () => withRedis(sandbox, (redis) => redis.get('rollbot:marker'));
  expect(await marker()).toBe(sandbox.marker);
  await sandbox.sabotage('wrong-redis');
  expect(await marker()).not.toBe(sandbox.marker);
  await sandbox.relent('wrong-redis');
  expect(await marker()).toBe(sandbox.marker);
});

test('a complete repair holds, until warming returns from elsewhere or the service stays sick', { timeout: PATIENCE_MS }, async () => {
  await stopWarming(sandbox);
  await clearWarmed(sandbox);
  await restorePolicy(sandbox);
  await untilHealthy(sandbox);

  await sandbox.sabotage('warming-returns');
  await until(async () => (await sandbox.health()).reasons.some((reason) => reason.includes('MiB of its')));
  expect((await crontabLines(sandbox)).join()).not.toContain('cache-warming');
  await sandbox.relent('warming-returns');
  await sandbox.quiet();
  await clearWarmed(sandbox);
  await untilHealthy(sandbox);

  await sandbox.sabotage('service-stays-sick');
  await until(async () => Number((await ask(sandbox, 'metrics')).body.error_rate) > 0.25);
  expect((await ask(sandbox, 'health')).status).toBe(503);
});

test('breaking it again ends every sabotage', { timeout: PATIENCE_MS }, async () => {
  for (const name of sandbox.sabotages) await sandbox.sabotage(name);
  await sandbox.break();
  expect((await run(sandbox, 'crontab', ['-l'])).exitCode).toBe(0);
  expect((await run(sandbox, 'wrangler', DEPLOY)).exitCode).toBe(0);
  expect(await withRedis(sandbox, (redis) => redis.get('rollbot:marker'))).toBe(sandbox.marker);
});
