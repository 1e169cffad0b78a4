import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realIds } from '../../../src/clock.ts';
import type { Instant, PersonId, RoleId } from '../../../src/core/brand.ts';
import { calendarOf, cancelledAt } from '../../../src/core/calendar/state.ts';
import type { OnCall } from '../../../src/core/contact/port.ts';
import { JournalBroken } from '../../../src/core/journal-broken.ts';
import type { People, Store } from '../../../src/core/ports.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { createJournal } from '../../../src/runner/journal.ts';
import { createOnCall } from '../../../src/runner/on-call/on-call.ts';
import { FOLDS, keepingLog } from '../../contracts/store/subject.ts';
import type { Subject } from '../../contracts/store/subject.ts';
import { createManualClock } from '../../slack/manual-clock.ts';
import type { ManualClock } from '../../slack/manual-clock.ts';
import { settings } from '../../slack/story.ts';
import { sqliteSubject } from '../../store/place.ts';

const ADMIN = 'database-admin' as RoleId;
const at = (text: string): Instant => Date.parse(text) as Instant;
const HOUR = 3_600_000;

const SETTINGS: Settings = {
  ...settings,
  contacts: {
    omar: { name: 'Omar', slack: 'U0OMAR', email: 'omar@pitchey.example' },
    lena: {
      slack: 'U0LENA',
      zone: 'Europe/Berlin',
      quiet: { from: '22:00', to: '07:00', media: ['email'] },
      email: 'lena@pitchey.example',
    },
    pager: { name: 'The phone', pagerduty: { env: 'PAGER' } },
  },
  rotations: {
    databases: { people: ['omar', 'lena'], every: 'week', zone: 'Europe/Berlin', at: '09:00', from: '2026-11-02' },
  },
  roles: {
    ...settings.roles,
    'database-admin': { groups: ['S0DBA'], contacts: ['pager'], 'on-call': 'databases' },
    'product-owner': { people: ['U0PRIYA'] },
  },
  commanders: ['lead-developer'],
};

let subject: Subject;
let clock: ManualClock;
let held: Awaited<ReturnType<People['holders']>>;
let onCall: OnCall;

const people: Pick<People, 'read' | 'holders'> = {
  read: async (id) =>
    await Promise.resolve({ status: 'member', id, name: id === 'U0SAM' ? 'sam' : id.slice(2), roles: [], asOf: clock.now() }),
  holders: async (role) => await Promise.resolve(role === ADMIN ? held : []),
};

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  clock = createManualClock();
  held = ['U0OMAR', 'U0LENA', 'U0SAM'] as PersonId[];
  onCall = open();
});
afterEach(async () => await subject.end());

function open(own = SETTINGS, store: Pick<Store, 'load'> = subject.store): OnCall {
  const parts = { store: { ...subject.store, ...store }, clock, ids: realIds, log: keepingLog([]) };
  return createOnCall({ ...parts, people, catalog: { settings: () => own }, journal: createJournal(parts) });
}

/** The journal of this rotation's overrides is broken. */
const loadOthers: Store['load'] = async (stream) => {
  if (stream === calendarOf('databases')) throw new JournalBroken(stream, 1, 'an event is missing.');
  return await subject.store.load(stream);
};

const by = { kind: 'person', id: 'U0OMAR' as PersonId, name: 'omar' } as const;
const names = async (moment: Instant): Promise<readonly string[]> => (await onCall.duty(ADMIN, moment)).all.map(({ contact }) => contact);

describe('who is reached for a role', () => {
  test('the rotation’s first, the others in their order, the role’s contacts, then whoever is in the group', async () => {
    expect(await names(at('2026-11-03T12:00Z'))).toEqual(['omar', 'lena', 'pager', 'U0SAM']);
    expect(await names(at('2026-11-09T08:00Z'))).toEqual(['lena', 'omar', 'pager', 'U0SAM']);
  });

  test('somebody in the group without an entry is reached by Slack', async () => {
    const duty = await onCall.duty(ADMIN, at('2026-11-03T12:00Z'));
    expect(duty).toMatchObject({ first: { name: 'Omar', media: ['slack', 'email'] }, until: at('2026-11-09T08:00Z'), unreadable: null });
    expect(duty.all.at(-1)).toEqual({ contact: 'U0SAM', name: 'sam', person: 'U0SAM', media: ['slack'], quiet: false, drills: false });
  });

  test('quiet hours choose the medium', async () => {
    expect(onCall.contact('lena', at('2026-11-03T22:00Z'))).toMatchObject({ media: ['email'], quiet: true });
    expect(onCall.contact('constructor', at('2026-11-03T22:00Z'))).toBeNull();
  });

  test('where Slack can’t say who is in the group, the rotation is still reached, and it is said why others are not', async () => {
    held = { unreadable: 'Slack does not answer' };
    const duty = await onCall.duty(ADMIN, at('2026-11-03T12:00Z'));
    expect([duty.all.map(({ contact }) => contact), duty.unreadable]).toEqual([['omar', 'lena', 'pager'], 'Slack does not answer']);
  });

  test('a role without a rotation has nobody first; one that is not there has nobody', async () => {
    expect(await onCall.duty('product-owner' as RoleId, clock.now())).toMatchObject({ first: null, until: null, all: [] });
    expect(await onCall.duty('toString' as RoleId, clock.now())).toMatchObject({ first: null, all: [] });
  });
});

describe('overrides', () => {
  const from = at('2026-11-24T14:00Z');
  const asked = { role: ADMIN, who: 'lena', from, to: (from + 4 * HOUR) as Instant, by, roles: [ADMIN] };

  test('somebody else for a while, over a restart, and back again', async () => {
    expect((await onCall.duty(ADMIN, from)).first?.contact).toBe('lena');
    expect(await onCall.override({ ...asked, who: '@Omar' })).toEqual({
      status: 'done',
      says: 'Omar is on call for database-admin from Tue 24 Nov 2026 15:00 Europe/Berlin to Tue 24 Nov 2026 19:00 Europe/Berlin, instead of lena.',
    });
    await subject.reopen();
    onCall = open();
    const during = await onCall.plan(ADMIN, (from + HOUR) as Instant);
    expect(during).toMatchObject({
      duty: { first: { contact: 'omar' }, until: from + 4 * HOUR },
      next: [{ who: { contact: 'lena' }, from: from + 4 * HOUR }, { who: { contact: 'omar' } }, { who: { contact: 'lena' } }],
      overrides: [{ who: 'omar' }],
    });
    expect((await onCall.duty(ADMIN, (from + 4 * HOUR) as Instant)).first?.contact).toBe('lena');
  });

  test('one that overlaps another says so, and one who is on call anyway takes nobody’s turn', async () => {
    await onCall.override({ ...asked, who: 'omar' });
    expect((await onCall.override({ ...asked, who: 'sam' })).says).toContain(
      '. It overlaps with the override for Omar, which does not hold in that time.',
    );
    expect((await onCall.override({ ...asked, from: asked.to, to: (asked.to + HOUR) as Instant })).says).toMatch(/Europe\/Berlin\.$/);
  });

  test('whose time it takes, and who is on call when it is taken back, stand in the journal', async () => {
    await onCall.override({ ...asked, who: 'omar' });
    const [first] = (await onCall.plan(ADMIN, clock.now())).overrides;
    expect(first?.takes).toEqual([{ who: 'lena', from, to: asked.to }]);
    // One over the middle of it: who loses that is omar, and he has it again when it is taken back half-way.
    const [begins, ends] = [(from + HOUR) as Instant, (from + 3 * HOUR) as Instant];
    await onCall.override({ ...asked, who: 'sam', from: begins, to: ends });
    const [, second] = (await onCall.plan(ADMIN, clock.now())).overrides;
    expect(second?.takes).toEqual([{ who: 'omar', from: begins, to: ends }]);
    // What the second one covers is nobody's but sam's, so taking back the first one gives lena only the rest.
    await onCall.cancel({ role: ADMIN, override: first?.id ?? '', by, roles: [ADMIN] });
    const { state } = await subject.store.load(calendarOf('databases'));
    expect(cancelledAt(state, clock.now()).map(({ back }) => back.next)).toEqual([
      [
        { who: 'lena', from, to: begins },
        { who: 'lena', from: ends, to: asked.to },
      ],
    ]);
  });

  test('one that stands in rollbot.yml holds, until somebody makes another one over it', async () => {
    const rotation = SETTINGS.rotations!['databases']!;
    const written = { who: 'omar', from: '2026-11-24T14:00:00Z', to: '2026-11-24T18:00:00Z' };
    onCall = open({ ...SETTINGS, rotations: { databases: { ...rotation, overrides: [written] } } });
    expect(await onCall.duty(ADMIN, from)).toMatchObject({ first: { contact: 'omar' }, until: from + 4 * HOUR });
    expect((await onCall.override({ ...asked, who: 'sam', to: (from + HOUR) as Instant })).says).toContain(
      'It overlaps with the override for Omar',
    );
    expect(await onCall.duty(ADMIN, from)).toMatchObject({ first: { contact: 'U0SAM' }, until: from + HOUR });
  });

  test('cancelled, the turn is back', async () => {
    await onCall.override({ ...asked, who: 'omar' });
    const { overrides } = await onCall.plan(ADMIN, from);
    await clock.pass(HOUR);
    expect(await onCall.cancel({ role: ADMIN, override: overrides[0]?.id ?? '', by, roles: [ADMIN] })).toMatchObject({ status: 'done' });
    expect((await onCall.duty(ADMIN, (from + HOUR) as Instant)).first?.contact).toBe('lena');
  });

  test.each<[what: string, change: object, says: string]>([
    [
      'somebody who does not hold the role',
      { who: 'priya' },
      '"priya" does not hold database-admin, and only who does can be on call for it. These do: lena, omar, pager and sam.',
    ],
    [
      'a role without a rotation',
      { role: 'product-owner' },
      'Nobody is on call for product-owner: it has no rotation. Give it one in rollbot.yml, with "on-call" at the role.',
    ],
    [
      'a role that is not there',
      { role: 'database-admn' },
      'There is no role "database-admn". Did you mean "database-admin"? The roles are lead-developer, devops-engineer, database-admin and product-owner.',
    ],
    [
      'by somebody of another role',
      { roles: ['product-owner'] },
      'Only those who hold the role, and commanders, change who is on call for it. Ask one of them.',
    ],
  ])('refused: %s', async (_what, change, says) => {
    expect(await onCall.override({ ...asked, ...change })).toEqual({ status: 'refused', says });
    expect((await subject.store.load(calendarOf('databases'))).seq).toBe(0);
  });

  test('a commander may, and where Slack can’t say who holds the role nothing is changed', async () => {
    expect(await onCall.override({ ...asked, roles: ['lead-developer' as RoleId] })).toMatchObject({ status: 'done' });
    held = { unreadable: 'Slack does not answer' };
    expect((await onCall.override({ ...asked, who: 'sam' })).says).toBe(
      "Slack can't say at this moment who holds database-admin (Slack does not answer), so nothing was changed. Try again in a minute.",
    );
  });
});

test('overrides that can not be read keep nobody from being called', async () => {
  const duty = await open(SETTINGS, { load: loadOthers }).duty(ADMIN, at('2026-11-03T12:00:00Z'));
  expect(duty).toMatchObject({ first: { contact: 'omar' }, unreadable: 'The overrides of databases can not be read' });
  expect(duty.all.map(({ contact }) => contact)).toEqual(['omar', 'lena', 'pager', 'U0SAM']);
});
