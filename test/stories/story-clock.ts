import type { Instant } from '../../src/core/brand.ts';
import type { Clock } from '../../src/core/ports.ts';

type Timer = { at: number; callback: () => void };

/**
 * A clock for stories: it begins on a fixed day, flows faster than real time while real programs do their work, and jumps
 * where the story says so. Timers that a jump passes over ring in their order, each at its own time.
 */
export type StoryClock = Clock & { advance(ms: number): void; stop(): void };

const BEGINS = Date.UTC(2026, 10, 24, 3, 0, 0);
const TICK_MS = 5;

export function createStoryClock(speed = 10): StoryClock {
  const timers = new Set<Timer>();
  const started = performance.now();
  let jumped = 0;
  const elapsed = (): number => (performance.now() - started) * speed + jumped;

  function ring(until: number): void {
    for (;;) {
      const next = [...timers].filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (!next) return;
      timers.delete(next);
      jumped += Math.max(0, next.at - elapsed());
      next.callback();
    }
  }

  const tick = setInterval(() => ring(elapsed()), TICK_MS);
  return {
    now: () => (BEGINS + Math.floor(elapsed())) as Instant,
    monotonicMs: elapsed,
    after(ms, callback) {
      const timer = { at: elapsed() + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const target = elapsed() + ms;
      ring(target);
      jumped += Math.max(0, target - elapsed());
    },
    stop: () => clearInterval(tick),
  };
}
