import { afterEach, beforeEach, expect, test } from 'vitest';
import { realIds } from '../../src/clock.ts';
import { ALERT_ROW, QUARANTINE_ROW } from '../../src/core/alert/inbox.ts';
import { streamOf } from '../../src/core/alert/place.ts';
import { createAlertOffice } from '../../src/runner/alerts/index.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { FOLDS, keepingLog } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { alert, minute } from '../core/alert/scenes.ts';
import { ALERT_SETTINGS } from '../intake/alert-samples.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import { settings } from '../slack/story.ts';
import { sqliteSubject } from '../store/place.ts';

let subject: Subject;
beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
});
afterEach(async () => await subject.end());

test('a row of the inbox in another form is put aside for people, and what lies beside it becomes events', async () => {
  const { store } = subject;
  const parts = { store, clock: createManualClock(), ids: realIds, log: keepingLog([]) };
  const catalog = { settings: () => ({ ...settings, alerts: ALERT_SETTINGS }) };
  const { inbox, desk } = createAlertOffice({
    ...parts,
    catalog,
    journal: createJournal(parts),
    hidden: async () => await Promise.resolve([]),
  });
  await store.accept('old', ALERT_ROW, [{ source: 'prometheus', group: 'c', alerts: 'many' }], minute(0));
  await inbox.take([{ source: 'prometheus', group: 'a', title: 'a', alerts: [alert('x', 0)], left: 0, at: minute(0) }], 10);
  await desk.start();
  await expect.poll(async () => (await store.pendingInbox()).map(({ kind }) => kind)).toEqual([QUARANTINE_ROW]);
  expect((await store.load(streamOf({ source: 'prometheus', group: 'a' }))).state).toMatchObject({ status: 'open' });
  const [row] = await store.pendingInbox({ kinds: [QUARANTINE_ROW] });
  expect(row?.body).toMatchObject({
    says: expect.stringMatching(/in a form that this version does not read: [^]*title/),
    text: expect.stringContaining('many'),
  });
  await desk.stop();
});
