import { randomBytes, randomInt } from 'node:crypto';
import type { Instant } from './core/brand.ts';
import type { Clock, Ids } from './core/ports.ts';

/** The time of this machine. */
export const realClock: Clock = {
  now: () => Date.now() as Instant,
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

const LETTERS = '23456789abcdefghjkmnpqrstvwxyz';

/** Randomness of this machine; the short ids leave out what people mistake for one another. */
export const realIds: Ids = {
  token: () => randomBytes(18).toString('base64url'),
  short: () => Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
};
