import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IncidentId, RoleId, StreamId } from '../../src/core/brand.ts';
import type { IncidentState } from '../../src/core/incident/state.ts';
import type { Delivery, Mail } from '../../src/core/page/port.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { createUpdateMail } from '../../src/runner/update-mail.ts';
import type { SendUpdateMail } from '../../src/runner/update-mail.ts';
import { FOLDS, keepingLog } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import type { ManualClock } from '../slack/manual-clock.ts';
import { dana } from '../slack/story.ts';
import { sqliteSubject } from '../store/place.ts';

const STREAM = 'incident/i1' as StreamId;
const WHICH = { number: 1, audience: 'business' } as const;
const TO = { channels: [], mail: ['board@pitchey.example'] };

let subject: Subject;
let clock: ManualClock;
let keys: string[];
let seenAs: (string | undefined)[];
let answer: Delivery | Error;

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  clock = createManualClock();
  [keys, seenAs] = [[], []];
  const journal = createJournal({ store: subject.store, clock, log: keepingLog([]) });
  const acting = { by: dana, roles: ['lead-developer' as RoleId], commanders: ['lead-developer' as RoleId] };
  await journal.apply(STREAM, {
    kind: 'open-incident',
    incident: 'i1' as IncidentId,
    title: 'The site is slow',
    by: dana,
    drill: false,
    home: null,
  });
  const to = { engineering: { channels: [], mail: [] }, business: TO };
  await journal.apply(STREAM, { kind: 'send-update', texts: { engineering: 'a', business: 'b' }, to, ...acting });
});
afterEach(async () => await subject.end());

async function known() {
  const { state } = await subject.store.load(STREAM);
  return (state as Exclude<IncidentState, { status: 'none' }>).record.updates[0]?.mailed.business;
}

function mailer(): SendUpdateMail {
  const mail: Mail = {
    async send({ key }) {
      keys.push(key);
      seenAs.push((await known())?.status);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return createUpdateMail({ mail, journal: createJournal({ store: subject.store, clock, log: keepingLog([]) }) });
}

test('the intent is written before the mail goes out, and the same mail goes out again where nobody knows what came of it', async () => {
  answer = new Error('The connection was lost.');
  await mailer()(STREAM, WHICH);
  expect([seenAs, await known()]).toMatchObject([['intended'], { status: 'unknown', attempts: 1, says: 'The connection was lost.' }]);
  answer = { status: 'sent', says: 'The mail server has taken it.', ref: null };
  await mailer()(STREAM, WHICH);
  expect(keys).toHaveLength(1);
  await clock.pass(60_000);
  await mailer()(STREAM, WHICH);
  await mailer()(STREAM, WHICH);
  expect([new Set(keys).size, keys.length, (await known())?.status]).toEqual([1, 2, 'sent']);
});

test('what another process was mailing when it ended is unknown, and is mailed again a little later', async () => {
  const journal = createJournal({ store: subject.store, clock, log: keepingLog([]) });
  await journal.apply(STREAM, { kind: 'intend-mail', ...WHICH });
  answer = { status: 'sent', says: 'The mail server has taken it.', ref: null };
  await clock.pass(2 * 60_000);
  await mailer()(STREAM, WHICH);
  expect([keys, (await known())?.status]).toEqual([[], 'unknown']);
  await clock.pass(60_000);
  await mailer()(STREAM, WHICH);
  expect([keys.length, await known()]).toMatchObject([1, { status: 'sent', attempts: 2 }]);
});
