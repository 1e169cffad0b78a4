import type { Notice } from '../../core/alert/alert.ts';
import { ALERT_ROW } from '../../core/alert/inbox.ts';
import type { AlertInbox } from '../../core/alert/inbox.ts';
import type { Clock, Ids, Store } from '../../core/ports.ts';
import type { Quarantine } from './quarantine.ts';

export type WaitingRoom = AlertInbox & {
  /** These rows have become events. */
  leave(keys: readonly string[]): void;
  /** How many deliveries have come so far. */
  came(): number;
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
/** Deliveries that come together lie in one row up to this size: one commit is all that they wait for. */
const ROW_BYTES = 128 * 1024;

type Delivery = { readonly notices: readonly Notice[]; readonly bytes: number };
type Row = { readonly deliveries: Delivery[]; bytes: number; readonly written: Promise<void> };

/** Takes in what came from monitoring systems: on disk before it is answered, and never more than can be worked off. */
export function createAlertInbox({ store, clock, ids, quarantine, onTaken }: InboxParts): WaitingRoom {
  const sizes = new Map<string, number>();
  let bytesWaiting = 0;
  let gathering: Row | null = null;
  let deliveries = 0;

  function forget(key: string): void {
    bytesWaiting -= sizes.get(key) ?? 0;
    sizes.delete(key);
  }

  function gather(delivery: Delivery): Row {
    if (gathering && gathering.bytes + delivery.bytes <= ROW_BYTES) {
      gathering.deliveries.push(delivery);
      gathering.bytes += delivery.bytes;
      return gathering;
    }
    const together = [delivery];
    const row: Row = { deliveries: together, bytes: delivery.bytes, written: turnOver().then(async () => await write(row)) };
    gathering = row;
    return row;
  }

  async function write(row: Row): Promise<void> {
    if (gathering === row) gathering = null;
    const key = `${ALERT_ROW} ${ids.token()}`;
    sizes.set(key, row.bytes);
    try {
      await store.accept(
        key,
        ALERT_ROW,
        row.deliveries.flatMap(({ notices }) => notices),
        clock.now(),
      );
    } catch (error) {
      forget(key);
      throw error;
    }
    onTaken();
  }

  return {
    async take(notices, bytes) {
      deliveries += 1;
      if (sizes.size >= MOST_ROWS || bytesWaiting + bytes > MOST_BYTES) return 'full';
      bytesWaiting += bytes;
      await gather({ notices, bytes }).written;
      return 'taken';
    },
    quarantine: async (unread) => await quarantine.put(unread),
    leave(keys) {
      for (const key of keys) forget(key);
    },
    came: () => deliveries,
  };
}

/** Resolves when everything that has come by now was looked at. */
async function turnOver(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
