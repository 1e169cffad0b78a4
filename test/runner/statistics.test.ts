import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { KINDS } from '../../src/core/kinds.ts';
import type { Store } from '../../src/core/ports.ts';
import { createStatistics } from '../../src/runner/stats/statistics.ts';
import type { StatisticsOffice } from '../../src/runner/stats/statistics.ts';
import { openSqliteStore } from '../../src/store/index.ts';
import { at, stream } from '../contracts/store/subject.ts';
import { closed, opened, started } from '../contracts/store/happenings.ts';
import { OWNER, tempPlace } from '../store/place.ts';
import { drawHome } from '../../src/slack/entries/home.ts';
import { homeDesk, manyIncidents } from './many-incidents.ts';
import { silent } from '../slack/house.ts';

const A = stream('a');
let place: Awaited<ReturnType<typeof tempPlace>>;
let store: Store;
let reads = 0;

beforeEach(async () => {
  place = await tempPlace();
  store = await openSqliteStore({ file: place.file, folds: KINDS, owner: OWNER });
  reads = 0;
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

function office(): StatisticsOffice {
  const counting: Store = { ...store, events: async (of) => ((reads += 1), await store.events(of)) };
  return createStatistics({
    store: counting,
    log: silent,
    catalog: { procedures: () => [{ id: 'cache', procedure: {} }] as never },
    triggers: { list: async () => await Promise.resolve([]) },
  });
}

async function happens(...facts: readonly IncidentFact[]): Promise<void> {
  const { seq } = await store.load(A);
  await store.append([{ stream: A, expectedSeq: seq, facts }], {}, at(1000));
}

test('what is known of an incident is read once, and again only when it goes on, also by the next process', async () => {
  await happens(opened(), started('r1'));
  const first = office();
  expect((await first.statistics.read()).health).toMatchObject([{ procedure: 'cache', runs: 1, lastRun: { outcome: null } }]);
  await Promise.all([first.statistics.read(), first.statistics.read()]);
  expect(reads).toBe(1);
  await happens({ type: 'run-finished', run: 'r1' as never, outcome: 'stopped' }, closed());
  expect((await first.statistics.read()).health[0]?.outcomes).toEqual({ stopped: 1 });
  expect(reads).toBe(2);
  expect((await office().statistics.read()).health[0]?.outcomes).toEqual({ stopped: 1 });
  expect(reads).toBe(2);
});

test('lists, figures and the home read no journal, and the states of what is open only', async () => {
  await manyIncidents(store, { incidents: 40, eventsEach: 20, open: 3 });
  const figures = office();
  await figures.statistics.read();
  expect(reads).toBe(40);
  let loads = 0;
  const counting: Store = { ...store, load: async (of) => ((loads += 1), await store.load(of)) };
  const { parts, acting } = homeDesk(counting, figures.statistics);
  await drawHome(parts, acting);
  expect({ reads, loads }).toEqual({ reads: 40, loads: 4 });
});

test('while a thousand are computed, other work goes on', async () => {
  await manyIncidents(store, { incidents: 30, eventsEach: 10, open: 0 });
  let turns = 0;
  const reading = office().statistics.read();
  const count = (): void => {
    turns += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  await reading;
  clearImmediate(timer);
  expect(turns).toBeGreaterThan(20);
});
