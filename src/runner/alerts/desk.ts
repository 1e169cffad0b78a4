import { z } from 'zod';
import type { Notice } from '../../core/alert/alert.ts';
import { Notices } from '../../core/alert/notice-schema.ts';
import { ALERT_ROW } from '../../core/alert/inbox.ts';
import { streamOf } from '../../core/alert/place.ts';
import { stormLimitsOf } from '../../core/alert/limits.ts';
import type { StreamId, TokenId } from '../../core/brand.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Change, Kind } from '../../core/kinds.ts';
import type { Catalog, Clock, Ids, InboxRow, Log, Store } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';
import type { Quarantine } from './quarantine.ts';

export type DeskParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** These rows of the inbox have become events. */
  readonly onDone: (keys: readonly string[]) => void;
  /** How many deliveries have come so far: while more come, answering them goes before this. */
  readonly came: () => number;
};

/** Turns what lies in the inbox into events, and does what is due in the streams of alerts. */
export type AlertDesk = {
  /** Looks into the inbox soon; cheap, and any number of times. */
  nudge(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Whoever sends something meanwhile waits for as long as these take. */
const MOST_ROWS = 4;
const REST_MS = 50;
/** From so many deliveries between two looks on there are more at the door. */
const MANY = 2;
const RETRY_MS = 2000;
const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Builds the desk. It takes many rows at once and writes them in one append; a row is forgotten after that. Where the bot dies in
 * between, the next one does the same rows again, and the rules find that they know them.
 */
export function createAlertDesk(parts: DeskParts): AlertDesk {
  const { store, journal, catalog, clock, ids, log } = parts;
  let working: Promise<void> | null = null;
  let again = false;
  let open = false;
  let cancelRetry: (() => void) | null = null;
  let seen = 0;
  let endRest: (() => void) | null = null;
  let cancelTimer: (() => void) | null = null;

  function nudge(): void {
    again = true;
    if (!open || working) return;
    working = workUntilEmpty()
      .catch((error: unknown) => {
        log.error({ error }, 'alerts could not be written down, and will be again');
        if (open) cancelRetry = clock.after(RETRY_MS, nudge);
      })
      .finally(() => {
        working = null;
        if (again && open && !cancelRetry) nudge();
      });
  }

  async function workUntilEmpty(): Promise<void> {
    cancelRetry?.();
    cancelRetry = null;
    for (let more = true; more;) {
      again = false;
      more = (await takeSome()) || again;
      const busy = parts.came() - seen >= MANY;
      seen = parts.came();
      if (open && busy) await rest();
    }
  }

  /** Lets in what waits at the door. */
  async function rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = clock.after(REST_MS, resolve);
      endRest = () => [cancel(), resolve()];
    });
  }

  /** Answers whether there may be more. */
  async function takeSome(): Promise<boolean> {
    const rows = open ? await store.pendingInbox({ kinds: [ALERT_ROW], limit: MOST_ROWS }) : [];
    if (rows.length > 0) await workOff(parts, rows);
    return rows.length > 0;
  }

  async function tick(): Promise<void> {
    try {
      for (const stream of await store.dueStreams(clock.now())) await settle(stream);
    } catch (error) {
      log.error({ error }, 'could not look for what is due among the alerts, and will look again');
    }
    await schedule();
  }

  /** One stream that can't be read keeps no other from it. */
  async function settle(stream: StreamId<Kind>): Promise<void> {
    try {
      const limits = stormLimitsOf(catalog.settings());
      if (isOfKind(stream, 'alert')) await journal.apply(stream, { kind: 'settle', token: ids.token() as TokenId, limits });
      if (isOfKind(stream, 'storm')) await journal.apply(stream, { kind: 'settle' });
    } catch (error) {
      log.error({ stream, error }, 'what is due in this stream could not be done');
    }
  }

  async function schedule(): Promise<void> {
    const at = await store.nextDueAt().catch(() => null);
    const waitMs = at === null ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, at - clock.now()));
    cancelTimer?.();
    cancelTimer = open ? clock.after(waitMs, () => void tick()) : null;
  }

  journal.onChange((stream) => {
    if (isAlerts(stream)) void schedule();
  });

  return {
    nudge,
    async start() {
      open = true;
      nudge();
      await tick();
    },
    async stop() {
      open = false;
      cancelRetry?.();
      cancelTimer?.();
      endRest?.();
      await working;
    },
  };
}

function isAlerts(stream: StreamId<string>): boolean {
  return isOfKind(stream, 'alert') || isOfKind(stream, 'storm');
}

async function workOff(parts: DeskParts, rows: readonly InboxRow[]): Promise<void> {
  const { store, journal, onDone } = parts;
  const changes = changesFor(parts, await readable(parts, rows));
  const applied = await journal.applyTo(changes).catch((error: unknown) => ({ status: 'failed', error }) as const);
  // One stream that can't be written to must not hold up the others, nor lose what was for it.
  if (applied.status !== 'done') await oneByOne(parts, changes);
  const keys = rows.map(({ key }) => key);
  await store.dropInbox(keys);
  onDone(keys);
}

/** What another version, or somebody's hand, has put there in another form is for people to look at, and holds up nothing. */
async function readable({ quarantine }: DeskParts, rows: readonly InboxRow[]): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for (const { body } of rows) {
    const read = Notices.safeParse(body);
    if (read.success) notices.push(...read.data);
    else {
      const says = `It lay in the inbox in a form that this version does not read: ${z.prettifyError(read.error).slice(0, 300)}`;
      await quarantine.put({ source: 'inbox', says, text: JSON.stringify(body) });
    }
  }
  return notices;
}

function changesFor({ catalog, ids }: DeskParts, notices: readonly Notice[]): readonly Change<'alert'>[] {
  const limits = stormLimitsOf(catalog.settings());
  return [...Map.groupBy(notices, streamOf)].map(([stream, all]) => ({
    stream,
    commands: all.map((notice) => ({ kind: 'note-alerts', notice, token: ids.token() as TokenId, limits }) as const),
  }));
}

async function oneByOne({ journal, quarantine }: DeskParts, changes: readonly Change<'alert'>[]): Promise<void> {
  for (const change of changes) {
    const says = await whyNot(journal, change);
    if (says === null) continue;
    const notices = change.commands.flatMap((command) => (command.kind === 'note-alerts' ? [command.notice] : []));
    await quarantine.put({ source: notices[0]?.source ?? '', says, text: JSON.stringify(notices) });
  }
}

async function whyNot(journal: Journal, change: Change<'alert'>): Promise<string | null> {
  try {
    const applied = await journal.applyTo([change]);
    if (applied.status === 'done') return null;
    return applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.`;
  } catch (error) {
    // What is wrong with the whole journal is no fault of one stream, and ends by itself.
    if (error instanceof JournalBroken) return error.message;
    throw error;
  }
}
