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
