import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import type { PinnedTarget } from '../../src/core/incident/event.ts';
import type { Instant } from '../../src/core/brand.ts';
import type { Readings } from '../../src/core/reading/port.ts';
import type { TargetAccess } from '../../src/core/ports.ts';
import type { Settings } from '../../src/core/settings.ts';
import { createReadings } from '../../src/readings/index.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import type { ManualClock } from '../slack/manual-clock.ts';
import { settings as bare } from '../slack/story.ts';
import { json, startJsonServer } from './json-server.ts';
import type { JsonServer } from './json-server.ts';

const ERRORS = { target: 'production', metric: 'error_rate' };
const TOKEN = 'a-long-token-that-nobody-is-to-see';

let server: JsonServer;
let clock: ManualClock;
let settings: Settings;
let secrets: Readonly<Record<string, string>>;
let readings: Readings;

beforeEach(async () => {
  server = await startJsonServer(json({ error_rate: 0.031, requests: 420 }));
  clock = createManualClock();
  secrets = { metrics_token: TOKEN };
  settings = {
    ...bare,
    metrics: {
      error_rate: {
        title: 'Error rate',
        unit: 'ratio',
        targets: ['production'],
        http: {
          url: '${target.api_url}/metrics',
          pointer: '/error_rate',
          samples: '/requests',
          headers: { authorization: 'Bearer ${secrets.metrics_token}' },
        },
      },
    },
  };
  readings = createReadings({
    catalog: { settings: () => settings },
    clock,
    log: keepingLog([]),
    target: (name) => (Object.hasOwn(settings.targets, name) ? pinned(name) : null),
    access,
  });
});
afterEach(async () => {
  await readings.stop();
  await server.close();
});

const pinned = (name: string): PinnedTarget => ({
  name,
  protected: true,
  vars: { api_url: server.url },
  secrets: ['metrics_token'],
  secretSources: {},
  env: {},
  hash: sha256(name),
});
const access = (): TargetAccess => ({
  env: {},
  async secret(name) {
    const value = secrets[name];
    return value === undefined ? await Promise.reject(new Error(`The secret "${name}" is not set.`)) : await Promise.resolve(value);
  },
  hidden: async () => await Promise.resolve(Object.values(secrets)),
});

test('a metric is read with the variables and secrets of its target', async () => {
  expect(await readings.now(ERRORS)).toEqual({ at: clock.now(), value: 0.031, n: 420 });
  expect(server.asked).toEqual([expect.objectContaining({ path: '/metrics' })]);
  expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
});

test('no secret stands in the reason why there is no number, however much of it the answer repeats', async () => {
  server.answer((request, response) => json({ error_rate: `${'x'.repeat(255)} ${request.headers.authorization}` })(request, response));
  const reading = await readings.now(ERRORS);
  expect(JSON.stringify(reading)).not.toContain(TOKEN.slice(0, 6));
  expect(reading).toMatchObject({ why: expect.stringMatching(/x Bearer \[reda.*…$/) as string });
});

test('a secret that can not be read is the reason why there is no number, and nothing is asked', async () => {
  secrets = {};
  expect(await readings.now(ERRORS)).toEqual({ at: clock.now(), why: 'The secret "metrics_token" is not set.' });
  expect(server.asked).toEqual([]);
});

test.each([
  { target: 'staging', metric: 'error_rate' },
  { target: 'production', metric: 'constructor' },
  { target: 'nowhere', metric: 'error_rate' },
])('what rollbot.yml does not have is not read: %j', async (place) => {
  expect(await readings.now(place)).toMatchObject({ why: `rollbot.yml has no metric "${place.metric}" for ${place.target}.` });
  expect(server.asked).toEqual([]);
});

test('the settings count as they are at the moment of a reading', async () => {
  const heard: unknown[] = [];
  readings.subscribe(ERRORS, (reading) => heard.push('why' in reading ? reading.why : reading.value));
  await clock.pass(0);
  await expect.poll(() => heard).toHaveLength(1);
  settings = { ...settings, metrics: {} };
  await clock.pass(60_000);
  await expect.poll(() => heard.at(-1)).toBe('rollbot.yml has no metric "error_rate" for production.');
});

test('of a source without a memory, the window is what was read lately', async () => {
  const stop = readings.subscribe(ERRORS, () => {});
  for (let turn = 1; turn <= 4; turn += 1) {
    await clock.pass(turn === 1 ? 0 : 15_000);
    await expect.poll(() => readings.last(ERRORS)).toHaveLength(turn);
  }
  const to = clock.now();
  const window = await readings.window(ERRORS, { from: (to - 30_000) as Instant, to, everyMs: 15_000 });
  expect(window).toEqual([30_000, 15_000, 0].map((ago) => ({ at: to - ago, value: 0.031, n: 420 })));
  stop();
  expect(await readings.window(ERRORS, { from: 0 as Instant, to, everyMs: 15_000 })).toEqual([]);
});
