import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { dayTyped, isDayOver, laterOn } from '../../../src/core/followup/later.ts';

const NOW = Date.UTC(2026, 10, 24, 14, 30) as Instant;
const at = (text: string): Instant => Date.parse(`${text}Z`) as Instant;

test.each([
  ['a later day, at the hour that it had', '2026-12-01', '2026-11-25T03:10', '2026-12-01T03:10'],
  ['today, at an hour that is still to come', '2026-11-24', '2026-11-25T20:00', '2026-11-24T20:00'],
  ['today, an hour from now where that hour is over', '2026-11-24', '2026-11-25T03:10', '2026-11-24T15:30'],
])('it falls due on %s', (_, day, dueAt, expected) => {
  expect(new Date(laterOn(dayTyped(day) ?? 0, at(dueAt), NOW)).toISOString().slice(0, 16)).toBe(expected);
});

test.each(['monday', '2026-13-01', '2026-02-31', '2026-12-1', '2026-12-01T03:00', ''])('%j is no day', (text) => {
  expect(dayTyped(text)).toBeNull();
});

test.each([
  ['2026-11-23', true],
  ['2026-11-24', false],
  ['2026-11-25', false],
])('whether %s is over altogether: %s', (day, over) => {
  expect(isDayOver(dayTyped(day) ?? 0, NOW)).toBe(over);
});
