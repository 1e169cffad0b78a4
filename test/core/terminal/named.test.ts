import { expect, test } from 'vitest';
import type { Settings } from '../../../src/core/settings.ts';
import { personNamed } from '../../../src/core/terminal/named.ts';

const SETTINGS: Settings = {
  targets: {},
  roles: {},
  start: {},
  channels: {},
  contacts: {
    omar: { slack: 'U002OMAR', name: 'Omar Haddad' },
    xavier: { name: 'Xavier', phone: '+4912345678' },
    twin: { slack: 'U009TWIN', name: 'Dana' },
  } as unknown as NonNullable<Settings['contacts']>,
  terminal: { people: { dana: { slack: 'U001DANA', name: 'Dana' }, ohaddad: { contact: 'omar' } } },
};

const ROWS: readonly (readonly [string, string])[] = [
  ['dana', 'Several people are called "dana". Name one by the id in Slack: U001DANA or U009TWIN.'],
  ['ohaddad', 'U002OMAR'],
  ['omar', 'U002OMAR'],
  ['omar haddad', 'U002OMAR'],
  ['@Omar', 'U002OMAR'],
  ['twin', 'U009TWIN'],
  ['U0123ABC', 'U0123ABC'],
  [
    'xavier',
    'Nobody is called "xavier" in rollbot.yml. Name a user under terminal:, a contact with a slack:, or the id of a member in Slack.',
  ],
  ['omer', 'Nobody is called "omer" in rollbot.yml. Did you mean "omar"? Name a user'],
  ['toString', 'Nobody is called "toString" in rollbot.yml. Name a user'],
  ['', 'Nobody is called "" in rollbot.yml. Name a user'],
];

test.each(ROWS)('%j is %j', (typed, meant) => {
  const named = personNamed(SETTINGS, typed);
  expect('says' in named ? named.says : named.id).toContain(meant);
});
