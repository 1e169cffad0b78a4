import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import { streamOf } from '../../src/core/drill/drill.ts';
import { Drills } from '../../src/core/drill/schema.ts';
import type { Catalog, People } from '../../src/core/ports.ts';
import { createKeeper } from '../../src/runner/drills/keeper.ts';
import type { Keeper } from '../../src/runner/drills/keeper.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { realIds } from '../../src/clock.ts';
import { FOLDS, keepingLog } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { settings } from '../slack/story.ts';
import { sqliteSubject } from '../store/place.ts';

const STARTS_AT = Date.parse('2026-12-01T09:00Z');
const HOUR = 3_600_000;
const schedule = { every: 'month', day: 'first tuesday', at: '10:00', zone: 'Europe/Berlin' };
const drills = Drills.parse({ monthly: { title: 'Monthly drill', procedure: 'cache', target: 'staging', schedule, starts: 'itself' } });

let subject: Subject;
let now = 0;
let waits: number[] = [];

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  now = STARTS_AT - 30 * HOUR;
  waits = [];
});
afterEach(async () => await subject.end());

const broken = (): never => {
  throw new Error('the disk is full');
};
const known = () => ({ status: 'none' }) as const;

/** A keeper whose drill can't be read at the moment when it is to begin. */
function keeper(): Keeper {
  const clock = {
    now: () => now as Instant,
    monotonicMs: () => now,
    after(ms: number) {
      waits.push(ms);
      return () => undefined;
    },
  };
  const catalog = { settings: () => ({ ...settings, drills }), refresh: async () => undefined, procedure: broken } as unknown as Catalog;
  const log = keepingLog([]);
  const { store } = subject;
  const journal = createJournal({ store, clock, log });
  const people = {} as unknown as People;
  const bot = new AbortController().signal;
  return createKeeper({ catalog, journal, people, ids: realIds, known, watch: { look: async () => undefined }, store, clock, log, bot });
}

async function lastMissed(): Promise<unknown> {
  const events = await subject.store.events(streamOf('monthly'));
  return events.findLast(({ event }) => event.type === 'drill-missed')?.event;
}

test('a drill that Rollbot fails to begin is tried again, and then it is said that it failed and not that it was down', async () => {
  const one = keeper();
  for (const hoursBefore of [30, 24, 1, 0]) {
    now = STARTS_AT - hoursBefore * HOUR;
    await one.start();
  }
  expect(waits.at(-1)).toBe(30_000);
  expect(await lastMissed()).toBeUndefined();
  now = STARTS_AT + 5 * 60_000;
  await one.start();
  expect(await lastMissed()).toMatchObject({ why: 'could-not-start', says: 'Rollbot tried to begin it and failed. Its log says why.' });
  await one.stop();
});

test('one that was started after its time says that it was down', async () => {
  const one = keeper();
  for (const hoursBefore of [30, 24, 1]) {
    now = STARTS_AT - hoursBefore * HOUR;
    await one.start();
  }
  await one.stop();
  now = STARTS_AT + 5 * 60_000;
  const next = keeper();
  await next.start();
  expect(await lastMissed()).toMatchObject({ why: 'bot-was-down' });
  await next.stop();
});
