import type { PersonId, RoleId, StreamId } from '../core/brand.ts';
import { digestOf } from '../core/digest.ts';
import type { Actor } from '../core/incident/event.ts';
import type { Log, Store } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { topicOf } from './cards/incident-card.ts';
import type { Incident } from './cards/incident-card.ts';
import { DONE, outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Web, WebResult } from './web.ts';

export type ChoreParts = {
  readonly store: Pick<Store, 'message' | 'saveMessage'>;
  readonly web: Web;
  readonly log: Log;
  /** Members of a role as its groups list them, or null where Slack does not say at the moment. */
  readonly members: (role: RoleId) => Promise<readonly PersonId[] | null>;
};

type At = { readonly stream: StreamId; readonly incident: Incident; readonly settings: Settings };

const MOST_INVITED = 100;

/** Brings the people of an incident into its channel before anything is asked of them. What Slack refuses is logged and never repeated. */
export async function invite(parts: ChoreParts, { stream, incident, settings }: At): Promise<Outcome> {
  if (!incident.channel?.made) return DONE;
  const lists = await Promise.all(rolesOf(incident, settings).map(parts.members));
  const people = [...startersOf(incident), ...lists.flatMap((list) => list ?? [])];
  const users = [...new Set(people)].slice(0, MOST_INVITED);
  if (users.length === 0) return DONE;
  const channel = incident.channel.id;
  // Without everybody's list it is done for now, and again when the lists are there.
  const key = lists.includes(null) ? 'invite:some' : 'invite';
  return await once(parts, { stream, key, channel, content: users }, () =>
    parts.web.call('conversations.invite', { channel, users: users.join(','), force: true }),
  );
}

/** Says in the channel's topic what the incident is; Slack writes a line for each change, so it changes only when the incident closes or its severity is set. */
export async function setTopic(parts: ChoreParts, { stream, incident }: At): Promise<Outcome> {
  if (!incident.channel?.made) return DONE;
  const channel = incident.channel.id;
  const topic = topicOf(incident);
  return await once(parts, { stream, key: 'topic', channel, content: topic }, () =>
    parts.web.call('conversations.setTopic', { channel, topic }),
  );
}

/** Puts what people look for again and again at the top of the channel. */
export async function addBookmarks(parts: ChoreParts, { stream, incident, settings }: At): Promise<Outcome> {
  if (!incident.channel?.made) return DONE;
  const channel = incident.channel.id;
  let outcome: Outcome = DONE;
  for (const { key, title, link } of bookmarksOf(incident, settings)) {
    const done = await bookmarkLink(parts, { stream, key, channel, title, link });
    if (done.status === 'later') outcome = done;
  }
  return outcome;
}

type Bookmark = { readonly key: string; readonly title: string; readonly link: string };

function bookmarksOf({ runs }: Incident, { incidents = {} }: Settings): readonly Bookmark[] {
  const { dashboard, procedures } = incidents;
  const used = procedures === undefined ? [] : [...new Map(runs.map(({ procedure }) => [procedure.id, procedure])).values()];
  return [
    ...(dashboard === undefined ? [] : [{ key: 'dashboard', title: 'Dashboard', link: dashboard }]),
    ...used.map(({ id, title }) => ({
      key: `procedure:${id}`,
      title: `Procedure: ${title}`.slice(0, 200),
      link: `${procedures?.replace(/\/+$/, '')}/${id}.yml`,
    })),
  ];
}

/** Bookmarks one link. */
export async function bookmarkLink(
  parts: ChoreParts,
  at: { stream: StreamId; key: string; channel: string; title: string; link: string },
): Promise<Outcome> {
  const { stream, key, channel, title, link } = at;
  return await once(parts, { stream, key: `bookmark:${key}`, channel, content: link }, () =>
    parts.web.call('bookmarks.add', { channel_id: channel, title, type: 'link', link }),
  );
}

/** Pins a message. */
export async function pin(parts: ChoreParts, at: { stream: StreamId; key: string; channel: string; ts: string }): Promise<Outcome> {
  const { stream, key, channel, ts } = at;
  return await once(parts, { stream, key: `pin:${key}`, channel, content: ts }, () =>
    parts.web.call('pins.add', { channel, timestamp: ts }),
  );
}

type Chore = { readonly stream: StreamId; readonly key: string; readonly channel: string; readonly content: unknown };

/** Does something that does no harm when it is done twice, until it is done; a refusal counts as done. */
async function once({ store, log }: ChoreParts, chore: Chore, perform: () => Promise<WebResult>): Promise<Outcome> {
  const { stream, key, channel } = chore;
  const digest = digestOf(chore.content);
  const row = await store.message(stream, key);
  if (row?.digest === digest) return DONE;
  const result = await perform();
  if (result.status !== 'ok' && result.status !== 'refused') return outcomeOf(result);
  if (result.status === 'refused' && !HARMLESS.has(result.error))
    log.warn({ stream, chore: key, error: result.error }, 'Slack refused a chore');
  await store.saveMessage(stream, key, { status: 'posted', channel, ts: null, digest, extra: null });
  return DONE;
}

const HARMLESS = new Set(['already_in_channel', 'already_pinned', 'cant_invite_self']);

function startersOf({ openedBy, runs }: Incident): readonly PersonId[] {
  const actors: readonly Actor[] = [openedBy, ...runs.map(({ startedBy }) => startedBy)];
  return actors.flatMap((actor) => (actor.kind === 'person' ? [actor.id] : []));
}

/** Whoever may be asked for anything in this incident, and those who are always there. */
function rolesOf({ runs, drill, record }: Incident, settings: Settings): readonly RoleId[] {
  const asked = runs.flatMap(({ deciders, steps }) => [
    ...deciders,
    ...steps.flatMap(({ plan }) => [...(plan.approve?.by ?? []), ...(plan.ask === undefined ? [] : [plan.ask])]),
  ]);
  const told = drill ? [] : (record.severity?.tell ?? []);
  return [...new Set([...((settings.channels.invite ?? []) as RoleId[]), ...asked, ...told])];
}
