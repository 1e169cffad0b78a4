import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Digest } from '../../src/core/brand.ts';
import type { Catalog, StepAnswer, StepRequest, Steps, TargetAccess } from '../../src/core/ports.ts';
import type { Deployable, Settings } from '../../src/core/settings.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { createReleaseWatch } from '../../src/runner/releases/watch.ts';
import type { ReleaseWatch } from '../../src/runner/releases/watch.ts';
import { component, FOLDS, keepingLog } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import type { ManualClock } from '../slack/manual-clock.ts';
import { sqliteSubject } from '../store/place.ts';

const API = component('worker:api');
const PLACE = { target: 'staging', deployable: 'worker:api' };
const EVERY_MS = 60_000;
const WATCHED: Deployable = {
  version: { http: '${target.api_url}/version', pointer: '/version' },
  healthy: { http: { url: '${target.api_url}/health', pointer: '/status' }, expect: { equals: 'up' } },
  'good-after': '3m',
};

/** What the world answers from now on; null where nothing answers. */
type World = { version: string | null; healthy: boolean | null };

let subject: Subject;
let clock: ManualClock;
let world: World;
let settings: Settings;
let asked: StepRequest[];
let signals: AbortSignal[];
const watches: ReleaseWatch[] = [];

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  clock = createManualClock();
  world = { version: 'v1', healthy: true };
  settings = settingsWith({ 'worker:api': WATCHED });
  asked = [];
  signals = [];
});
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
  await subject.end();
});

describe('a deployable that rollbot.yml names', () => {
  test('is read as often as it says, and only what changes is written', async () => {
    const watch = await started();
    await minutes(2);
    expect(asked.map(({ action }) => 'url' in action && action.url)).toContain('https://staging.example/version');
    expect(readings()).toBe(3);
    expect(watch.known(PLACE)).toMatchObject({ running: 'v1', health: { is: 'healthy' } });
    expect(await written()).toEqual(['version-running', 'health-turned']);
    await minutes(1);
    expect(await written()).toEqual(['version-running', 'health-turned', 'version-verified']);
    await minutes(60);
    expect(await written()).toHaveLength(3);
  });

  test('another version begins anew', async () => {
    const watch = await started();
    await minutes(2);
    world.version = 'v2';
    await minutes(2);
    expect(watch.known(PLACE)).toMatchObject({
      running: 'v2',
      releases: [
        { version: 'v1', verified: null },
        { version: 'v2', verified: null },
      ],
    });
  });

  test('that does not answer leaves known what was known, and verifies nothing', async () => {
    const watch = await started();
    await minutes(1);
    world = { version: null, healthy: null };
    await minutes(30);
    expect(watch.known(PLACE)).toMatchObject({ running: 'v1', health: { is: 'unknown' }, releases: [{ verified: null }] });
    expect(await written()).toHaveLength(3);
  });

  test('whose version can be read and whose health can not is not healthy', async () => {
    const watch = await started();
    world.healthy = false;
    await minutes(10);
    expect(watch.known(PLACE)).toMatchObject({
      running: 'v1',
      health: { is: 'unhealthy', says: 'nobody is up' },
      releases: [{ verified: null }],
    });
  });

  test('has to be healthy anew after nobody looked for a while', async () => {
    const first = await started();
    await minutes(2);
    await first.stop();
    await clock.pass(10 * EVERY_MS);
    const second = await started();
    expect(second.known(PLACE)).toMatchObject({ running: 'v1', releases: [{ verified: null }] });
    await minutes(2);
    expect(second.known(PLACE)).toMatchObject({ releases: [{ verified: null }] });
    await minutes(1);
    expect(second.known(PLACE)).toMatchObject({ releases: [{ verified: { by: { kind: 'rollbot' } } }] });
  });

  test('goes on being counted over a short restart', async () => {
    const first = await started();
    await minutes(2);
    await first.stop();
    await clock.pass(EVERY_MS);
    expect((await started()).known(PLACE)).toMatchObject({ releases: [{ verified: { by: { kind: 'rollbot' } } }] });
  });

  test('is no longer read when the settings do not name it any more, and is read when they do again', async () => {
    await started();
    settings = settingsWith({});
    await minutes(5);
    const before = readings();
    expect(before).toBe(1);
    settings = settingsWith({ 'worker:api': WATCHED });
    await minutes(1);
    expect(readings()).toBeGreaterThan(before);
  });
});

test('nothing is asked any more when the bot stops, and what is asked is ended', async () => {
  const watch = await started();
  await watch.stop();
  await clock.pass(10 * EVERY_MS);
  expect(readings()).toBe(1);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

async function started(): Promise<ReleaseWatch> {
  const { store } = subject;
  const log = keepingLog([]);
  const catalog: Catalog = {
    settings: () => settings,
    targetHash: () => 'hash' as Digest,
    refresh: async () => await Promise.resolve(),
    procedures: () => [],
    procedure: () => null,
    mistakes: () => [],
  };
  const watch = createReleaseWatch({ catalog, journal: createJournal({ store, clock, log }), store, clock, log, steps, access });
  watches.push(watch);
  await watch.start();
  await watch.look(PLACE);
  return watch;
}

/** Lets time pass minute by minute, and each reading come to its end. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    const before = await subject.store.getFact(`read at: ${API}`);
    await clock.pass(EVERY_MS);
    if (settings.targets['staging']?.deployables?.['worker:api'] === undefined) continue;
    await vi.waitFor(async () => expect(await subject.store.getFact(`read at: ${API}`)).not.toBe(before), { interval: 1 });
    await vi.waitFor(async () => expect(watches.at(-1)?.known(PLACE)).toEqual((await subject.store.load(API)).state), { interval: 1 });
  }
}

async function written(): Promise<readonly string[]> {
  return (await subject.store.events(API)).map(({ event }) => event.type);
}

function readings(): number {
  return asked.filter(({ outputs }) => 'version' in outputs).length;
}

function access(): TargetAccess {
  return { env: {}, secret: async () => await Promise.resolve('') };
}

function settingsWith(deployables: Readonly<Record<string, Deployable>>): Settings {
  const staging = { default: true, vars: { api_url: 'https://staging.example' }, deployables };
  return { targets: { staging }, roles: {}, start: {}, channels: {} };
}

const steps: Steps = {
  async perform(request, { signal }) {
    asked.push(request);
    signals.push(signal);
    return await Promise.resolve('version' in request.outputs ? versionAnswer() : healthAnswer());
  },
  isAlive: async () => await Promise.resolve(false),
  kill: async () => await Promise.resolve(),
};

function versionAnswer(): StepAnswer {
  if (world.version === null) return { status: 'failed', says: 'connection refused' };
  return { status: 'ok', says: 'fine', outputs: { version: world.version } };
}

function healthAnswer(): StepAnswer {
  return world.healthy === true ? { status: 'ok', says: 'up', outputs: {} } : { status: 'failed', says: 'nobody is up' };
}
