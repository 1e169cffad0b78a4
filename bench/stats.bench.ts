import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../src/core/ports.ts';
import { KINDS } from '../src/core/kinds.ts';
import { createStatistics } from '../src/runner/stats/statistics.ts';
import { openSqliteStore } from '../src/store/index.ts';
import { drawHome } from '../src/slack/entries/home.ts';
import { openIncidents } from '../src/slack/entries/rollback-command.ts';
import { homeDesk, manyIncidents, PROCEDURES } from '../test/runner/many-incidents.ts';

const INCIDENTS = 1000;
const EVENTS_EACH = 100;
const OPEN = 20;
/** What a person waits for beside Slack's own time. */
const ANSWER_MS = 50;
const OPTIONS = { time: 2000, warmupTime: 300 };

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbot-stats-'));
  store = await openSqliteStore({ file: path.join(folder, 'rollbot.db'), folds: KINDS, owner: { pid: process.pid, startedAt: 0 } });
  await manyIncidents(store, { incidents: INCIDENTS, eventsEach: EVENTS_EACH, open: OPEN });
}, 600_000);

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

test('a hundred thousand events of a thousand incidents: lists, figures, App Home', async ({ bench }) => {
  const { events, streams } = await store.size();
  const office = createStatistics({ ...PROCEDURES, store });
  const began = performance.now();
  await office.statistics.read();
  console.log(`${events} events of ${streams} streams: figures for the first time after ${Math.round(performance.now() - began)} ms`);
  const again = performance.now();
  await createStatistics({ ...PROCEDURES, store }).statistics.read();
  console.log(`figures after a restart: ${Math.round(performance.now() - again)} ms`);
  const desk = homeDesk(store, office.statistics);
  const result = await bench.compare(
    bench('/rollback status: the open incidents', async () => void (await openIncidents({ store }))),
    bench('/rollback stats: the figures', async () => void (await office.statistics.read())),
    bench('App Home', async () => void (await drawHome(desk.parts, desk.acting))),
    OPTIONS,
  );
  for (const name of ['/rollback status: the open incidents', '/rollback stats: the figures', 'App Home'] as const)
    expect(result.get(name).latency.min).toBeLessThan(ANSWER_MS);
}, 600_000);
