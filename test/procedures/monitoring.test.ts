import { chmod, chown, copyFile, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox, run, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { createWalk } from './walk.ts';
import type { Walked } from './walk.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await freshSandbox({ scenario: 'monitoring' });
}, PATIENCE_MS);
afterAll(async () => await sandbox.close(), PATIENCE_MS);
beforeEach(async () => await sandbox.break(), PATIENCE_MS);

let runs = 0;
const walk = async (patienceMs?: number, how = 'reload') => {
  runs += 1;
  const params = { ref: sandbox.commits.good, how };
  return await createWalk(sandbox, params, { run: `m${runs}`, ...(patienceMs !== undefined && { patienceMs }) });
};
const statuses = (walked: readonly Walked[]) => Object.fromEntries(walked.map(({ id, status }) => [id, status]));
const wrong = (walked: readonly Walked[]) => walked.filter(({ status }) => status !== 'ok' && status !== 'already-done');
const live = (file: string) => path.join(sandbox.vars['monitoring_dir'] ?? '', file);
const rules = async () => await (await fetch(`${sandbox.vars['prometheus_url']}/api/v1/rules`)).text();
const WORK = ['prepare', 'check-files', 'publish', 'install', 'reload', 'ready', 'errors'];
const startedAt = async () =>
  /^process_start_time_seconds (\S+)$/m.exec(await (await fetch(`${sandbox.vars['prometheus_url']}/metrics`)).text())?.[1];
const allOf = (status: string) => Object.fromEntries(WORK.map((id) => [id, status]));

test('each reading of the checklist but that of its health fails against the broken version', { timeout: PATIENCE_MS }, async () => {
  const it = await walk(1000);
  await it.one('errors');
  expect(statuses(await it.phase('verify', { all: true }))).toEqual({
    'verify.1': 'ok',
    'verify.2': 'failed',
    'verify.3': 'failed',
    'verify.4': 'failed',
    'verify.5': 'failed',
    'verify.7': 'failed',
  });
});

test('it repairs the monitoring, and a second run has nothing to do', { timeout: 40000 }, async () => {
  const first = await walk(15_000);
  expect(wrong(await first.phase('preflight'))).toEqual([]);
  expect(statuses(await first.phase('step'))).toEqual(allOf('ok'));
  expect(wrong(await first.phase('verify'))).toEqual([]);
  expect(await untilHealthy(sandbox)).toEqual([]);
  await expect(readFile(live('alerts/production-alerts.yml'))).rejects.toThrow('ENOENT');
  expect(await readFile(live('hosts/shop.json'), 'utf8')).toContain('127.0.0.1');
  const shown = await run(sandbox, 'git', ['--git-dir', sandbox.origin, 'show', 'main:monitoring/alerts/basic-alerts.yml']);
  expect(await readFile(live('alerts/basic-alerts.yml'), 'utf8')).toBe(`${shown.stdout}\n`);

  const second = await walk();
  expect(wrong(await second.phase('preflight'))).toEqual([]);
  const already = { prepare: 'already-done', publish: 'already-done', install: 'already-done', reload: 'already-done' };
  expect(statuses(await second.phase('step'))).toEqual({ ...allOf('ok'), ...already });
  expect(wrong(await second.phase('verify'))).toEqual([]);
});

test(
  'undoing brings back the files and what the repository had, and tells that Prometheus refuses them',
  { timeout: PATIENCE_MS },
  async () => {
    const before = await readFile(live('alerts/production-alerts.yml'), 'utf8');
    const it = await walk();
    await it.phase('preflight');
    expect(wrong(await it.phase('step'))).toEqual([]);
    expect(await it.undo('install')).toMatchObject({ status: 'ok' });
    expect(await it.undo('publish')).toMatchObject({ status: 'ok' });
    expect(await readFile(live('alerts/production-alerts.yml'), 'utf8')).toBe(before);
    await expect(readFile(live('alerts/basic-alerts.yml'))).rejects.toThrow('ENOENT');
    const [{ stdout: now }, { stdout: then }] = [
      await run(sandbox, 'git', ['--git-dir', sandbox.origin, 'rev-parse', 'main^{tree}']),
      await run(sandbox, 'git', ['rev-parse', `${sandbox.commits.newest}^{tree}`]),
    ];
    expect(now).toBe(then);
    expect(await it.undo('install')).toMatchObject({ status: 'already-done' });
  },
);

describe('when something is not as it should be', () => {
  test('a Prometheus that reads other files is recognised before anything is touched', { timeout: PATIENCE_MS }, async () => {
    const it = await createWalk(
      sandbox,
      { ref: sandbox.commits.good, how: 'reload' },
      { run: 'other', vars: { prometheus_config: '/etc/other.yml' } },
    );
    expect(wrong(await it.phase('preflight'))).toMatchObject([{ id: 'preflight.1', status: 'failed' }]);
  });

  test('a wanted version with a mistake in it never becomes live', { timeout: PATIENCE_MS }, async () => {
    const before = await rules();
    const it = await createWalk(sandbox, { ref: sandbox.commits.newest, how: 'reload' }, { run: 'typo' });
    await it.phase('preflight');
    const walked = await it.phase('step');
    expect(walked.at(-1)).toMatchObject({ id: 'check-files', status: 'failed' });
    await expect(readFile(live('alerts/basic-alerts.yml'))).rejects.toThrow('ENOENT');
    expect(JSON.parse(before)).toMatchObject({ status: 'success' });
  });

  test('files that somebody has changed since are left alone by an undo', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    await it.phase('step');
    await writeFile(live('alerts/shop-down.yml'), 'groups: []\n');
    expect(await it.undo('install')).toMatchObject({ status: 'failed' });
    expect(await readFile(live('alerts/shop-down.yml'), 'utf8')).toBe('groups: []\n');
  });

  test('what is kept is what was there first, however often it is tried', { timeout: PATIENCE_MS }, async () => {
    const before = await readFile(live('alerts/production-alerts.yml'), 'utf8');
    const it = await walk();
    await it.phase('preflight');
    await it.phase('step');
    await rm(live('alerts/shop-down.yml'));
    expect(await it.one('install')).toMatchObject({ status: 'ok' });
    expect(await it.undo('install')).toMatchObject({ status: 'ok' });
    expect(await readFile(live('alerts/production-alerts.yml'), 'utf8')).toBe(before);
  });
});

// A container is a plain program here: the sandbox's docker is a stand-in that ends it and starts it again.
describe('a restart instead of a reload', () => {
  test('repairs the monitoring too, and restarts only what is named', { timeout: 60_000 }, async () => {
    const before = await startedAt();
    const it = await walk(20_000, 'restart');
    expect(wrong(await it.phase('preflight'))).toEqual([]);
    expect(statuses(await it.phase('step'))).toEqual({
      ...Object.fromEntries(WORK.filter((id) => id !== 'reload').map((id) => [id, 'ok'])),
      restart: 'ok',
    });
    expect(wrong(await it.phase('verify'))).toEqual([]);
    expect(await startedAt()).not.toBe(before);
  });

  test('is refused where there is no such container', { timeout: PATIENCE_MS }, async () => {
    const params = { ref: sandbox.commits.good, how: 'restart' };
    const it = await createWalk(sandbox, params, { run: 'service', vars: { prometheus_service: 'grafana' } });
    expect(wrong(await it.phase('preflight'))).toMatchObject([{ id: 'preflight.3', status: 'failed' }]);
  });

  test('is not done to files with which it would not come back', { timeout: 60_000 }, async () => {
    const it = await walk(20_000, 'restart');
    await it.phase('preflight');
    expect(wrong(await it.phase('step'))).toEqual([]);
    const before = await startedAt();
    expect(await it.undo('install')).toMatchObject({ status: 'ok' });
    expect(await readFile(live('alerts/production-alerts.yml'), 'utf8')).toContain('ErrorBudgetBurns');
    expect(await startedAt()).toBe(before);
    expect(await rules()).toContain('HighErrorRate');
  });
});

describe('the files', () => {
  test('keep their owner and mode, when they are taken back and when that is undone', { timeout: PATIENCE_MS }, async () => {
    const [taken, removed] = [live('alerts/shop-down.yml'), live('alerts/production-alerts.yml')];
    await writeFile(taken, 'groups: []\n');
    await chmod(taken, 0o640);
    await chmod(removed, 0o604);
    if (process.getuid?.() === 0) await Promise.all([taken, removed].map(async (file) => await chown(file, 1234, 1234)));
    const before = [await look(taken), await look(removed)];
    const it = await walk();
    await it.phase('preflight');
    expect(wrong(await it.phase('step'))).toEqual([]);
    expect(await look(taken)).toEqual(before[0]);
    expect(await it.undo('install')).toMatchObject({ status: 'ok' });
    expect([await look(taken), await look(removed)]).toEqual(before);
  });

  test('may have names beyond ASCII', { timeout: PATIENCE_MS }, async () => {
    const name = 'alerts/größe.yml';
    const file = path.join(sandbox.repo, 'monitoring', name);
    await writeFile(file, 'groups: []\n');
    for (const args of [
      ['add', file],
      ['commit', '--quiet', '--message', 'Alert on sizes'],
      ['push', '--quiet', 'origin', 'HEAD:main'],
    ])
      expect(await run(sandbox, 'git', args)).toMatchObject({ exitCode: 0 });
    await copyFile(file, live(name));
    const it = await walk();
    await it.phase('preflight');
    expect(wrong(await it.phase('step'))).toEqual([]);
    await expect(readFile(live(name))).rejects.toThrow('ENOENT');
    expect(await it.undo('install')).toMatchObject({ status: 'ok' });
    expect(await readFile(live(name), 'utf8')).toBe('groups: []\n');
  });

  test('are read again where one was only removed', { timeout: PATIENCE_MS }, async () => {
    const it = await walk();
    await it.phase('preflight');
    await it.phase('step');
    await writeFile(live('alerts/production-alerts.yml'), 'groups: []\n');
    expect((await fetch(`${sandbox.vars['prometheus_url']}/-/reload`, { method: 'POST' })).ok).toBe(true);
    expect(await it.check('reload')).toMatchObject({ status: 'ok' });
    expect(await it.one('install')).toMatchObject({ status: 'ok' });
    expect(await it.check('reload')).toMatchObject({ status: 'failed', exit: 1 });
  });

  test('are left alone where one of them is a link', { timeout: PATIENCE_MS }, async () => {
    const link = live('alerts/production-alerts.yml');
    await rm(link);
    await symlink(live('alerts/shop-down.yml'), link);
    const it = await walk();
    await it.phase('preflight');
    expect((await it.phase('step')).at(-1)).toMatchObject({ id: 'install', status: 'failed' });
    await expect(readFile(live('alerts/basic-alerts.yml'))).rejects.toThrow('ENOENT');
  });
});

test('an alert that arrived before the files were read proves nothing', { timeout: PATIENCE_MS }, async () => {
  await writeFile(live('hosts/alertmanager.json'), JSON.stringify([{ targets: ['127.0.0.1:9'] }]));
  const [startsAt, endsAt] = [new Date(), new Date(Date.now() + 3_600_000)].map((at) => at.toISOString());
  const sent = await fetch(`${sandbox.vars['alertmanager_url']}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ labels: { alertname: 'Watchdog' }, startsAt, endsAt }]),
  });
  expect(sent.ok).toBe(true);
  const it = await walk(2500);
  await it.phase('preflight');
  expect(wrong(await it.phase('step'))).toEqual([]);
  expect(await it.one('verify.4')).toMatchObject({ status: 'failed' });
});

async function look(file: string) {
  const { mode, uid, gid } = await stat(file);
  return { mode, uid, gid };
}
