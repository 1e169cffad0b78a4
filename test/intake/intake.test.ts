import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createIntake } from '../../src/intake/index.ts';
import type { Intake } from '../../src/intake/index.ts';
import { NO_RELEASES } from '../slack/release-samples.ts';
import { alertParts } from './alert-samples.ts';
import { NO_LINKS } from './link-samples.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const ciSecret = async (): Promise<null> => await Promise.resolve(null);
const started: Intake[] = [];

afterEach(async () => {
  for (const intake of started.splice(0)) await intake.stop();
});

async function start(reasons: readonly string[] | Error): Promise<string> {
  const unready = async (): Promise<readonly string[]> => {
    if (reasons instanceof Error) throw reasons;
    return reasons;
  };
  const intake = createIntake({ port: 0, host: '127.0.0.1', log, unready, releases: NO_RELEASES, ciSecret, ...NO_LINKS, ...alertParts() });
  started.push(intake);
  return `http://127.0.0.1:${await intake.start()}`;
}

test('it lives whether or not it is ready', async () => {
  const url = await start(['Slack is not connected']);
  const alive = await fetch(`${url}/healthz`);
  expect([alive.status, await alive.json()]).toEqual([200, { status: 'alive' }]);
});

test('it is ready when nothing keeps it from taking commands', async () => {
  const ready = await fetch(`${await start([])}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', reasons: [] }]);
});

test('it says what keeps it from being ready', async () => {
  const ready = await fetch(`${await start(['Slack is not connected'])}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', reasons: ['Slack is not connected'] }]);
});

test('a probe that fails counts as not ready', async () => {
  const ready = await fetch(`${await start(new Error('the disk is gone'))}/readyz`);
  expect(ready.status).toBe(500);
});

test('a port that is taken is an error at the start', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const intake = createIntake({
    port,
    host: '127.0.0.1',
    log,
    unready: async () => [],
    releases: NO_RELEASES,
    ciSecret,
    ...NO_LINKS,
    ...alertParts(),
  });
  await expect(intake.start()).rejects.toThrow(/EADDRINUSE/);
  other.close();
});
