import type { Screen, Sighting } from '../slack/index.ts';

/** A channel as its list of messages, oldest first; the messages themselves are sent once and again when they change. */
export type ChannelLook = {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly archived: boolean;
  readonly order: readonly string[];
};

/** What of a message the page draws. */
export type MessageLook = Pick<
  Sighting,
  'id' | 'ts' | 'threadTs' | 'kind' | 'author' | 'byApp' | 'text' | 'blocks' | 'edits' | 'reactions' | 'files'
>;

/** A form on somebody's screen, with the labels that end it; without `submit` it can only be closed. */
export type ViewLook = {
  readonly id: string;
  readonly title: string;
  readonly close: string;
  readonly submit: string | null;
  readonly blocks: Sighting['blocks'];
};

/** What has changed on somebody's screen since they last looked. */
export type Look = {
  readonly channels: readonly ChannelLook[];
  readonly changed: Readonly<Record<string, MessageLook>>;
  readonly view: ViewLook | null;
};

/** Compares a screen with what its page knows already, and notes what it will know. */
export function lookAt(screen: Screen, known: Map<string, string>): Look {
  const changed: Record<string, MessageLook> = {};
  const channels = screen.channels.map(({ id, name, topic, archived, messages }) => {
    const order = messages.map((sighting) => {
      const key = `${id}/${sighting.kind}/${sighting.id}`;
      const message = messageOf(sighting);
      const json = JSON.stringify(message);
      if (known.get(key) !== json) changed[key] = message;
      known.set(key, json);
      return key;
    });
    return { id, name, topic, archived, order };
  });
  const front = screen.views.at(-1);
  return { channels, changed, view: front ? viewOf(front) : null };
}

function messageOf(sighting: Sighting): MessageLook {
  const { id, ts, threadTs, kind, author, byApp, text, blocks, edits, reactions, files } = sighting;
  return { id, ts, threadTs, kind, author, byApp, text, blocks, edits, reactions, files };
}

/** The labels that close and submit a view stand in the last line of its text. */
function viewOf({ id, notification, text, blocks }: Sighting): ViewLook {
  const footer = text.split('\n').at(-1) ?? '';
  const [close = 'Cancel', submit = null] = [...footer.matchAll(/\[([^\]]*)\]/g)].map(([, label = '']) => label);
  return { id, title: notification, close, submit, blocks };
}
