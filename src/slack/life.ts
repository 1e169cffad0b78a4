import type { Clock, Log, Store } from '../core/ports.ts';
import type { Identity } from './identity.ts';
import type { Way } from './receivers/receiver.ts';

/** What changes while the room is open. */
export type Life = {
  identity: Identity | null;
  way: Way | null;
  stopped: boolean;
  /** Take back what is to happen later. */
  readonly cancels: Set<() => void>;
  unsubscribe: () => void;
};

type PruneParts = { readonly store: Pick<Store, 'prune'>; readonly clock: Clock; readonly log: Log };

const PRUNE_EVERY_MS = 6 * 60 * 60_000;
const KEEP_MS = 24 * 60 * 60_000;

/** Forgets what was settled long ago, now and every few hours. */
export function prune(life: Life, parts: PruneParts): void {
  const { store, clock, log } = parts;
  const before = (clock.now() - KEEP_MS) as ReturnType<typeof clock.now>;
  store.prune(before).catch((error: unknown) => log.warn({ error }, 'the inbox could not be pruned'));
  later(life, clock, PRUNE_EVERY_MS, () => prune(life, parts));
}

/** Does something after a while, unless the room has been closed by then. */
export function later(life: Life, clock: Clock, ms: number, callback: () => void): void {
  if (life.stopped) return;
  const cancel = clock.after(ms, () => {
    life.cancels.delete(cancel);
    callback();
  });
  life.cancels.add(cancel);
}
