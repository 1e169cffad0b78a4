import type { Directory } from '../directory.ts';
import type { Change, Sighting } from '../slack/index.ts';

/** A message that has buttons, and whom it calls by mention. */
export type OpenAsk = { readonly channel: string; readonly buttons: readonly string[]; readonly calls: readonly string[] };

/** All messages that wait for somebody, by channel and ts. */
export type OpenAsks = ReadonlyMap<string, OpenAsk>;

/** What waits after a change: a message waits as long as it has buttons. */
export function nextAsks(asks: OpenAsks, change: Change, directory: Directory): OpenAsks {
  switch (change.kind) {
    case 'message-posted':
    case 'message-edited':
    case 'message-deleted':
      return changed(asks, change.kind === 'message-deleted' ? { ...change.message, buttons: [] } : change.message, directory);
    default:
      return asks;
  }
}

/** How many messages wait for each person; nobody else is named. */
export function waitingFor(asks: OpenAsks): Readonly<Record<string, number>> {
  const names = [...asks.values()].flatMap(({ calls }) => calls);
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]));
}

function changed(asks: OpenAsks, message: Sighting, directory: Directory): OpenAsks {
  const key = `${message.channelId} ${message.ts}`;
  const next = new Map(asks);
  next.delete(key);
  if (!message.byApp || message.buttons.length === 0) return next;
  return next.set(key, { channel: message.channelId, buttons: message.buttons, calls: calledBy(message, directory) });
}

/** Whom a message calls; a role that stands in the text without being mentioned, as on a checklist, counts too: `for lead-developer`. */
export function calledBy({ blocks, text }: Pick<Sighting, 'blocks' | 'text'>, { people, groups }: Directory): readonly string[] {
  const raw = JSON.stringify(blocks);
  const direct = people.filter(({ id }) => raw.includes(`<@${id}>`)).map(({ name }) => name);
  const byGroup = Object.entries(groups)
    .filter(([handle, { id }]) => raw.includes(`<!subteam^${id}`) || new RegExp(`^\\s*for .*\\b${handle}\\b`, 'm').test(text))
    .flatMap(([, { members }]) => members);
  return [...new Set([...direct, ...byGroup])];
}
