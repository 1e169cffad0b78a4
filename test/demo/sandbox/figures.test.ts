import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/core/ports.ts';
import type { Instant } from '../../../src/core/brand.ts';
import { createDatabase } from '../../../src/demo/sandbox/database.ts';
import { createErrorLog } from '../../../src/demo/sandbox/error-log.ts';
import { judge } from '../../../src/demo/sandbox/health.ts';
import { startTraffic } from '../../../src/demo/sandbox/traffic.ts';
import { createWindow } from '../../../src/demo/sandbox/window.ts';

describe('the sliding window', () => {
  test('gives shares and the 95th percentile of its last seconds', () => {
    const clock = steppedClock();
    const window = createWindow({ clock, windowMs: 2000 });
    for (let each = 1; each <= 100; each += 1) window.add(each <= 70 ? 'hit' : each <= 90 ? 'miss' : 'error', each);
    expect(window.figures()).toEqual({ requests: 100, errorRate: 0.1, hitRate: 0.7, p95Ms: 95 });
  });

  test('forgets what is older, but not how many there were', () => {
    const clock = steppedClock();
    const window = createWindow({ clock, windowMs: 2000 });
    window.add('error', 900);
    clock.advance(1000);
    window.add('hit', 3);
    clock.advance(1000);
    expect(window.figures()).toEqual({ requests: 1, errorRate: 0, hitRate: 1, p95Ms: 3 });
    clock.advance(1000);
    expect(window.figures()).toEqual({ requests: 0, errorRate: null, hitRate: null, p95Ms: null });
    expect(window.served()).toBe(2);
  });
});

describe('health', () => {
  const fine = { requests: 100, errorRate: 0, hitRate: 0.9, p95Ms: 12 };
  const roomy = { status: 'reachable', memoryBytes: 1_000_000, limitBytes: 2_000_000, warmedKeys: 0 } as const;

  test.each([
    ['all is well', fine, roomy, true, []],
    ['requests fail', { ...fine, errorRate: 0.3 }, roomy, true, ['30 % of all requests fail.']],
    ['the cache misses', { ...fine, hitRate: 0.2 }, roomy, true, ['Only 20 % of all requests are answered by the cache.']],
    ['it is slow', { ...fine, p95Ms: 1400 }, roomy, true, ['The slowest twentieth of the requests takes 1400 ms or more.']],
    ['memory is short', fine, { ...roomy, memoryBytes: 3_145_728 }, true, ['The cache uses 3.0 MiB of its 1.9 MiB.']],
    [
      'the cache is away',
      fine,
      { status: 'unreachable', says: 'Connection is closed' } as const,
      true,
      ["The cache can't be reached: Connection is closed."],
    ],
    [
      'nobody was served',
      { requests: 0, errorRate: null, hitRate: null, p95Ms: null },
      roomy,
      true,
      ['No request has been answered lately.'],
    ],
    ['nothing is deployed', fine, roomy, false, ['Nothing is deployed.']],
  ])('when %s', (_, figures, cache, deployed, reasons) => {
    expect(judge(figures, cache, deployed)).toEqual({ status: reasons.length === 0 ? 'healthy' : 'unhealthy', reasons });
  });
});

test('the error log forgets what is older than its window', () => {
  const clock = steppedClock();
  const log = createErrorLog({ clock, windowMs: 2000 });
  log.write('first');
  clock.advance(1500);
  log.write('second');
  clock.advance(1000);
  expect(log.recent()).toEqual([{ at: '1970-01-01T00:00:01.500Z', level: 'error', line: 'second' }]);
});

test('the database refuses whoever finds its queue full, and serves the others in turn', async () => {
  const clock = steppedClock();
  const database = createDatabase({ clock, perSecond: 50 });
  const asked = Array.from({ length: 30 }, (_, index) => database.shelf(index + 1));
  const settled = Promise.allSettled(asked);
  for (let each = 0; each < 10; each += 1) {
    clock.advance(200);
    await new Promise(setImmediate);
  }
  const refused = (await settled).filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(30 - 4 - 24);
  expect(refused[0]?.reason).toEqual(new Error('no database connection is free (4 busy, 24 requests waiting)'));
});

test('customers come at their rate, and prefer the best sellers', () => {
  const clock = steppedClock();
  const visits: number[] = [];
  const stop = startTraffic({ clock, perSecond: 100, visit: (id) => visits.push(id) });
  for (let each = 0; each < 500; each += 1) clock.advance(20);
  expect(visits).toHaveLength(1000);
  expect(Math.min(...visits)).toBe(1);
  expect(Math.max(...visits)).toBe(120);
  expect(visits.filter((id) => id <= 20).length).toBeGreaterThan(350);
  stop();
  clock.advance(1000);
  expect(visits).toHaveLength(1000);
});

/** A clock that stands still until it is advanced. */
function steppedClock(): Clock & { advance(ms: number): void } {
  let nowMs = 0;
  let waiting: { atMs: number; callback: () => void }[] = [];
  return {
    now: () => nowMs as Instant,
    monotonicMs: () => nowMs,
    after(ms, callback) {
      const entry = { atMs: nowMs + ms, callback };
      waiting.push(entry);
      return () => void (waiting = waiting.filter((each) => each !== entry));
    },
    advance(ms) {
      nowMs += ms;
      const due = waiting.filter((each) => each.atMs <= nowMs);
      waiting = waiting.filter((each) => each.atMs > nowMs);
      for (const { callback } of due) callback();
    },
  };
}
