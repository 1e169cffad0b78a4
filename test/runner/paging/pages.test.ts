import { afterEach, beforeEach, expect, test } from 'vitest';
import { realIds } from '../../../src/clock.ts';
import type { RoleId } from '../../../src/core/brand.ts';
import { streamOf } from '../../../src/core/page/state.ts';
import { createJournal } from '../../../src/runner/journal.ts';
import { createPages } from '../../../src/runner/paging/pages.ts';
import { createMetrics } from '../../../src/runner/stats/metrics.ts';
import { FOLDS, keepingLog } from '../../contracts/store/subject.ts';
import type { Subject } from '../../contracts/store/subject.ts';
import { order } from '../../core/page/walk.ts';
import { createManualClock } from '../../slack/manual-clock.ts';
import { NO_ON_CALL } from '../../slack/on-call-samples.ts';
import { dana, settings } from '../../slack/story.ts';
import { sqliteSubject } from '../../store/place.ts';

let subject: Subject;
beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
});
afterEach(async () => await subject.end());

test('of sixty open pages fifty are listed, and all are counted and can be answered', async () => {
  const parts = { store: subject.store, clock: createManualClock(), ids: realIds, log: keepingLog([]) };
  const journal = createJournal(parts);
  const pages = createPages({ ...parts, journal, catalog: { settings: () => settings }, onCall: NO_ON_CALL });
  for (let number = 1; number <= 60; number += 1) {
    const to = { roles: [number === 1 ? 'database-admin' : 'devops-engineer'] as RoleId[], contacts: [] };
    await journal.apply(streamOf(`p${number}`), { kind: 'open-page', ...order, page: `p${number}`, to });
  }
  expect([(await pages.list()).length, (await pages.all()).length]).toEqual([50, 60]);
  // The oldest of them.
  const answer = await pages.acknowledge({ mine: true }, { by: dana, roles: ['database-admin' as RoleId] }, 'command');
  expect(answer).toMatchObject({ status: 'done', stream: streamOf('p1') });
  const read = createMetrics({
    ...parts,
    pages,
    followUps: { list: async () => await Promise.resolve([]) },
    statistics: { read: async () => await Promise.resolve({ alerts: { open: 0, groups: 0, bySource: {} }, triggers: [] }) } as never,
    incidents: { all: async () => await Promise.resolve([]) },
    refusals: new Map(),
  });
  const open = (await read()).find(({ name }) => name === 'rollbot_pages_open');
  expect(open?.samples.map(({ value }) => value)).toEqual([59, 1]);
});
