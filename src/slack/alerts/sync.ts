import type { StreamId } from '../../core/brand.ts';
import { digestOf } from '../../core/digest.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, MessageRow, Store } from '../../core/ports.ts';
import { alertBucket, postBucket, UPDATE_BUCKET } from '../budget.ts';
import { DONE } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { edit, post, sinceOf, whatIsOwed } from '../poster.ts';
import type { PosterParts } from '../poster.ts';
import { messagesOfGroup, messagesOfWeather } from './messages.ts';
import type { AlertMessage } from './messages.ts';

export type AlertSyncParts = PosterParts & {
  readonly store: Pick<Store, 'load' | 'message' | 'saveMessage'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  /** What Slack has refused lately, so that it is not asked again on every change. */
  readonly refusals: Map<string, { readonly digest: string; readonly atMs: number }>;
};

type Pass = { readonly outcome: Outcome; readonly tickMs: number | null };
type View = { readonly channel: string; readonly messages: readonly AlertMessage[]; readonly tickMs: number | null };

const REFUSAL_HOLDS_MS = 10 * 60_000;
/** An incident has its channel a moment after it was opened. */
const CHANNEL_MS = 5000;

/** One pass over a stream of alerts: each of its messages says what the state says. */
export async function syncAlerts(parts: AlertSyncParts, stream: StreamId<string>): Promise<Pass> {
  try {
    const view = await lookAt(parts, stream);
    for (const { key } of view?.messages ?? []) {
      const outcome = await send(parts, stream, key);
      if (outcome.status === 'later') return { outcome, tickMs: null };
    }
    return { outcome: DONE, tickMs: view?.tickMs ?? null };
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error;
    parts.log.error({ stream, says: error.message }, 'a journal is broken, and its alerts are left alone');
    return { outcome: DONE, tickMs: null };
  }
}

/** What a stream wants to say at this moment; null where there is no channel for it, or nothing to say. */
async function lookAt({ store, catalog }: AlertSyncParts, stream: StreamId<string>): Promise<View | null> {
  const channel = catalog.settings().alerts?.channel;
  if (channel === undefined) return null;
  if (isOfKind(stream, 'storm')) {
    const { state, readOnly } = await store.load(stream);
    return state.status === 'none' || readOnly !== null ? null : { channel, messages: messagesOfWeather(state), tickMs: null };
  }
  if (!isOfKind(stream, 'alert')) return null;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  const incident = state.incident && (await store.load(state.incident.stream)).state;
  const own = incident && incident.status !== 'none' ? (incident.channel?.id ?? null) : null;
  const waits = incident?.status === 'open' && own === null;
  return { channel, messages: messagesOfGroup(state, own), tickMs: waits ? CHANNEL_MS : null };
}

type Letter = { readonly message: AlertMessage; readonly channel: string; readonly row: MessageRow | null; readonly owed: 'post' | 'edit' };

/** One message, as it should be at the moment when its turn comes. */
async function send(parts: AlertSyncParts, stream: StreamId<string>, key: string): Promise<Outcome> {
  let letter = await letterOf(parts, stream, key);
  if (letter && (await turn(parts, letter))) letter = await letterOf(parts, stream, key);
  if (letter === null) return DONE;
  const { message, channel, row, owed } = letter;
  const sent = { stream, key, channel, thread: null, card: message.card };
  const outcome = owed === 'edit' && row ? await edit(parts, sent, row) : await post(parts, sent);
  if (outcome.status === 'refused') {
    parts.log.warn({ stream, key, says: outcome.says }, 'Slack refused a message about alerts');
    parts.refusals.set(`${stream} ${key}`, { digest: digestOf(message.card), atMs: parts.clock.monotonicMs() });
  }
  return outcome;
}

/** What has to be done for a message now; null where that is nothing. */
async function letterOf(parts: AlertSyncParts, stream: StreamId<string>, key: string): Promise<Letter | null> {
  const view = await lookAt(parts, stream);
  const message = view?.messages.find((each) => each.key === key);
  if (!view || !message) return null;
  const row = await parts.store.message(stream, key);
  if (message.onlyEdit && row?.status !== 'posted' && (row === null || sinceOf(row) === null)) return null;
  const refused = parts.refusals.get(`${stream} ${key}`);
  if (refused?.digest === digestOf(message.card) && parts.clock.monotonicMs() - refused.atMs < REFUSAL_HOLDS_MS) return null;
  const owed = whatIsOwed(row, message.card);
  return owed === 'nothing' ? null : { message, channel: view.channel, row, owed };
}

/** Waits until it may go out; answers whether that took any time. */
async function turn({ budget }: AlertSyncParts, { owed, channel, row }: Letter): Promise<boolean> {
  if (owed === 'post') return await budget.turn(postBucket(channel), 'alert');
  const own = await budget.turn(alertBucket(channel, row?.ts ?? ''), 'alert');
  const shared = await budget.turn(UPDATE_BUCKET, 'alert');
  return own || shared;
}
