import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realClock } from '../src/clock.ts';

const DAY_MS = 24 * 60 * 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([1, 24, 25, 60])('a timer of %i days rings then, and not at once', (days) => {
  const ring = vi.fn<() => void>();
  realClock.after(days * DAY_MS, ring);
  vi.advanceTimersByTime(days * DAY_MS - 1);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ring).toHaveBeenCalledTimes(1);
});

test('a long timer that was taken back never rings', () => {
  const ring = vi.fn<() => void>();
  const cancel = realClock.after(60 * DAY_MS, ring);
  vi.advanceTimersByTime(30 * DAY_MS);
  cancel();
  vi.advanceTimersByTime(60 * DAY_MS);
  expect(ring).not.toHaveBeenCalled();
});
