import type { Patience, SlackClock } from '../../../src/demo/slack/index.ts';

/** A clock that stands still until it is moved; what falls due on the way is run in order. */
export interface HandClock extends SlackClock {
  after: Patience;
  advance(ms: number): void;
}

export function handClock(start = Date.UTC(2026, 0, 12, 9, 0, 0)): HandClock {
  let now = start;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const next = waiting.toSorted((a, b) => a.at - b.at).find((entry) => entry.at <= until);
        if (!next) break;
        waiting = waiting.filter((entry) => entry !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
    },
  };
}
