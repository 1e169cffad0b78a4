import type { Instant } from '../../src/core/brand.ts';
import type { Clock } from '../../src/core/ports.ts';
import { BEGINS } from './story.ts';

/** A clock that stands still until it is told to go on. */
export type ManualClock = Clock & { pass(ms: number): Promise<void> };

export function createManualClock(): ManualClock {
  const timers = new Set<{ at: number; callback: () => void }>();
  let elapsed = 0;
  return {
    now: () => (BEGINS + elapsed) as Instant,
    monotonicMs: () => elapsed,
    after(ms, callback) {
      const timer = { at: elapsed + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const until = elapsed + ms;
      await new Promise((resolve) => setImmediate(resolve));
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        elapsed = Math.max(elapsed, next.at);
        next.callback();
        // What waits for the timer goes on before the next one rings.
        await new Promise((resolve) => setImmediate(resolve));
      }
      elapsed = until;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
