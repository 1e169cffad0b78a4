import { randomBytes, randomInt } from 'node:crypto';
import type { Instant } from './core/brand.ts';
import type { Clock, Ids } from './core/ports.ts';

/** A timer of the system can't be set further ahead than this, and rings at once when it is. */
const LONGEST_MS = 2_147_483_647;

/** The time of this machine. */
export const realClock: Clock = {
  now: () => Date.now() as Instant,
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const nowMs = Math.min(leftMs, LONGEST_MS);
      timer = setTimeout(() => (leftMs > nowMs ? wait(leftMs - nowMs) : callback()), nowMs);
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};

const LETTERS = '23456789abcdefghjkmnpqrstvwxyz';

/** Randomness of this machine; the short ids leave out what people mistake for one another. */
export const realIds: Ids = {
  token: () => randomBytes(18).toString('base64url'),
  short: () => Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
};
