import { ALERT_ROW, QUARANTINE_ROW } from '../core/alert/inbox.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { InboxRow, Log } from '../core/ports.ts';
import type { Acting } from '../core/incident/command.ts';
import { OpenedView } from './answers.ts';
import { within } from './deadline.ts';
import { loadingView, refusalView } from './cards/forms.ts';
import { sentence } from './cards/replies.ts';
import type { Desk, Entry, FormMistakes, Visit } from './entries/entry.ts';
import { begunKey } from './entries/ordering.ts';
import type { Gate, Passage } from './gate.ts';
import { entryName, Incoming } from './incoming.ts';
import { sayFailure } from './web.ts';
import type { Tell } from './tell.ts';

/** Acknowledges to Slack, for a form with what is wrong in it. */
export type Ack = (mistakes?: FormMistakes) => Promise<void>;

export type Door = {
  /** Takes one deed in: on disk, acknowledged, through the gate, handled, settled. */
  enter(entry: Entry, incoming: Incoming, ack: Ack): Promise<void>;
  /** What was on disk and not settled when the bot stopped; asked before anybody can come in, so that nothing new is among it. */
  leftBehind(): Promise<readonly InboxRow[]>;
  /** Takes that up. */
  resume(left: readonly InboxRow[]): Promise<void>;
  /** Lets nobody in any more, and resolves when all who are in have been served, or after `ms`. */
  close(ms: number): Promise<void>;
};

export type DoorParts = {
  readonly desk: Desk;
  readonly entries: readonly Entry[];
  readonly gate: Gate;
  readonly tell: Tell;
  readonly log: Log;
};

/** Slack waits three seconds for a form; a person who can't be read by then has to try again. */
const EXAMINE_MS = 2200;
const ASK_AGAIN = 'Slack does not say at the moment who you are. Nothing was done; try again.';
const GIVEN_BACK = 'Rollbot was started again while it handled this. Do it once more.';
const BROKEN = 'Something went wrong inside Rollbot, and it is in its log. Look at `/rollback status` before you do it again.';

/** The one way in: every entry goes through it, and none can leave anything out. */
export function createDoor(parts: DoorParts): Door {
  const { desk, entries, log } = parts;
  const inside = new Set<Promise<void>>();
  const life: Life = { closed: false };
  async function enter(entry: Entry, incoming: Incoming, ack: Ack): Promise<void> {
    if (life.closed) return;
    const work = admit({ ...parts, life }, entry, incoming, ack).catch((error: unknown) =>
      log.error({ entry: incoming.entry, error }, 'a deed was not taken in'),
    );
    inside.add(work);
    await work;
    inside.delete(work);
  }
  return {
    enter,
    leftBehind: async () => await desk.store.pendingInbox({ except: [ALERT_ROW, QUARANTINE_ROW] }),
    async resume(rows) {
      const begun = new Set(rows.filter(({ kind }) => kind === 'begun').map(({ key }) => key));
      for (const { key, kind, body } of rows) {
        if (kind === 'begun') continue;
        const read = Incoming.safeParse(body);
        const entry = entries.find((each) => entryName(each.kind, each.id) === kind);
        if (!read.success || !entry) await desk.store.settleInbox(key, desk.clock.now());
        else await takeUp({ ...parts, life }, entry, read.data, begun.has(begunKey(key)) ? 'may-have-begun' : 'yes');
      }
      for (const key of begun) await desk.store.settleInbox(key, desk.clock.now());
    },
    async close(ms) {
      life.closed = true;
      await within(
        desk.clock,
        ms,
        Promise.all(inside).then(() => undefined),
        undefined,
      );
    },
  };
}

type Life = { closed: boolean };
type House = DoorParts & { readonly life: Life };

async function admit(parts: House, entry: Entry, incoming: Incoming, ack: Ack): Promise<void> {
  const { desk, log } = parts;
  const safeAck: Ack = async (mistakes) => {
    // A connection can end between a deed and its acknowledgement; the deed is on disk all the same.
    await ack(mistakes).catch((error: unknown) => log.warn({ entry: incoming.entry, error }, 'an acknowledgement did not go out'));
  };
  if (entry.examine) {
    const mistakes = await mistakesIn(parts, entry, incoming);
    if (mistakes) return await safeAck(mistakes);
  }
  const isNew = await desk.store.accept(incoming.key, incoming.entry, incoming, desk.clock.now());
  await safeAck();
  if (!isNew) return log.debug({ key: incoming.key }, 'the same deed again');
  const title = entry.opens?.(incoming, desk) ?? null;
  const viewId = title === null ? null : await open(parts, incoming, title);
  await serve(parts, entry, { incoming, viewId, resumed: 'no' }, title);
}

/** A form stays open with its mistakes marked, so they have to be known before the acknowledgement. */
async function mistakesIn({ desk, gate }: DoorParts, entry: Entry, incoming: Incoming): Promise<FormMistakes | null> {
  const field = Object.keys(incoming.view?.values ?? {})[0] ?? 'reason';
  const passage = await within<Passage>(desk.clock, EXAMINE_MS, gate(incoming.caller), { status: 'refused', says: ASK_AGAIN });
  if (passage.status === 'refused') return { [field]: passage.says };
  return entry.examine?.(incoming, actingOf(passage), desk) ?? null;
}

async function takeUp(parts: House, entry: Entry, incoming: Incoming, resumed: 'yes' | 'may-have-begun'): Promise<void> {
  if (entry.resume === 'again') return await serve(parts, entry, { incoming, viewId: null, resumed }, null);
  if (entry.resume === 'give-back' || entry.opens?.(incoming, parts.desk)) await parts.tell(incoming, sentence(GIVEN_BACK));
  await parts.desk.store.settleInbox(incoming.key, parts.desk.clock.now());
}

/** The gate and the handler. Whatever happens in there, the deed is settled and the person has an answer. */
async function serve(parts: House, entry: Entry, visit: Omit<Visit, 'acting' | 'tell'>, title: string | null): Promise<void> {
  const { desk, gate, log, life } = parts;
  const { incoming } = visit;
  const tell: Visit['tell'] = async (card) => await parts.tell(incoming, card);
  try {
    const passage = await gate(incoming.caller);
    if (passage.status === 'open') await entry.handle({ ...visit, acting: actingOf(passage), tell }, desk);
    else await turnAway(parts, entry, visit, title ?? '', passage.says);
  } catch (error) {
    log.error({ entry: incoming.entry, error }, 'a deed could not be carried out');
    // Where the bot is ending, what it was about is still in the inbox, and is taken up at the next start.
    if (life.closed) return;
    if (entry.kind !== 'event') await tell(sentence(error instanceof JournalBroken ? error.message : BROKEN));
  }
  const now = desk.clock.now();
  await desk.store.settleInbox(begunKey(incoming.key), now);
  await desk.store.settleInbox(incoming.key, now);
}

/** Says why somebody stays outside; who has only opened a tab has asked nothing. */
async function turnAway(
  parts: DoorParts,
  entry: Entry,
  { incoming, viewId }: Omit<Visit, 'acting' | 'tell'>,
  title: string,
  says: string,
): Promise<void> {
  parts.log.info({ entry: incoming.entry, user: incoming.caller.user, says }, 'refused at the gate');
  if (entry.kind === 'event') return;
  if (viewId === null) await parts.tell(incoming, sentence(says));
  else await parts.desk.web.call('views.update', { view_id: viewId, view: refusalView(title, says) });
}

async function open({ desk, log }: DoorParts, { trigger, entry }: Incoming, title: string): Promise<string | null> {
  const result = await desk.web.call('views.open', { trigger_id: trigger, view: loadingView(title) });
  if (result.status === 'ok') return OpenedView.parse(result.data).view.id;
  log.warn({ entry, says: sayFailure(result) }, 'a form could not be opened');
  return null;
}

function actingOf({ by, roles }: Extract<Passage, { status: 'open' }>): Acting {
  return { by, roles };
}
