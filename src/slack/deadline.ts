import type { Clock } from '../core/ports.ts';

/** What a promise brings, or `late` when it takes longer than `ms`; the promise itself goes on. */
export async function within<Value>(clock: Clock, ms: number, promise: Promise<Value>, late: Value): Promise<Value> {
  const timer = Promise.withResolvers<Value>();
  const cancel = clock.after(ms, () => timer.resolve(late));
  try {
    return await Promise.race([promise, timer.promise]);
  } finally {
    cancel();
  }
}
