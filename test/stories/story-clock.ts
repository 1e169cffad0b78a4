import type { Instant } from '../../src/core/brand.ts';
import type { Clock } from '../../src/core/ports.ts';

type Timer = { at: number; callback: () => void };

/**
 * A clock for stories: it begins on a fixed day, goes on in beats while real programs do their work, and jumps where the
 * story says so. Timers that a jump passes over ring in their order, each at its own time. A beat is counted, not measured:
 * on a busy machine beats come late, and so the clock waits for the bot instead of overtaking it.
 */
export type StoryClock = Clock & { advance(ms: number): void; stop(): void };

const BEGINS = Date.UTC(2026, 10, 24, 3, 0, 0);
const BEAT_MS = 5;

/** `speed` is how much faster than the real one it goes on an idle machine. */
export function createStoryClock(speed = 10): StoryClock {
  const timers = new Set<Timer>();
  let elapsed = 0;

  function goOn(until: number): void {
    for (;;) {
      const next = [...timers].filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers.delete(next);
      elapsed = Math.max(elapsed, next.at);
      next.callback();
    }
    elapsed = Math.max(elapsed, until);
  }

  const beats = setInterval(() => goOn(elapsed + BEAT_MS * speed), BEAT_MS);
  return {
    now: () => (BEGINS + Math.floor(elapsed)) as Instant,
    monotonicMs: () => elapsed,
    after(ms, callback) {
      const timer = { at: elapsed + Math.max(1, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => goOn(elapsed + ms),
    stop: () => clearInterval(beats),
  };
}
