import type { Clock } from '../../core/ports.ts';

const HOLDS_MS = 10 * 60_000;
const MOST = 20_000;

/** Remembers signatures for ten minutes: Slack signs each delivery anew, so the same one twice was sent by somebody else. */
export function createReplayMemory(clock: Clock): { isNew(signature: string): boolean } {
  const seen = new Map<string, number>();
  return {
    isNew(signature) {
      const now = clock.monotonicMs();
      for (const [old, atMs] of seen) {
        if (now - atMs < HOLDS_MS && seen.size < MOST) break;
        seen.delete(old);
      }
      if (seen.has(signature)) return false;
      seen.set(signature, now);
      return true;
    },
  };
}
