import type { Instant } from '../brand.ts';

/**
 * One reading of a metric of a target. `at` is when the number was true, not when it came. `n` is how many requests, or probes,
 * it is drawn from, and `errors` how many of these failed.
 */
export type Sample = { readonly at: Instant; readonly value: number; readonly n?: number; readonly errors?: number };

/** How far a sample's time may be from the moment at which it came. */
export type Allowed = { readonly lateMs: number; readonly futureMs: number };
export type Fault = 'not-a-number' | 'from-the-future' | 'too-late';

/** Why a sample must not be judged by, or null: a wrong clock or a division by nothing may never start a rollback. */
export function faultOf({ at, value, n = 0, errors = 0 }: Sample, now: Instant, { lateMs, futureMs }: Allowed): Fault | null {
  if (![at, value, n, errors].every((number) => Number.isFinite(number) && number >= 0)) return 'not-a-number';
  if (at > now + futureMs) return 'from-the-future';
  return at < now - lateMs ? 'too-late' : null;
}
