import { sayDuration } from '../core/duration.ts';
import type { Clock } from '../core/ports.ts';
import { unknown } from './deed.ts';
import type { Unknown } from './deed.ts';

export type StopReason = 'timeout' | 'bot-stopped' | 'stopped-by-person';

/** The end of an attempt: its time is over, or somebody ends it. */
export type Deadline = {
  /** How long the attempt may take in all. */
  readonly ms: number;
  /** Aborted at the end, with the `StopReason`. */
  readonly signal: AbortSignal;
  /** Resolves at the end; never, if the attempt is done before. */
  readonly passed: Promise<StopReason>;
  /** Waits for work, but not beyond the end: then it answers null, and the work's result is nobody's. */
  within<Value>(work: Promise<Value>): Promise<{ readonly value: Value } | null>;
  /** Waits for a while; false when the end came first. */
  pause(ms: number): Promise<boolean>;
  /** What there is to say once it has passed, about something that may have acted. */
  deed(): Unknown;
  /** Stops the clock; has to be called when the attempt is done. */
  release(): void;
};

/** Starts the time of an attempt. */
export function createDeadline({ clock, signal, ms }: { clock: Clock; signal: AbortSignal; ms: number }): Deadline {
  const controller = new AbortController();
  const { promise: passed, resolve } = Promise.withResolvers<StopReason>();
  const end = (why: StopReason): void => {
    controller.abort(why);
    resolve(why);
  };
  const onAbort = (): void => end(signal.reason === 'stopped-by-person' ? 'stopped-by-person' : 'bot-stopped');
  const cancel = clock.after(ms, () => end('timeout'));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });

  async function within<Value>(work: Promise<Value>): Promise<{ value: Value } | null> {
    return await Promise.race([passed.then(() => null), work.then((value) => ({ value }))]);
  }

  return {
    ms,
    signal: controller.signal,
    passed,
    within,
    async pause(pauseMs) {
      const pause = startPause(clock, pauseMs);
      const inTime = await within(pause.over);
      pause.cancel();
      return inTime !== null;
    },
    deed: () => unknown(controller.signal.reason as StopReason, sayStop(controller.signal.reason as StopReason, ms)),
    release() {
      cancel();
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/** A while on the given clock; cancelling it lets go of the clock, and `over` never comes. */
export function startPause(clock: Clock, ms: number): { readonly over: Promise<void>; cancel(): void } {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  return { over, cancel: clock.after(ms, resolve) };
}

function sayStop(why: StopReason, ms: number): string {
  switch (why) {
    case 'timeout':
      return `It had not ended after ${sayDuration(ms)}, so it was ended, and nobody knows how far it came.`;
    case 'bot-stopped':
      return 'Rollbot was stopped while it ran, so it was ended, and nobody knows how far it came.';
    case 'stopped-by-person':
      return 'A person stopped it while it ran, and nobody knows how far it came.';
    default:
      return why satisfies never;
  }
}
