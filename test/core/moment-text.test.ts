import { expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import { readLength, readMoment } from '../../src/core/moment-text.ts';

const NOW = Date.parse('2026-10-24T12:00Z') as Instant;
const read = (text: string, zone = 'Europe/Berlin', after = NOW): string => {
  const moment = readMoment(text, { zone, now: NOW, after });
  return typeof moment === 'number' ? new Date(moment).toISOString().slice(0, 16) : moment.mistake;
};

test.each([
  ['now', '2026-10-24T12:00'],
  ['18:00', '2026-10-24T16:00'],
  ['9:05', '2026-10-25T08:05'],
  ['14:00', '2026-10-25T13:00'],
  ['today 18:00', '2026-10-24T16:00'],
  ['Tomorrow 18:00', '2026-10-25T17:00'],
  ['2026-11-27 09:00', '2026-11-27T08:00'],
  ['2026-11-27T09:00', '2026-11-27T08:00'],
  ['2026-11-27T09:00Z', '2026-11-27T09:00'],
  ['2026-11-27 09:00+05:30', '2026-11-27T03:30'],
  ['2026-10-25 02:30+02:00', '2026-10-25T00:30'],
  [
    '2026-10-25 02:30',
    'The clocks of Europe/Berlin show 02:30 twice on that day. Write `2026-10-25T02:30+02:00` or `2026-10-25T02:30+01:00`.',
  ],
  ['02:30', 'The clocks of Europe/Berlin show 02:30 twice on that day. Write `2026-10-25T02:30+02:00` or `2026-10-25T02:30+01:00`.'],
  ['2027-03-28 02:30', 'The clocks of Europe/Berlin jump over 02:30 on that day. Give another time.'],
])('%s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each(['', 'soon', '25:00', '2026-02-30 09:00', '2026-11-27', 'tomorrow', '2026-11-27T25:00Z', 'today noon'])(
  '%s is no moment',
  (text) => {
    expect(read(text)).toBe(
      `"${text}" is no moment. Write it as \`18:00\`, \`tomorrow 09:00\`, \`2026-11-27 09:00\`, \`2026-11-27T09:00+01:00\` or \`now\`.`,
    );
  },
);

test('a time alone is the next one after the beginning, in the zone of the rotation', () => {
  expect(read('06:00', 'America/New_York')).toBe('2026-10-25T10:00');
  expect(read('06:00', 'UTC', Date.parse('2026-12-01T07:00Z') as Instant)).toBe('2026-12-02T06:00');
});

test('a length is written as everywhere', () => {
  expect([readLength('4h'), readLength('90 m')]).toEqual([4 * 3_600_000, 90 * 60_000]);
  expect(readLength('a while')).toMatchObject({ mistake: expect.stringContaining('no length of time') });
});
