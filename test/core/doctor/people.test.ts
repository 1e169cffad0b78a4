import { describe, expect, test } from 'vitest';
import type { Instant, PersonId, RoleId, StepId } from '../../../src/core/brand.ts';
import type { Medium } from '../../../src/core/contact/schema.ts';
import { approvalsTonight } from '../../../src/core/doctor/approvals-tonight.ts';
import { contactsReached } from '../../../src/core/doctor/contacts-reached.ts';
import type { DoctorFinding } from '../../../src/core/doctor/finding.ts';
import type { PeopleReadings } from '../../../src/core/doctor/people-readings.ts';
import { rolesHeld } from '../../../src/core/doctor/roles-held.ts';
import type { ApprovalRule, PlannedStep } from '../../../src/core/procedure/planned-step.ts';
import { settings } from '../../slack/story.ts';

const NOW = Date.parse('2026-11-24T12:00Z') as Instant;
const role = (name: string): RoleId => name as RoleId;
const person = (id: string): PersonId => id as PersonId;
const works = (...media: readonly Medium[]): ReadonlyMap<Medium, string | null> => new Map(media.map((medium) => [medium, null]));

const step = (title: string, approve: ApprovalRule): PlannedStep => ({
  id: title as StepId,
  phase: 'step',
  title,
  effect: 'destructive',
  probe: { action: { kind: 'shell', script: 'true', env: {}, exit: [0] } },
  timeoutMs: 1,
  after: [],
  outputs: {},
  approve,
});
const ONE: ApprovalRule = { by: [role('devops-engineer'), role('database-admin')], need: 1, withinMs: 1 };

const WELL: PeopleReadings = {
  now: NOW,
  slack: null,
  settings: {
    ...settings,
    contacts: {
      omar: { slack: 'U0OMAR', email: 'omar@pitchey.example' },
      mina: {
        slack: 'U0MINA',
        email: 'mina@pitchey.example',
        zone: 'Europe/Berlin',
        quiet: { from: '22:00', to: '07:00', media: ['email'] },
      },
    },
    rotations: { databases: { people: ['mina', 'omar'], every: 'week', zone: 'Europe/Berlin', at: '09:00', from: '2026-11-02' } },
    roles: {
      'lead-developer': { people: ['U0DANA'] },
      'devops-engineer': { groups: ['S0'] },
      'database-admin': { groups: ['S1'], 'on-call': 'databases' },
    },
  },
  procedures: [{ id: 'cache', steps: [step('Clear the cache', ONE)] }],
  holders: new Map([
    [role('lead-developer'), [person('U0DANA')]],
    [role('devops-engineer'), [person('U0OMAR')]],
    [role('database-admin'), [person('U0OMAR'), person('U0MINA')]],
  ]),
  names: new Map([
    [person('U0DANA'), 'dana'],
    [person('U0OMAR'), 'omar'],
  ]),
  overrides: new Map(),
  media: new Map([
    ['omar', works('slack', 'email')],
    ['mina', works('slack', 'email')],
  ]),
};

const examine = (readings: PeopleReadings): readonly DoctorFinding[] => [
  ...rolesHeld(readings),
  ...contactsReached(readings),
  ...approvalsTonight(readings),
];
const said = (readings: PeopleReadings): readonly string[] =>
  examine(readings)
    .filter(({ level }) => level !== 'ok')
    .map(({ level, says }) => `${level}: ${says}`);
const held = (...changed: readonly (readonly [string, readonly string[] | { unreadable: string }])[]): PeopleReadings['holders'] =>
  new Map([...WELL.holders, ...changed.map(([name, who]) => [role(name), 'unreadable' in who ? who : who.map(person)] as const)]);

test('where all is well, each check says so', () => {
  expect(examine(WELL).map(({ check, level, says }) => `${check}: ${level}: ${says}`)).toEqual([
    'roles: ok: All 3 roles are held, now and in the next 14 days.',
    'contacts: ok: All 2 contacts can be reached.',
    'approvals tonight: ok: Every approval of every procedure could be given, at every hour until this time tomorrow.',
  ]);
});

describe('roles', () => {
  test.each<[what: string, change: Partial<PeopleReadings>, ...expected: string[]]>([
    ['nobody holds one', { holders: held(['lead-developer', []]) }, 'failure: Nobody holds lead-developer.'],
    [
      'Slack can’t say who',
      { holders: held(['lead-developer', { unreadable: 'Slack wants a pause' }]) },
      'warning: Nobody can say who holds lead-developer: Slack wants a pause.',
    ],
    [
      'who is on call now does not hold it',
      { holders: held(['database-admin', ['U0MINA']]) },
      'failure: omar is on call for database-admin now, and does not hold it.',
    ],
    [
      'who is on call next does not hold it',
      { holders: held(['database-admin', ['U0OMAR']]) },
      'warning: mina is on call for database-admin from Mon 30 Nov 2026 09:00 Europe/Berlin, and does not hold it.',
    ],
    [
      'an override puts somebody on call who has left the role since',
      { overrides: new Map([['databases', [{ who: 'sam', from: (NOW + 1) as Instant, to: (NOW + 3_600_000) as Instant }]]]) },
      'warning: sam is on call for database-admin from Tue 24 Nov 2026 13:00 Europe/Berlin, and does not hold it.',
    ],
    [
      'the journal can’t be read',
      { overrides: { unreadable: 'It is damaged.' } },
      'warning: What was changed with /oncall could not be read: It is damaged.',
    ],
  ])('%s', (_what, change, ...expected) => {
    expect(said({ ...WELL, ...change, procedures: [] })).toEqual(expected);
  });
});

describe('contacts', () => {
  const media = (mina: ReadonlyMap<Medium, string | null>): Partial<PeopleReadings> => ({
    media: new Map([...WELL.media, ['mina', mina]]),
    procedures: [],
  });
  test.each<[what: string, change: Partial<PeopleReadings>, ...expected: string[]]>([
    [
      'nothing works',
      media(new Map([['slack', 'U0MINA is deactivated']])),
      "failure: mina can't be reached (slack: U0MINA is deactivated).",
    ],
    [
      'what wakes her does not work',
      media(new Map([...works('slack'), ['email', 'the variable SMTP_URL is not set']])),
      "failure: In the quiet hours mina can't be reached (email: the variable SMTP_URL is not set).",
    ],
    [
      'one of two does not',
      media(new Map([...works('email'), ['slack', 'U0MINA is deactivated']])),
      'warning: mina can be reached by email alone (slack: U0MINA is deactivated).',
    ],
    ['there are none', { settings: { ...WELL.settings, contacts: {}, rotations: {} }, procedures: [], overrides: new Map() }],
  ])('%s', (_what, change, ...expected) => {
    expect(said({ ...WELL, ...change }).filter((each) => !each.includes('is on call for'))).toEqual(expected);
  });
});

const steps = (...rules: readonly ApprovalRule[]): Partial<PeopleReadings> => ({
  procedures: [{ id: 'cache', steps: rules.map((rule, index) => step(`Step ${index + 1}`, rule)) }],
});

describe('approvals tonight', () => {
  const two: ApprovalRule = { ...ONE, need: 2 };
  test.each<[what: string, change: Partial<PeopleReadings>, ...expected: string[]]>([
    [
      'the one who starts it is one of the two',
      steps(two),
      'warning: Now too few people could approve “Step 1” of cache on staging and production once omar has started it: it takes 2 of devops-engineer or database-admin besides whoever starts it.',
    ],
    [
      'three are needed, and there are two',
      steps({ ...ONE, need: 3 }, { ...ONE, need: 3 }),
      'failure: Now nobody could approve 2 steps such as “Step 1” of cache on staging and production: it takes 3 of devops-engineer or database-admin besides whoever starts it.',
    ],
    [
      'at night the only other one can’t be reached',
      {
        ...steps(ONE),
        media: new Map([
          ['omar', works('slack')],
          ['mina', new Map([...works('slack'), ['email', 'no server']])],
        ]),
      },
      "failure: In the quiet hours mina can't be reached (email: no server).",
      'warning: At Tue 24 Nov 2026 22:00 Europe/Berlin too few people could approve “Step 1” of cache on staging and production once omar has started it: it takes 1 of devops-engineer or database-admin besides whoever starts it.',
    ],
    [
      'nobody knows who is in a role',
      { ...steps(ONE), holders: held(['database-admin', { unreadable: 'away' }]) },
      'warning: Nobody can say who holds database-admin: away.',
      'warning: Whether cache on staging and production could be approved is not known: nobody can say who holds database-admin.',
    ],
    [
      'it takes different roles, and each has somebody',
      { ...steps({ ...two, differentRoles: true }), holders: held(['devops-engineer', ['U0OMAR', 'U0SAM']]) },
    ],
    ['it runs nowhere', { ...steps({ ...ONE, need: 9 }), settings: { ...WELL.settings, targets: { staging: { procedures: ['other'] } } } }],
  ])('%s', (_what, change, ...expected) => {
    expect(said({ ...WELL, ...change })).toEqual(expected);
  });

  test('without Slack nothing is said of what only Slack knows', () => {
    const findings = examine({ ...WELL, slack: 'SLACK_BOT_TOKEN is not set.', holders: new Map() });
    expect(findings.map(({ check }) => check)).toEqual(['contacts']);
  });
});
