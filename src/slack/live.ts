import type { StreamId, TokenId } from '../core/brand.ts';
import { drawnBy } from '../core/chart.ts';
import { digestOf } from '../core/digest.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { MessageRow, Store } from '../core/ports.ts';
import { alertBucket, postBucket, UPDATE_BUCKET } from './budget.ts';
import type { Priority } from './budget.ts';
import type { Card } from './cards/blocks.ts';
import { DONE } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { edit, post, sinceOf, whatIsOwed } from './poster.ts';
import type { PosterParts } from './poster.ts';
import { upload } from './upload.ts';

/** A picture that is drawn when it goes out, and never again. */
export type Picture = { readonly name: string; readonly title: string; readonly draw: () => Buffer };

/** One message outside of incidents that the state wants, and what it has to say. */
export type LiveMessage = {
  readonly key: string;
  readonly body: { readonly card: Card } | Picture;
  readonly priority: Priority;
  /** It is not worth posting any more; where it stands already, it is brought up to date. */
  readonly onlyEdit: boolean;
  /** Somebody else posts it and hears what came of that: here it is only kept up to date. */
  readonly postedElsewhere?: true;
  /** Where it stands, if not in the channel of the others: a person's id stands for a direct message. */
  readonly channel?: string;
  /** The message in whose thread it stands; it waits until that one says what it has to say. */
  readonly below?: string;
  /** The countdown whose clock starts when this message is seen. */
  readonly shows?: TokenId;
};

/** What a stream wants to say at this moment; null where there is no channel for it, or nothing to say. */
export type LiveView = { readonly channel: string; readonly messages: readonly LiveMessage[]; readonly tickMs: number | null };

export type LiveParts = PosterParts & {
  readonly store: Pick<Store, 'message' | 'saveMessage'>;
  /** What Slack has refused lately, so that it is not asked again on every change. */
  readonly refusals: Map<string, { readonly digest: string; readonly atMs: number }>;
};

/** A stream, how to look at it, and whom to tell that a countdown was shown. */
export type Live = {
  readonly stream: StreamId<string>;
  readonly look: () => Promise<LiveView | null>;
  readonly noteShown?: (token: TokenId) => Promise<void>;
};

const REFUSAL_HOLDS_MS = 10 * 60_000;

/** One pass over a stream outside of incidents: each of its messages says what the state says. */
export async function syncLive(parts: LiveParts, live: Live): Promise<{ readonly outcome: Outcome; readonly tickMs: number | null }> {
  try {
    const view = await live.look();
    for (const { key } of view?.messages ?? []) {
      const outcome = await send(parts, live, key);
      if (outcome.status === 'later') return { outcome, tickMs: null };
    }
    return { outcome: DONE, tickMs: view?.tickMs ?? null };
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error;
    parts.log.error({ stream: live.stream, says: error.message }, 'a journal is broken, and its messages are left alone');
    return { outcome: DONE, tickMs: null };
  }
}

type Letter = {
  readonly message: LiveMessage;
  readonly channel: string;
  readonly thread: string | null;
  readonly row: MessageRow | null;
  readonly owed: 'nothing' | 'post' | 'edit';
};

/** One message, as it should be at the moment when its turn comes. */
async function send(parts: LiveParts, live: Live, key: string): Promise<Outcome> {
  let letter = await letterOf(parts, live, key);
  if (letter && letter.owed !== 'nothing' && (await turn(parts, letter))) letter = await letterOf(parts, live, key);
  if (letter === null) return DONE;
  const { message } = letter;
  const outcome = await carryOut(parts, live, letter);
  if (outcome.status === 'refused') {
    parts.log.warn({ stream: live.stream, key, says: outcome.says }, 'Slack refused a message');
    parts.refusals.set(`${live.stream} ${key}`, { digest: digestOfBody(message), atMs: parts.clock.monotonicMs() });
  }
  if (outcome.status === 'done' && message.shows !== undefined) await live.noteShown?.(message.shows);
  return outcome;
}

/** What has to be done for a message now; null where it can't stand anywhere, or was refused just now. */
async function letterOf(parts: LiveParts, { stream, look }: Live, key: string): Promise<Letter | null> {
  const view = await look();
  const message = view?.messages.find((each) => each.key === key);
  if (!view || !message) return null;
  const above = view.messages.find((each) => each.key === message.below);
  const parent = above ? await parts.store.message(stream, above.key) : null;
  if (message.below !== undefined && !(above && parent?.ts != null && says(parent, above))) return null;
  const row = await parts.store.message(stream, key);
  if (message.postedElsewhere && row?.status !== 'posted') return null;
  if (message.onlyEdit && row?.status !== 'posted' && (row === null || sinceOf(row) === null)) return null;
  const refused = parts.refusals.get(`${stream} ${key}`);
  if (refused?.digest === digestOfBody(message) && parts.clock.monotonicMs() - refused.atMs < REFUSAL_HOLDS_MS) return null;
  return {
    message,
    channel: message.channel ?? parent?.channel ?? view.channel,
    thread: parent?.ts ?? null,
    row,
    owed: owedFor(message, row),
  };
}

function owedFor({ body }: LiveMessage, row: MessageRow | null): Letter['owed'] {
  if ('card' in body) return whatIsOwed(row, body.card);
  return row?.status === 'posted' ? 'nothing' : 'post';
}

function says(row: MessageRow, { body }: LiveMessage): boolean {
  return 'card' in body && whatIsOwed(row, body.card) === 'nothing';
}

function digestOfBody({ body }: LiveMessage): string {
  return digestOf('card' in body ? body.card : body.name);
}

/** Waits until it may go out; answers whether that took any time. */
async function turn({ budget }: LiveParts, { owed, channel, row, message: { priority } }: Letter): Promise<boolean> {
  if (owed === 'post') return await budget.turn(postBucket(channel), priority);
  const own = priority === 'alert' && (await budget.turn(alertBucket(channel, row?.ts ?? ''), priority));
  const shared = await budget.turn(UPDATE_BUCKET, priority);
  return own || shared;
}

async function carryOut(parts: LiveParts, { stream }: Live, { message, channel, thread, row, owed }: Letter): Promise<Outcome> {
  const { key, body } = message;
  if (owed === 'nothing') return DONE;
  if ('card' in body) {
    const sent = { stream, key, channel, thread, card: body.card };
    return owed === 'edit' && row ? await edit(parts, sent, row) : await post(parts, sent);
  }
  const { name, title } = body;
  const content = drawnBy(body.draw);
  if ('why' in content) return { status: 'refused', says: `the picture could not be drawn (${content.why})` };
  return await upload(parts, { stream, key, channel, thread, name, title, content });
}
