import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { mediaAt } from '../../../src/core/contact/media.ts';
import type { Contact } from '../../../src/core/contact/schema.ts';

const OMAR: Contact = {
  slack: 'U0OMAR',
  email: 'omar@pitchey.example',
  pagerduty: { env: 'OMAR_PAGERDUTY' },
  zone: 'Europe/Berlin',
  quiet: { from: '22:00', to: '07:00', media: ['pagerduty'] },
};
const ALL = ['pagerduty', 'slack', 'email'];

test.each<[what: string, contact: Contact, at: string, media: readonly string[], quiet: boolean]>([
  ['by day all of them, what rings first', OMAR, '2026-11-24T12:00Z', ALL, false],
  ['a minute before the quiet hours', OMAR, '2026-11-24T20:59Z', ALL, false],
  ['the quiet hours begin', OMAR, '2026-11-24T21:00Z', ['pagerduty'], true],
  ['after midnight', OMAR, '2026-11-25T02:00Z', ['pagerduty'], true],
  ['they are over', OMAR, '2026-11-25T06:00Z', ALL, false],
  ['on the long night they last until seven by the clock', OMAR, '2026-10-25T05:30Z', ['pagerduty'], true],
  ['and no longer', OMAR, '2026-10-25T06:00Z', ALL, false],
  ['on the short night as well', OMAR, '2027-03-28T05:00Z', ALL, false],
  [
    'within a day, before they begin',
    { ...OMAR, quiet: { from: '12:00', to: '13:00', media: ['email'] } },
    '2026-11-24T10:30Z',
    ALL,
    false,
  ],
  [
    'within a day, when they are over',
    { ...OMAR, quiet: { from: '12:00', to: '13:00', media: ['email'] } },
    '2026-11-24T12:00Z',
    ALL,
    false,
  ],
  ['within a day', { ...OMAR, quiet: { from: '12:00', to: '13:00', media: ['email'] } }, '2026-11-24T11:30Z', ['email'], true],
  [
    'a medium that they have not leaves all others',
    { ...OMAR, quiet: { from: '22:00', to: '07:00', media: ['webhook'] } },
    '2026-11-24T23:00Z',
    ALL,
    true,
  ],
  [
    'without a zone it is UTC',
    { slack: 'U0X', quiet: { from: '00:00', to: '01:00', media: ['slack'] } },
    '2026-11-24T00:30Z',
    ['slack'],
    true,
  ],
  ['nothing at all', {}, '2026-11-24T00:30Z', [], false],
])('%s', (_what, contact, at, media, quiet) => {
  expect(mediaAt(contact, Date.parse(at) as Instant)).toEqual({ media, quiet });
});
