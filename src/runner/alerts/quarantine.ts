import { QUARANTINE_ROW } from '../../core/alert/inbox.ts';
import type { Unread } from '../../core/alert/inbox.ts';
import { STORM_STREAM } from '../../core/storm/state.ts';
import type { Clock, Ids, InboxRow, Log, Store } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';

/** Keeps what nobody could read, for people to look at. */
export type Quarantine = { put(unread: Unread): Promise<void> };

export type QuarantineParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

const MOST_ROWS = 100;
const MOST_CHARACTERS = 1024 * 1024;
/** Enough to see what it is. */
const LONGEST_TEXT = 64 * 1024;

/** Builds the quarantine. It is bounded, the oldest go first; that something is in it stands in the log, and now and then in chat. */
export function createQuarantine({ store, journal, clock, ids, log }: QuarantineParts): Quarantine {
  return {
    async put({ source, says, text }) {
      const body = { source, says, text: text.slice(0, LONGEST_TEXT).toWellFormed(), characters: text.length };
      await store.accept(`${QUARANTINE_ROW} ${ids.token()}`, QUARANTINE_ROW, body, clock.now());
      const rows = await store.pendingInbox({ kinds: [QUARANTINE_ROW] });
      const dropped = tooMany(rows);
      await store.dropInbox(dropped);
      const kept = rows.length - dropped.length;
      log.warn({ source, says, kept }, 'alerts could not be read, and are kept in quarantine');
      const note = { kind: 'note-quarantine', source, says: says.slice(0, 300).toWellFormed(), kept } as const;
      await journal.apply(STORM_STREAM, note).catch((error: unknown) => log.error({ error }, 'nobody could be told of the quarantine'));
    },
  };
}

/** The oldest, until what is left is within bounds. */
function tooMany(rows: readonly InboxRow[]): readonly string[] {
  let room = MOST_CHARACTERS;
  const kept = new Set<string>();
  for (const { key, body } of rows.toReversed()) {
    room -= JSON.stringify(body).length;
    if (room < 0 || kept.size >= MOST_ROWS) break;
    kept.add(key);
  }
  return rows.filter(({ key }) => !kept.has(key)).map(({ key }) => key);
}
