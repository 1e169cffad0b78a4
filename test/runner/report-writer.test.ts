import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KINDS } from '../../src/core/kinds.ts';
import type { IncidentId, Instant, StreamId } from '../../src/core/brand.ts';
import type { Store } from '../../src/core/ports.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { chartPng } from '../../src/charts/png.ts';
import { createReportWriter } from '../../src/runner/report-writer.ts';
import { openSqliteStore } from '../../src/store/index.ts';
import { keepingLog, write } from '../contracts/store/subject.ts';
import { person } from '../core/incident/cast.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import { OWNER, tempPlace } from '../store/place.ts';
import type { Place } from '../store/place.ts';

const log = keepingLog([]);
let place: Place;
let store: Store;
let reports: string;

beforeEach(async () => {
  place = await tempPlace();
  reports = await mkdtemp(join(tmpdir(), 'rollbot-reports-'));
  store = await openSqliteStore({ file: place.file, folds: KINDS, log, owner: OWNER });
});
afterEach(async () => {
  await store.close();
  await place.remove();
  await rm(reports, { recursive: true });
});

/** An incident that was opened and closed in this very second. */
async function closed(id: string): Promise<StreamId> {
  const stream = `incident/${id}` as StreamId;
  const by = person('dana');
  const opened = { type: 'incident-opened', incident: id as IncidentId, title: `All about ${id}`, by, drill: false, home: null } as const;
  await write(store, stream, [opened, { type: 'incident-closed', by, reason: null, left: [] }]);
  return stream;
}

test('what is said while the report is written stands in it', async () => {
  const journal = createJournal({ store, clock: createManualClock(), log });
  const stream = await closed('i1');
  let said = false;
  const busy: Store = {
    ...store,
    async events(of) {
      const events = await store.events(of);
      const note = {
        kind: 'add-note',
        text: 'It was the cache',
        saidAt: 0 as Instant,
        message: null,
        by: person('dana'),
        roles: [],
      } as const;
      if (!said) await journal.apply(stream, note);
      said = true;
      return events;
    },
  };
  await createReportWriter({ store: busy, journal, log, reports, drawChart: chartPng })(stream);
  const { state } = await store.load(stream);
  expect(state).toMatchObject({ reportOwed: false });
  const file = state.status === 'closed' ? (state.report?.file ?? '') : '';
  expect(await readFile(join(reports, file), 'utf8')).toContain('It was the cache');
});

test('two incidents of one second have a report each, and one that is written again stays where it is', async () => {
  const journal = createJournal({ store, clock: createManualClock(), log });
  const writeReport = createReportWriter({ store, journal, log, reports, drawChart: chartPng });
  const streams = [await closed('i1'), await closed('i2')];
  for (const stream of [...streams, ...streams]) await writeReport(stream);
  expect((await readdir(reports)).filter((file) => file.endsWith('.md'))).toHaveLength(2);
  expect((await readdir(reports)).filter((file) => file.endsWith('.json'))).toHaveLength(2);
  for (const stream of streams) {
    const { state } = await store.load(stream);
    const file = state.status === 'closed' ? (state.report?.file ?? '') : '';
    expect(await readFile(join(reports, file), 'utf8')).toContain(`All about ${stream.slice('incident/'.length)}`);
  }
});
