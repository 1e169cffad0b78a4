import type { StreamId } from '../core/brand.ts';
import type { MessageRow, Store } from '../core/ports.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { sha256 } from '../core/digest.ts';
import { Channels, CreatedChannel } from './answers.ts';
import type { Incident } from './cards/incident-card.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { sinceOf } from './poster.ts';
import type { Web } from './web.ts';

export type ChannelParts = {
  readonly store: Pick<Store, 'message' | 'saveMessage'>;
  readonly web: Web;
  readonly clock: Clock;
  readonly log: Log;
  /** Our own user: a channel is adopted only if we have made it. */
  readonly botUser: () => string;
};

export type MadeChannel = { readonly status: 'there'; readonly id: string; readonly name: string; readonly made: boolean };

const KEY = 'channel';
const NAME_MAX = 80;
const MOST_PAGES = 20;
const MOST_NAMES = 5;
const MARGIN_MS = 10 * 60_000;

/** The name of an incident's channel: what it is about, with the incident's id at its end so that it can be found again. */
export function channelName({ incident, title, openedAt, runs, drill }: Incident, prefix = 'inc'): string {
  const day = new Date(openedAt).toISOString().slice(0, 10).replaceAll('-', '');
  const about = runs[0]?.procedure.id ?? title;
  const end = `-${slug(incident)}`;
  const start = [drill ? `${prefix}-drill` : prefix, day, slug(about)].filter(Boolean).join('-');
  return `${start.slice(0, NAME_MAX - end.length).replace(/-+$/, '')}${end}`;
}

/** Makes the incident's channel, or finds the one that was made when the answer was lost; where none may be made, the channel it was asked in serves. */
export async function makeChannel(
  parts: ChannelParts,
  at: { readonly stream: StreamId; readonly incident: Incident; readonly settings: Settings },
): Promise<MadeChannel | Exclude<Outcome, { status: 'done' }>> {
  const { store } = parts;
  const row = await store.message(at.stream, KEY);
  if (row?.status === 'posted') return { status: 'there', id: row.channel, name: nameIn(row) ?? row.channel, made: madeIn(row) };
  const name = (row && nameIn(row)) ?? channelName(at.incident, at.settings.channels.prefix);
  if (row && sinceOf(row) !== null) {
    const adopted = await adopt(parts, at.incident, name);
    if (adopted.status !== 'refused') return await remember(parts, at.stream, adopted);
  }
  return await create(parts, at, name);
}

/** The channel that an incident was given, as far as Slack knows; it needs no journal. */
export async function channelOf(store: ChannelParts['store'], stream: StreamId): Promise<string | null> {
  const row = await store.message(stream, KEY);
  return row?.status === 'posted' ? row.channel : null;
}

async function create(parts: ChannelParts, at: Parameters<typeof makeChannel>[1], wanted: string): ReturnType<typeof makeChannel> {
  const { store, web, clock, log } = parts;
  let name = wanted;
  for (let attempt = 1; attempt <= MOST_NAMES; attempt += 1) {
    await store.saveMessage(at.stream, KEY, intent({ name, since: clock.now() }));
    const result = await web.call('conversations.create', { name, is_private: at.settings.channels.private ?? false });
    if (result.status === 'ok') {
      const { channel } = CreatedChannel.parse(result.data);
      return await remember(parts, at.stream, { status: 'there', id: channel.id, name: channel.name, made: true });
    }
    if (result.status !== 'lost') await store.saveMessage(at.stream, KEY, intent({ name }));
    if (result.status !== 'refused') return outcomeOf(result);
    if (result.error !== 'name_taken') {
      log.warn({ stream: at.stream, error: result.error }, 'the incident has no channel of its own');
      return await remember(parts, at.stream, elsewhere(at));
    }
    const adopted = await adopt(parts, at.incident, name);
    if (adopted.status !== 'refused') return await remember(parts, at.stream, adopted);
    name = `${wanted.slice(0, NAME_MAX - 2)}-${attempt + 1}`;
  }
  return await remember(parts, at.stream, elsewhere(at));
}

/** Finds a channel of this name that we have made for this incident. A name alone proves nothing. */
async function adopt({ web, botUser }: ChannelParts, incident: Incident, name: string): ReturnType<typeof makeChannel> {
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const result = await web.call('conversations.list', {
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 200,
      ...(cursor && { cursor }),
    });
    if (result.status !== 'ok') return outcomeOf(result);
    const { channels, response_metadata } = Channels.parse(result.data);
    const mine = channels.find((each) => {
      const recent = each.created === undefined || each.created * 1000 >= incident.openedAt - MARGIN_MS;
      return each.name === name && each.name.includes(slug(incident.incident)) && each.creator === botUser() && recent;
    });
    if (mine) return { status: 'there', id: mine.id, name: mine.name, made: true };
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return { status: 'refused', says: `No channel called ${name} is ours.` };
}

function elsewhere({ incident, settings }: Parameters<typeof makeChannel>[1]): MadeChannel | Exclude<Outcome, { status: 'done' }> {
  const id = incident.home ?? settings.channels.announce;
  if (id === undefined)
    return {
      status: 'refused',
      says: 'There is no channel to speak in: let Rollbot create channels, or set channels: announce in rollbot.yml.',
    };
  return { status: 'there', id, name: id, made: false };
}

async function remember<Answer extends Awaited<ReturnType<typeof makeChannel>>>(
  { store }: ChannelParts,
  stream: StreamId,
  answer: Answer,
): Promise<Answer> {
  if (answer.status === 'there') {
    const { id, name, made } = answer;
    await store.saveMessage(stream, KEY, { status: 'posted', channel: id, ts: null, digest: sha256(name), extra: { name, made } });
  }
  return answer;
}

function intent(extra: { name: string; since?: number }): MessageRow {
  return { status: 'posting', channel: '', ts: null, digest: sha256(extra.name), extra };
}

function nameIn({ extra }: MessageRow): string | null {
  return typeof extra === 'object' && extra !== null && 'name' in extra && typeof extra.name === 'string' ? extra.name : null;
}

function madeIn({ extra }: MessageRow): boolean {
  return typeof extra === 'object' && extra !== null && 'made' in extra && extra.made === true;
}

/** Lower-case letters, digits and dashes, as Slack wants a channel's name. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** An incident has its channel a moment after it was opened. */
const SOON_MS = 5000;

/** The channel of an incident that another message names, and when to look again where it has none yet. */
export async function incidentChannel(
  store: Pick<Store, 'load'>,
  stream: StreamId | null,
): Promise<{ readonly id: string | null; readonly tickMs: number | null }> {
  const state = stream === null ? null : (await store.load(stream)).state;
  const id = state === null || state.status === 'none' ? null : (state.channel?.id ?? null);
  return { id, tickMs: state?.status === 'open' && id === null ? SOON_MS : null };
}
