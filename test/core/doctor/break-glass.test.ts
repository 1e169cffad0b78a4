import { expect, test } from 'vitest';
import type { Instant, PersonId, RoleId } from '../../../src/core/brand.ts';
import type { Medium } from '../../../src/core/contact/schema.ts';
import { breakGlassOpen } from '../../../src/core/doctor/break-glass.ts';
import type { PeopleReadings } from '../../../src/core/doctor/people-readings.ts';
import { settings } from '../../slack/story.ts';

const NOW = Date.parse('2026-11-24T12:00Z') as Instant;
const person = (id: string): PersonId => id as PersonId;
const works = (...media: readonly Medium[]): ReadonlyMap<Medium, string | null> => new Map(media.map((medium) => [medium, null]));
const held = (holders: Readonly<Record<string, readonly string[] | { unreadable: string }>>): PeopleReadings['holders'] =>
  new Map(Object.entries(holders).map(([role, who]) => [role as RoleId, 'unreadable' in who ? who : who.map(person)]));

const WELL: PeopleReadings = {
  now: NOW,
  slack: null,
  settings: {
    ...settings,
    contacts: {
      omar: { slack: 'U0OMAR', email: 'omar@pitchey.example' },
      mina: { slack: 'U0MINA', email: 'mina@pitchey.example', quiet: { from: '22:00', to: '07:00', media: ['email'] } },
    },
    terminal: { people: { omar: { contact: 'omar' } } },
    'break-glass': { roles: ['devops-engineer'], tells: 'database-admin' },
  },
  procedures: [],
  holders: held({ 'devops-engineer': ['U0OMAR'], 'database-admin': ['U0MINA'] }),
  names: new Map([
    [person('U0OMAR'), 'omar'],
    [person('U0LEE'), 'lee'],
  ]),
  overrides: new Map(),
  media: new Map([
    ['omar', works('slack', 'email')],
    ['mina', works('slack', 'email')],
  ]),
};
const said = (change: Partial<PeopleReadings>): readonly string[] =>
  breakGlassOpen({ ...WELL, ...change }).map(({ level, says }) => `${level}: ${says}`);
const silent = new Map([
  ['slack', 'away'],
  ['email', 'no server'],
] as const);

test.each<[what: string, change: Partial<PeopleReadings>, ...expected: string[]]>([
  [
    'all is well',
    {},
    'ok: Somebody could go on without an approval, and somebody else would hear of it, at every hour until this time tomorrow.',
  ],
  [
    'it is not configured',
    { settings: { ...WELL.settings, 'break-glass': undefined } },
    'warning: Whoever is alone at night can not go on past an approval that nobody gives.',
  ],
  [
    'nobody may',
    { holders: held({ 'devops-engineer': [], 'database-admin': ['U0MINA'] }) },
    'failure: Nobody holds devops-engineer, so nobody could go on without an approval.',
  ],
  [
    'who may can’t be reached',
    { media: new Map([...WELL.media, ['omar', silent]]) },
    'failure: Now nobody of devops-engineer can be reached to go on alone.',
  ],
  [
    'the role that is told has nobody',
    { holders: held({ 'devops-engineer': ['U0OMAR'], 'database-admin': [] }) },
    'failure: Nobody holds database-admin, which hears of it when somebody goes on alone.',
  ],
  [
    'who is told can’t be reached by night',
    {
      media: new Map([
        ...WELL.media,
        [
          'mina',
          new Map([
            ['slack', null],
            ['email', 'no server'],
          ]),
        ],
      ]),
    },
    'failure: At Tue 24 Nov 2026 22:00 UTC nobody else of database-admin can be reached to hear of it when somebody goes on alone.',
  ],
  [
    'who is told is who goes on alone',
    { holders: held({ 'devops-engineer': ['U0OMAR'], 'database-admin': ['U0OMAR'] }) },
    'failure: Now nobody else of database-admin can be reached to hear of it when somebody goes on alone.',
  ],
  [
    'the terminal knows nobody of them',
    { settings: { ...WELL.settings, terminal: undefined } },
    'warning: When Slack is down, nobody could go on alone: rollbot.yml does not name a user of the terminal for omar.',
  ],
  [
    'the terminal knows one of two',
    { holders: held({ 'devops-engineer': ['U0OMAR', 'U0LEE'], 'database-admin': ['U0MINA'] }) },
    'warning: When Slack is down, lee could not go on alone: rollbot.yml does not name a user of the terminal for lee.',
  ],
  [
    'Slack can’t say who is in a role',
    { holders: held({ 'devops-engineer': ['U0OMAR'], 'database-admin': { unreadable: 'away' } }) },
    'warning: Whether somebody could go on without an approval is not known: nobody can say who holds database-admin.',
  ],
  ['Slack can’t be asked at all', { slack: 'SLACK_BOT_TOKEN is not set.', holders: new Map() }],
])('where %s', (_what, change, ...expected) => {
  expect(said(change)).toEqual(expected);
});
