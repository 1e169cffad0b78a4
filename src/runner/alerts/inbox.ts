import { ALERT_ROW } from '../../core/alert/inbox.ts';
import type { AlertInbox } from '../../core/alert/inbox.ts';
import type { Clock, Ids, Store } from '../../core/ports.ts';
import type { Quarantine } from './quarantine.ts';

export type WaitingRoom = AlertInbox & {
  /** These rows have become events. */
  leave(keys: readonly string[]): void;
};

export type InboxParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly quarantine: Quarantine;
  /** Something new waits. */
  readonly onTaken: () => void;
};

/** What may wait; more than that is better kept by the sources, which send it again. */
const MOST_ROWS = 5000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Takes in what came from monitoring systems: on disk before it is answered, and never more than can be worked off. */
export function createAlertInbox({ store, clock, ids, quarantine, onTaken }: InboxParts): WaitingRoom {
  const sizes = new Map<string, number>();
  let bytesWaiting = 0;
  function forget(key: string): void {
    bytesWaiting -= sizes.get(key) ?? 0;
    sizes.delete(key);
  }
  return {
    async take(notices, bytes) {
      if (sizes.size >= MOST_ROWS || bytesWaiting + bytes > MOST_BYTES) return 'full';
      const key = `${ALERT_ROW} ${ids.token()}`;
      sizes.set(key, bytes);
      bytesWaiting += bytes;
      try {
        await store.accept(key, ALERT_ROW, notices, clock.now());
      } catch (error) {
        forget(key);
        throw error;
      }
      onTaken();
      return 'taken';
    },
    quarantine: async (unread) => await quarantine.put(unread),
    leave(keys) {
      for (const key of keys) forget(key);
    },
  };
}
