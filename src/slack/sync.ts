import type { StreamId } from '../core/brand.ts';
import { drawnBy } from '../core/chart.ts';
import type { Drawing } from '../core/chart.ts';
import { digestOf } from '../core/digest.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { Operations, Store } from '../core/ports.ts';
import { tellBroken } from './broken.ts';
import { messageBucket, postBucket, UPDATE_BUCKET } from './budget.ts';
import type { Card } from './cards/blocks.ts';
import { fileNameOf, fitsInMessage, outputCard } from './cards/output-card.ts';
import { addBookmarks, bookmarkLink, invite, pin, setTopic } from './chores.ts';
import type { ChoreParts } from './chores.ts';
import { makeChannel } from './incident-channel.ts';
import type { ChannelParts } from './incident-channel.ts';
import type { Desired } from './messages.ts';
import { DONE } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { edit, post, sinceOf, whatIsOwed } from './poster.ts';
import type { PosterParts } from './poster.ts';
import type { ShutChannels } from './shut-channels.ts';
import { permalinkIn, upload } from './upload.ts';
import { lookAt } from './view.ts';
import type { StreamView, ViewParts } from './view.ts';

export type SyncParts = PosterParts &
  ChannelParts &
  ChoreParts &
  ViewParts & {
    readonly store: Pick<Store, 'load' | 'events' | 'message' | 'saveMessage' | 'readOutput'>;
    readonly operations: Pick<Operations, 'note'>;
    /** Draws a chart as PNG. */
    readonly drawChart: (drawing: Drawing) => Buffer;
    /** What Slack has refused lately, so that it is not asked again on every change. */
    readonly refusals: Map<string, { readonly digest: string; readonly atMs: number }>;
    readonly shut: ShutChannels;
  };

const TICK_MS = 60_000;
const REFUSAL_HOLDS_MS = 10 * 60_000;

type Pass = { readonly outcome: Outcome; readonly tickMs: number | null };

/** One pass over a stream: its channel, its people, then each message that does not say what the state says. */
export async function sync(parts: SyncParts, stream: StreamId): Promise<Pass> {
  try {
    return await bringInLine(parts, stream);
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error;
    return { outcome: await tellBroken(parts, stream, error), tickMs: TICK_MS };
  }
}

async function bringInLine(parts: SyncParts, stream: StreamId): Promise<Pass> {
  let view = await withChannel(parts, stream);
  if (view === null) return { outcome: DONE, tickMs: null };
  if ('status' in view) return { outcome: view, tickMs: null };
  const { incident, settings } = view;
  const chores = [await invite(parts, { stream, incident, settings }), await setTopic(parts, { stream, incident, settings })];
  chores.push(await addBookmarks(parts, { stream, incident, settings }));
  for (const { key } of view.messages) {
    const { outcome, wasSent } = await send(parts, stream, key, view);
    if (outcome.status === 'later') return { outcome, tickMs: null };
    // Whatever was sent took its time, and the state may have moved on.
    if (wasSent) view = (await lookAt(parts, stream)) ?? view;
  }
  const running = incident.runs.some(({ progress }) => progress.status !== 'finished');
  return { outcome: chores.find(({ status }) => status === 'later') ?? DONE, tickMs: running ? TICK_MS : null };
}

/** The stream as it stands, once it has a channel. */
async function withChannel(parts: SyncParts, stream: StreamId): Promise<StreamView | Outcome | null> {
  const view = await lookAt(parts, stream);
  if (view === null || view.incident.channel !== null) return view;
  const made = await makeChannel(parts, { stream, incident: view.incident, settings: view.settings });
  if (made.status === 'refused') parts.log.error({ stream, says: made.says }, 'an incident has nowhere to speak');
  if (made.status !== 'there') return made;
  const { id: channel, name } = made;
  await parts.operations.note(stream, { kind: 'link-channel', channel, name, made: made.made });
  const linked = await lookAt(parts, stream);
  return linked?.incident.channel ? linked : { status: 'later', afterMs: null, says: 'the channel is not noted yet' };
}

/** One message, as it should be at the moment when its turn comes. */
async function send(parts: SyncParts, stream: StreamId, key: string, view: StreamView): Promise<{ outcome: Outcome; wasSent: boolean }> {
  let letter = await letterOf(parts, stream, key, view);
  if (letter && letter.owed !== 'nothing' && (await turn(parts, letter))) letter = await letterOf(parts, stream, key);
  if (letter === null) return { outcome: DONE, wasSent: false };
  const wasSent = letter.owed !== 'nothing';
  const outcome = await carryOut(parts, letter);
  if (outcome.status === 'refused') {
    parts.log.warn({ stream, key, says: outcome.says }, 'Slack refused a message');
    if (outcome.shut && letter.owed === 'post' && !parts.shut.has(letter.channel)) {
      parts.shut.note(letter.channel);
      return await send(parts, stream, key, view);
    }
    parts.refusals.set(`${stream} ${key}`, { digest: letter.digest, atMs: parts.clock.monotonicMs() });
  }
  return { outcome: outcome.status === 'done' ? await afterwards(parts, letter) : outcome, wasSent };
}

type Letter = {
  readonly stream: StreamId;
  readonly key: string;
  readonly message: Desired;
  readonly channel: string;
  readonly thread: string | null;
  readonly body: { readonly card: Card } | { readonly name: string; readonly title: string; readonly text: string | Buffer };
  readonly digest: string;
  readonly owed: 'nothing' | 'post' | 'edit';
  readonly ts: string | null;
};

/** What a message has to say now and what has to be done for it; null where there is nothing to do or no place to do it yet. */
async function letterOf(parts: SyncParts, stream: StreamId, key: string, known?: StreamView): Promise<Letter | null> {
  const view = known ?? (await lookAt(parts, stream));
  const message = view?.messages.find((each) => each.key === key);
  const place = view && message ? await placeOf(parts, stream, view, message) : null;
  if (!message || place === null) return null;
  const row = await parts.store.message(stream, key);
  if (message.content.kind !== 'card' && row?.status === 'posted') return null;
  if (message.onlyEdit && row?.status !== 'posted' && (row === null || sinceOf(row) === null)) return null;
  const body = await bodyOf(parts, message);
  if (body === null) return null;
  const digest = digestOf('card' in body ? body : [body.name, body.title]);
  const refused = parts.refusals.get(`${stream} ${key}`);
  if (refused?.digest === digest && parts.clock.monotonicMs() - refused.atMs < REFUSAL_HOLDS_MS) return null;
  const owed = 'card' in body ? whatIsOwed(row, body.card) : 'post';
  return { stream, key, message, ...place, body, digest, owed, ts: row?.ts ?? null };
}

async function placeOf(
  { store, shut }: SyncParts,
  stream: StreamId,
  { incident, settings }: StreamView,
  { place, priority }: Desired,
): Promise<{ readonly channel: string; readonly thread: string | null } | null> {
  switch (place.kind) {
    case 'incident': {
      if (incident.channel === null) return null;
      const { id } = incident.channel;
      const others = [incident.home, settings.channels.announce].filter((other) => other && !shut.has(other));
      // What people have to decide or hear must reach them although somebody has archived the channel meanwhile.
      const isUrgent = incident.status === 'open' && (priority === 'approval' || priority === 'page');
      return { channel: (shut.has(id) && isUrgent ? others[0] : null) ?? id, thread: null };
    }
    case 'channel':
      return { channel: place.id, thread: null };
    case 'thread': {
      const parent = await store.message(stream, place.of);
      return parent?.status === 'posted' && parent.ts !== null ? { channel: parent.channel, thread: parent.ts } : null;
    }
    default:
      return place satisfies never;
  }
}

async function bodyOf({ store, drawChart, log }: SyncParts, { key, content }: Desired): Promise<Letter['body'] | null> {
  if (content.kind === 'picture') {
    const drawn = drawnBy(() => drawChart(content.drawing));
    if (Buffer.isBuffer(drawn)) return { name: content.name, title: content.title, text: drawn };
    log.warn({ key, why: drawn.why }, 'a picture could not be drawn');
    return null;
  }
  if (content.kind !== 'output') return content;
  const { at, step } = content;
  const text = await store.readOutput(at);
  if (text === null || text.trim() === '') return null;
  if (fitsInMessage(text)) return { card: outputCard(step, at.attempt, text) };
  const title = `Output of ${step.plan.title}, attempt ${at.attempt}`;
  return { name: fileNameOf([at.run, at.step, at.attempt, 'output']), title, text };
}

/** Waits until it may go out; answers whether that took any time. */
async function turn({ budget }: SyncParts, { owed, message, channel, ts }: Letter): Promise<boolean> {
  const { priority } = message;
  if (owed !== 'edit') return await budget.turn(postBucket(channel), priority);
  const own = priority === 'progress' && (await budget.turn(messageBucket(channel, ts ?? ''), priority));
  const shared = await budget.turn(UPDATE_BUCKET, priority);
  return own || shared;
}

async function carryOut(parts: SyncParts, letter: Letter): Promise<Outcome> {
  const { stream, key, channel, thread, body, owed } = letter;
  if (owed === 'nothing') return DONE;
  if (!('card' in body)) {
    const { name, title, text } = body;
    return await upload(parts, { stream, key, channel, thread, name, title, content: text });
  }
  const sent = { stream, key, channel, thread, card: body.card };
  const row = await parts.store.message(stream, key);
  return owed === 'edit' && row ? await edit(parts, sent, row) : await post(parts, sent);
}

/** What follows once a message stands there: its pin, and the clock of the approval that people can see now. */
async function afterwards(parts: SyncParts, { stream, key, message }: Letter): Promise<Outcome> {
  const row = await parts.store.message(stream, key);
  if (row?.status !== 'posted') return DONE;
  if (message.shows !== undefined) await parts.operations.note(stream, { kind: 'show-approval', token: message.shows });
  const link = permalinkIn(row);
  if (message.bookmark !== undefined && link !== null) {
    return await bookmarkLink(parts, { stream, key, channel: row.channel, title: message.bookmark, link });
  }
  return message.pin && row.ts !== null ? await pin(parts, { stream, key, channel: row.channel, ts: row.ts }) : DONE;
}
