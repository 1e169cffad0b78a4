import type { StreamId } from '../core/brand.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Outcome } from './outcome.ts';

export type Reconciler = {
  /** Looks at a stream again; any number of wake-ups while it is being looked at are one. */
  wake(stream: StreamId): void;
  /** Resolves when nothing is being done and nothing waits to be tried again. */
  settled(): Promise<void>;
  /** Lets the passes under way end, and begins no new ones. */
  stop(): Promise<void>;
};

export type ReconcilerParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Brings one stream's messages in line with its state; `tickMs` is when time alone will have changed what they say. */
  readonly pass: (stream: StreamId) => Promise<{ readonly outcome: Outcome; readonly tickMs: number | null }>;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** One writer a stream: whatever happens, somebody looks at the state again until the messages say what it says. Nothing is thrown at those who wake it. */
export function createReconciler({ clock, log, pass }: ReconcilerParts): Reconciler {
  const workers = new Map<StreamId, Worker>();
  const waiting = new Set<() => void>();
  const life = { stopped: false };

  const isIdle = (): boolean => [...workers.values()].every(({ running, retry }) => !running && retry === null);
  const tellIdle = (): void => {
    if (!isIdle()) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  async function work(stream: StreamId, worker: Worker): Promise<void> {
    worker.running = true;
    while (worker.again && !life.stopped) {
      worker.again = false;
      const { outcome, tickMs } = await attempt(stream);
      if (outcome.status === 'later') {
        retryLater(stream, worker, outcome);
        break;
      }
      worker.pauseMs = FIRST_PAUSE_MS;
      if (tickMs !== null && !life.stopped) worker.tick = clock.after(tickMs, () => wake(stream));
    }
    worker.running = false;
    if (!worker.again && worker.retry === null && worker.tick === null) workers.delete(stream);
    tellIdle();
  }
  async function attempt(stream: StreamId): ReturnType<ReconcilerParts['pass']> {
    try {
      return await pass(stream);
    } catch (error) {
      log.error({ stream, error }, 'a stream could not be shown in Slack');
      return { outcome: { status: 'later', afterMs: null, says: 'an error of our own' }, tickMs: null };
    }
  }
  function retryLater(stream: StreamId, worker: Worker, outcome: Extract<Outcome, { status: 'later' }>): void {
    log.debug({ stream, says: outcome.says }, 'Slack does not say yet what the state says');
    if (life.stopped) return;
    const pauseMs = outcome.afterMs ?? worker.pauseMs;
    worker.pauseMs = Math.min(worker.pauseMs * 2, LONGEST_PAUSE_MS);
    worker.retry = clock.after(pauseMs, () => wake(stream));
  }
  function wake(stream: StreamId): void {
    if (life.stopped) return;
    const worker = workers.get(stream) ?? { running: false, again: false, pauseMs: FIRST_PAUSE_MS, retry: null, tick: null };
    workers.set(stream, worker);
    worker.retry?.();
    worker.tick?.();
    worker.retry = null;
    worker.tick = null;
    worker.again = true;
    if (!worker.running) void work(stream, worker);
  }
  return {
    wake,
    settled: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    async stop() {
      life.stopped = true;
      for (const worker of workers.values()) {
        worker.retry?.();
        worker.tick?.();
        worker.retry = null;
      }
      if (!isIdle()) await new Promise<void>((resolve) => waiting.add(resolve));
      tellIdle();
    },
  };
}

type Worker = {
  running: boolean;
  again: boolean;
  pauseMs: number;
  /** Takes back the next attempt after a failure. */
  retry: (() => void) | null;
  /** Takes back the next look that only time makes necessary. */
  tick: (() => void) | null;
};
