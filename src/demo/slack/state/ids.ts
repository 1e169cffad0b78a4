import type { SlackClock } from '../clock.ts';

/** Makes the workspace's ids; the same seed gives the same ids. */
export interface Ids {
  /** A readable id: `U001DANA`. */
  named(prefix: string, name: string): string;
  /** A plain id: `V00000001`. */
  serial(prefix: string): string;
  hex(length: number): string;
  uuid(): string;
  /** A whole number from 0 to just below `n`. */
  below(n: number): number;
  /** The next message id: the clock's time in microseconds, never twice the same. */
  ts(): string;
  /** One more than the last time. */
  step(): number;
}

export function createIds(clock: SlackClock, seed: number): Ids {
  const random = numbersFrom(seed);
  let count = 0;
  let lastTs = 0;
  let steps = 0;
  const below = (n: number) => Math.floor(random() * n);
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join('');
  return {
    named: (prefix, name) => prefix + String(++count).padStart(3, '0') + (name.toUpperCase().match(/[A-Z0-9]/g) ?? []).slice(0, 7).join(''),
    serial: (prefix) => prefix + String(++count).padStart(8, '0'),
    hex,
    uuid: () => [8, 4, 4, 4, 12].map(hex).join('-'),
    below,
    ts() {
      lastTs = Math.max(lastTs + 1, Math.round(clock.now() * 1000));
      return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`;
    },
    step: () => ++steps,
  };
}

/** A small generator of evenly spread numbers below 1 (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
