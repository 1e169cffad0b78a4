import type { StreamId } from '../core/brand.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Outcome } from './outcome.ts';

export type Reconciler = {
  /** Looks at a stream again; any number of wake-ups while it is being looked at are one. */
  wake(stream: StreamId<string>): void;
  /** Whether its messages do not say yet what its state says. */
  isBehind(stream: StreamId<string>): boolean;
  /** Resolves when nothing is being done and nothing waits to be tried again. */
  settled(): Promise<void>;
  /** Lets the passes under way end, and begins no new ones. */
  stop(): Promise<void>;
};

export type ReconcilerParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Brings one stream's messages in line with its state; `tickMs` is when time alone will have changed what they say. */
  readonly pass: (stream: StreamId<string>) => Promise<{ readonly outcome: Outcome; readonly tickMs: number | null }>;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** One writer a stream: whatever happens, somebody looks at the state again until the messages say what it says. Nothing is thrown at those who wake it. */
export function createReconciler(parts: ReconcilerParts): Reconciler {
  const shop: Shop = { parts, workers: new Map(), waiting: new Set(), stopped: false };
  return {
    wake: (stream) => wake(shop, stream),
    isBehind(stream) {
      const worker = shop.workers.get(stream);
      return worker !== undefined && (worker.running || worker.again || worker.retry !== null);
    },
    settled: async () => await idle(shop),
    async stop() {
      shop.stopped = true;
      for (const worker of shop.workers.values()) unwind(worker);
      await idle(shop);
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

type Shop = {
  readonly parts: ReconcilerParts;
  readonly workers: Map<StreamId<string>, Worker>;
  /** Called once nothing is being done. */
  readonly waiting: Set<() => void>;
  stopped: boolean;
};

function wake(shop: Shop, stream: StreamId<string>): void {
  if (shop.stopped) return;
  const worker = shop.workers.get(stream) ?? { running: false, again: false, pauseMs: FIRST_PAUSE_MS, retry: null, tick: null };
  shop.workers.set(stream, worker);
  unwind(worker);
  worker.again = true;
  if (!worker.running) void work(shop, stream, worker);
}

async function work(shop: Shop, stream: StreamId<string>, worker: Worker): Promise<void> {
  worker.running = true;
  while (worker.again && !shop.stopped) {
    worker.again = false;
    const { outcome, tickMs } = await attempt(shop, stream);
    if (shop.stopped) break;
    if (outcome.status === 'later') {
      retryLater(shop, stream, worker, outcome);
      break;
    }
    worker.pauseMs = FIRST_PAUSE_MS;
    worker.tick?.();
    worker.tick = tickMs === null ? null : shop.parts.clock.after(tickMs, () => wake(shop, stream));
  }
  worker.running = false;
  if (worker.retry === null && worker.tick === null) shop.workers.delete(stream);
  tellIdle(shop);
}

async function attempt({ parts: { pass, log } }: Shop, stream: StreamId<string>): ReturnType<ReconcilerParts['pass']> {
  try {
    return await pass(stream);
  } catch (error) {
    log.error({ stream, error }, 'a stream could not be shown in Slack');
    return { outcome: { status: 'later', afterMs: null, says: 'an error of our own' }, tickMs: null };
  }
}

function retryLater(shop: Shop, stream: StreamId<string>, worker: Worker, { afterMs, says }: Extract<Outcome, { status: 'later' }>): void {
  const { clock, log } = shop.parts;
  log.debug({ stream, says }, 'Slack does not say yet what the state says');
  worker.retry = clock.after(afterMs ?? worker.pauseMs, () => wake(shop, stream));
  worker.pauseMs = Math.min(worker.pauseMs * 2, LONGEST_PAUSE_MS);
}

function unwind(worker: Worker): void {
  worker.retry?.();
  worker.tick?.();
  worker.retry = null;
  worker.tick = null;
}

async function idle(shop: Shop): Promise<void> {
  if (!isIdle(shop)) await new Promise<void>((resolve) => shop.waiting.add(resolve));
}

function isIdle({ workers }: Shop): boolean {
  return [...workers.values()].every(({ running, retry }) => !running && retry === null);
}

function tellIdle(shop: Shop): void {
  if (!isIdle(shop)) return;
  for (const resolve of shop.waiting) resolve();
  shop.waiting.clear();
}
