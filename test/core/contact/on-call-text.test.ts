import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { parseOnCallText } from '../../../src/core/contact/on-call-text.ts';
import type { Settings } from '../../../src/core/settings.ts';

const NOW = Date.parse('2026-11-24T12:00Z') as Instant;
const HOUR = 3_600_000;
const settings: Pick<Settings, 'roles' | 'rotations'> = {
  roles: { 'lead-developer': {}, 'database-admin': { 'on-call': 'databases' } },
  rotations: { databases: { people: ['omar'], every: 'week', zone: 'Europe/Berlin', at: '09:00', from: '2026-11-02' } },
};
const USAGE =
  'Write it as `/oncall override <role> <who> [from <when>] to <when>`, or `for 4h` instead of `to`; `/oncall override` opens a form.';

test.each<[text: string, asked: object]>([
  ['', { kind: 'all' }],
  ['HELP', { kind: 'help' }],
  ['database-admin', { kind: 'one', role: 'database-admin' }],
  ['Database-Admin', { kind: 'one', role: 'database-admin' }],
  ['override', { kind: 'form', role: null }],
  ['override database-admin', { kind: 'form', role: 'database-admin' }],
  ['override database-admin omar to 18:00', { kind: 'override', role: 'database-admin', who: 'omar', from: NOW, to: NOW + 5 * HOUR }],
  [
    'override database-admin Omar Haddad for 4h from 20:00',
    { kind: 'override', who: 'Omar Haddad', from: NOW + 7 * HOUR, to: NOW + 11 * HOUR },
  ],
  ['override database-admin @omar from 20:00 to 06:00', { kind: 'override', who: '@omar', from: NOW + 7 * HOUR, to: NOW + 17 * HOUR }],
  ['override lead-developer dana from tomorrow 09:00 to tomorrow 17:00', { kind: 'override', from: NOW + 21 * HOUR, to: NOW + 29 * HOUR }],
  ['cancel database-admin', { kind: 'cancel', role: 'database-admin', override: null }],
  ['cancel database-admin k3x9', { kind: 'cancel', override: 'k3x9' }],
  [
    'database-admn',
    { mistake: 'There is no role "database-admn". Did you mean "database-admin"? The roles are lead-developer and database-admin.' },
  ],
  ['overide', { mistake: 'There is no role "overide". Did you mean "override"? The roles are lead-developer and database-admin.' }],
  ['database-admin please', { mistake: 'There is no `/oncall database-admin` with more behind it. `/oncall help` says what there is.' }],
  ['override dba omar to 18:00', { mistake: 'There is no role "dba". The roles are lead-developer and database-admin.' }],
  ['override database-admin omar', { mistake: USAGE }],
  ['override database-admin to 18:00', { mistake: USAGE }],
  ['override database-admin omar to 18:00 for 4h', { mistake: USAGE }],
  ['override database-admin omar to', { mistake: USAGE }],
  ['override database-admin omar to never', { mistake: expect.stringContaining('"never" is no moment') }],
  ['override database-admin omar from late to 18:00', { mistake: expect.stringContaining('"late" is no moment') }],
  ['override database-admin omar for ages', { mistake: '"ages" is no length of time. Write one such as `4h` or `90m`.' }],
  ['cancel', { mistake: 'Write it as `/oncall cancel <role> [<override>]`; `/oncall <role>` lists its overrides.' }],
  ['cancel nobody', { mistake: 'There is no role "nobody". The roles are lead-developer and database-admin.' }],
])('%s', (text, asked) => {
  expect(parseOnCallText(text, { settings, now: NOW })).toMatchObject(asked);
});
