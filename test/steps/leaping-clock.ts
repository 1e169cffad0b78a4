import { realClock } from '../../src/clock.ts';
import type { Instant } from '../../src/core/brand.ts';
import type { Clock } from '../../src/core/ports.ts';

type Timer = { readonly at: number; readonly callback: () => void; cancel: () => void };

/** The machine's clock, which a test moves ahead once it has seen what the time has to pass for: so no limit is too short for a slow machine. */
export type LeapingClock = Clock & { leap(ms: number): void };

export function createLeapingClock(): LeapingClock {
  const timers = new Set<Timer>();
  let leaptMs = 0;
  const monotonicMs = (): number => realClock.monotonicMs() + leaptMs;

  function schedule(timer: Timer): void {
    timer.cancel();
    timer.cancel = realClock.after(Math.max(0, timer.at - monotonicMs()), () => {
      timers.delete(timer);
      timer.callback();
    });
  }

  return {
    now: () => (realClock.now() + leaptMs) as Instant,
    monotonicMs,
    after(ms, callback) {
      const timer: Timer = { at: monotonicMs() + ms, callback, cancel: () => undefined };
      timers.add(timer);
      schedule(timer);
      return () => {
        timers.delete(timer);
        timer.cancel();
      };
    },
    leap(ms) {
      leaptMs += ms;
      for (const timer of timers) schedule(timer);
    },
  };
}
