import { afterEach, beforeEach, expect, test } from 'vitest';
import { realIds } from '../../src/clock.ts';
import type { IncidentId, RoleId, StreamId, TokenId } from '../../src/core/brand.ts';
import type { Delivery, Mail } from '../../src/core/page/port.ts';
import type { Settings } from '../../src/core/settings.ts';
import { taskOf } from '../../src/core/vendor/state.ts';
import type { VendorTask } from '../../src/core/vendor/state.ts';
import { createJournal } from '../../src/runner/journal.ts';
import type { Journal } from '../../src/runner/journal.ts';
import { createVendorOffice } from '../../src/runner/vendors/index.ts';
import type { VendorOffice } from '../../src/runner/vendors/index.ts';
import { FOLDS, keepingLog } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import type { ManualClock } from '../slack/manual-clock.ts';
import { NO_ON_CALL } from '../slack/on-call-samples.ts';
import { dana, omar, settings } from '../slack/story.ts';
import { sqliteSubject } from '../store/place.ts';

const INCIDENT = 'i1' as IncidentId;
const STREAM = `incident/${INCIDENT}` as StreamId;
const TASK = taskOf(INCIDENT, 'neon-support');
const SETTINGS: Settings = {
  ...settings,
  vendors: {
    'neon-support': {
      title: 'Neon Support',
      support: { email: 'neon@pitchey.example' },
      account: { env: 'NEON' },
      owner: 'database-admin',
      say: '${incident}: ${impact}',
    },
  },
};
const asDana = { by: dana, roles: ['lead-developer' as RoleId] };
const asOmar = { by: omar, roles: ['database-admin' as RoleId] };
const TAKEN: Delivery = { status: 'sent', says: 'The mail server has taken it.', ref: null };

let subject: Subject;
let clock: ManualClock;
let answer: Delivery | Error;
let mails: Parameters<Mail['send']>[0][];
const offices: VendorOffice[] = [];
let journals: Journal[];

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  clock = createManualClock();
  answer = TAKEN;
  mails = [];
  journals = [];
});
afterEach(async () => {
  for (const office of offices.splice(0)) await office.stop();
  await subject.end();
});

async function open(
  account: () => Promise<string | null> = async () => await Promise.resolve('account-4711'),
): Promise<VendorOffice['vendors']> {
  const parts = { store: subject.store, clock, ids: realIds, log: keepingLog([]) };
  const journal = createJournal(parts);
  journals.push(journal);
  const mail: Mail = {
    async send(each) {
      mails.push(each);
      if (answer instanceof Error) throw answer;
      return await Promise.resolve(answer);
    },
  };
  const office = createVendorOffice({
    ...parts,
    journal,
    catalog: { settings: () => SETTINGS },
    onCall: NO_ON_CALL,
    mail,
    accountAt: account,
  });
  offices.push(office);
  await office.start();
  if ((await journal.load(STREAM)).state.status === 'none') {
    await journal.apply(STREAM, { kind: 'open-incident', incident: INCIDENT, title: 'Slow queries', by: dana, drill: false, home: null });
  }
  return office.vendors;
}

async function task(): Promise<VendorTask> {
  const { state } = await subject.store.load(TASK);
  if (state.status === 'none') throw new Error('Nobody was asked.');
  return state;
}

async function asked(vendors: VendorOffice['vendors']): Promise<TokenId> {
  expect(await vendors.ask({ vendor: 'neon-support', why: 'queries time out', incident: STREAM, ...asDana })).toMatchObject({
    status: 'done',
  });
  return (await task()).token;
}

const journalText = async (): Promise<string> => JSON.stringify([await subject.store.events(TASK), await subject.store.events(STREAM)]);

test('a token that slips into what is the matter goes to nobody outside', async () => {
  const vendors = await open();
  await vendors.ask({ vendor: 'neon-support', why: 'refuses xoxb-12345-abcdefABCDEF', incident: STREAM, ...asDana });
  await vendors.sendMail((await task()).token, asOmar);
  expect(mails).toMatchObject([{ text: 'Slow queries: refuses [redacted]\n\nOur account: account-4711' }]);
  expect(await journalText()).not.toContain('xoxb');
});

test('the mail says what is the matter and our account, whose number stands nowhere else', async () => {
  const vendors = await open();
  const token = await asked(vendors);
  expect(await vendors.sendMail(token, asOmar)).toMatchObject({ status: 'done', says: 'The mail to Neon Support is on its way.' });
  expect(mails).toEqual([
    {
      key: 'vendor/i1/neon-support 1',
      to: ['neon@pitchey.example'],
      subject: 'Slow queries (our platform, since 2026-11-24 14:00 UTC)',
      text: 'Slow queries: queries time out\n\nOur account: account-4711',
    },
  ]);
  expect(await journalText()).not.toContain('4711');
  expect(await task()).toMatchObject({ status: 'open', mail: { status: 'sent' } });
  expect(await vendors.sendMail(token, asOmar)).toMatchObject({ status: 'refused' });
  expect(mails).toHaveLength(1);
});

test('the intent is written before the mail goes out, and an answer that is lost leaves open whether it has', async () => {
  const vendors = await open();
  const token = await asked(vendors);
  answer = new Error('killed');
  await expect(vendors.sendMail(token, asOmar)).rejects.toThrow('killed');
  expect(await task()).toMatchObject({ mail: { status: 'intended' } });
  // A new process finds the intent, and nobody has sent anything again.
  await offices.pop()?.stop();
  await subject.reopen();
  answer = TAKEN;
  const again = await open();
  await clock.pass(2 * 60_000);
  await expect.poll(async () => (await task()).mail.status).toBe('unknown');
  expect(mails).toHaveLength(1);
  expect(await again.sendMail(token, asOmar)).toMatchObject({ status: 'done' });
});

test('a mail that is refused, or whose account can’t be read, says why and may be tried again', async () => {
  const vendors = await open(
    async () => await Promise.reject(new Error('The account number at neon-support is read from the variable NEON, which is not set.')),
  );
  const token = await asked(vendors);
  expect((await vendors.sendMail(token, asOmar)).says).toBe(
    'The mail to Neon Support did not go out: The account number at neon-support is read from the variable NEON, which is not set. Press the button again, or ask them another way.',
  );
  expect([mails, (await task()).mail.status]).toEqual([[], 'failed']);
});

test('the owner is reminded over a restart, until the incident is closed', async () => {
  const vendors = await open();
  await asked(vendors);
  await clock.pass(15 * 60_000);
  await expect.poll(async () => (await task()).reminders).toBe(1);
  await offices.pop()?.stop();
  await subject.reopen();
  await open();
  await clock.pass(15 * 60_000);
  await expect.poll(async () => (await task()).reminders).toBe(2);
  const { seq } = await subject.store.load(STREAM);
  const closed = { type: 'incident-closed', by: dana, reason: null, left: [] } as const;
  await subject.store.append([{ stream: STREAM, expectedSeq: seq, facts: [closed] }], {}, clock.now());
  await clock.pass(15 * 60_000);
  await expect.poll(async () => (await task()).status).toBe('closed');
  expect(await task()).toMatchObject({ reminders: 2, over: { says: 'The incident is closed.' } });
});

test('a task is over in the moment in which its incident is closed, also where nobody is to be reminded of it any more', async () => {
  const vendors = await open();
  await asked(vendors);
  const before = clock.now();
  const close = { kind: 'close-incident', commanders: asDana.roles, reason: 'it is over', ...asDana } as const;
  expect(await journals.at(-1)?.apply(STREAM, close)).toMatchObject({ status: 'done' });
  await expect.poll(async () => (await task()).status).toBe('closed');
  expect(await task()).toMatchObject({ over: { says: 'The incident is closed.', at: before } });
});

test('who asks and what came of it stand in the timeline; without an incident there is nothing to say to anybody', async () => {
  const vendors = await open();
  const token = await asked(vendors);
  await vendors.finish(token, asOmar);
  const notes = (await subject.store.events(STREAM)).flatMap(({ event }) =>
    event.type === 'note-added' ? [`${event.by.name}: ${event.text}`] : [],
  );
  expect(notes).toEqual(['dana: Neon Support has to be asked: queries time out', 'omar: Neon Support was asked']);
  expect(await vendors.ask({ vendor: 'neon-support', why: '', incident: null, ...asDana })).toMatchObject({ status: 'refused' });
  expect(vendors.has('constructor')).toBe(false);
});
