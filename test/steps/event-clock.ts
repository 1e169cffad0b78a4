import type { Instant } from '../../src/core/brand.ts';
import type { Clock } from '../../src/core/ports.ts';

type Timer = { readonly at: number; readonly callback: () => void };

/** A clock that stands still while anybody has something to do, and then leaps to whatever comes next. */
export function createEventClock(): Clock {
  const timers = new Set<Timer>();
  let now = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled || timers.size === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const next = [...timers].toSorted((a, b) => a.at - b.at)[0];
      if (!next) return;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.callback();
      schedule();
    });
  }

  return {
    now: () => now as Instant,
    monotonicMs: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      schedule();
      return () => timers.delete(timer);
    },
  };
}
