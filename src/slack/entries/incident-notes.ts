import type { Instant, PersonId } from '../../core/brand.ts';
import type { NotedMessage } from '../../core/incident/record-event.ts';
import { SHORTCUTS } from '../actions.ts';
import { History } from '../answers.ts';
import type { Incoming } from '../incoming.ts';
import { plainMessage } from '../plain-message.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { doHere, incidentHere } from './incident-here.ts';

const NOTED = 'It stands in the timeline now.';

/** `/incident note`: a line of one's own. */
export async function noteTyped(visit: Visit, desk: Desk, text: string): Promise<void> {
  const here = await incidentHere(visit, desk);
  if (here === null) return;
  const saidAt = visit.incoming.at as Instant;
  await doHere(visit, desk, here.stream, { kind: 'add-note', text, saidAt, message: null, ...visit.acting }, NOTED);
}

/** The shortcut of a message: it joins the timeline with the time at which it was said. */
const SHORTCUT: Entry = {
  kind: 'shortcut',
  id: SHORTCUTS.addToTimeline,
  resume: 'again',
  handle: async (visit, desk) => {
    const { message } = visit.incoming;
    const here = await incidentHere(visit, desk);
    if (here === null || !message) return;
    const act = { kind: 'add-note', ...(await noteOf(desk, message)), ...visit.acting } as const;
    await doHere(visit, desk, here.stream, act, NOTED);
  },
};

/** A reaction does the same, without a word: whoever reacts to a message has asked nothing. */
const REACTION: Entry = {
  kind: 'event',
  id: 'reaction_added',
  resume: 'again',
  handle: async (visit, desk) => {
    const { message, text, channel } = visit.incoming;
    const wanted = desk.catalog.settings().incidents?.['timeline-reaction'] ?? 'pushpin';
    // A skin tone is no other reaction.
    if (!message || channel === null || text.split('::')[0] !== wanted) return;
    const stream = await desk.store.streamOf({ channel });
    const state = stream === null ? null : (await desk.store.load(stream)).state;
    if (stream === null || state?.status !== 'open') return;
    const read = await readMessage(desk, message);
    if (read) await desk.operations.act({ kind: 'add-note', ...(await noteOf(desk, read)), ...visit.acting }, { stream });
  },
};

/** The ways into the timeline besides the command. */
export const NOTING: readonly Entry[] = [SHORTCUT, REACTION];

type Message = NonNullable<Incoming['message']>;

/** A message as it was said: its words, its time, and whose they are. */
async function noteOf(
  { people }: Desk,
  { channel, ts, text, user }: Message,
): Promise<{ readonly text: string; readonly saidAt: Instant; readonly message: NotedMessage }> {
  const author = user === null ? null : await people.read(user as PersonId);
  const name = author?.status === 'member' ? author.name : author?.status === 'refused' && author.why === 'bot' ? 'An app' : null;
  const saidAt = Math.round(Number(ts) * 1000) as Instant;
  return { text: plainMessage(text ?? ''), saidAt, message: { channel, ts, author: name } };
}

/** Slack tells which message was reacted to, and not what is in it. */
async function readMessage({ web }: Desk, message: Message): Promise<Message | null> {
  const { channel, ts } = message;
  const answer = await web.call('conversations.replies', { channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 10 });
  if (answer.status !== 'ok') return null;
  const found = History.parse(answer.data).messages.find((each) => each.ts === ts);
  return found ? { ...message, text: found.text ?? null, user: found.user ?? null } : null;
}
