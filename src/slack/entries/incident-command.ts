import type { StreamId } from '../../core/brand.ts';
import { commandersOf } from '../../core/settings.ts';
import { COMMANDS } from '../actions.ts';
import { helpCard, sentence, statusCard } from '../cards/replies.ts';
import { literal } from '../cards/text.ts';
import type { Desk, Entry, Visit } from './entry.ts';

const NONE_HERE = 'No incident belongs to this channel. Type this in the channel of the incident; `/rollback status` lists the open ones.';

/** `/incident`: about the incident of the channel in which it is typed. */
export const INCIDENT: Entry = {
  kind: 'command',
  id: COMMANDS.incident,
  resume: 'again',
  handle: async (visit, desk) => {
    const [word = '', ...rest] = visit.incoming.text.split(/\s+/);
    switch (word.toLowerCase()) {
      case 'close':
        return await close(visit, desk, rest.join(' '));
      case 'status':
        return await status(visit, desk);
      case '':
      case 'help':
      case '?':
        return await visit.tell(helpCard());
      default:
        return await visit.tell(
          sentence(
            `There is no ${literal(`/incident ${word}`)}. Type \`/incident status\`, \`/incident close [reason]\` or \`/incident help\`.`,
          ),
        );
    }
  },
};

async function close(visit: Visit, desk: Desk, words: string): Promise<void> {
  const stream = await streamHere(visit, desk);
  if (stream === null) return await visit.tell(sentence(NONE_HERE));
  const commanders = commandersOf(desk.catalog.settings());
  const reason = words === '' ? null : words;
  const answer = await desk.operations.act({ kind: 'close-incident', reason, commanders, ...visit.acting }, { stream });
  await visit.tell(sentence(answer.status === 'done' ? 'The incident is closed. Its report follows here.' : answer.says));
}

async function status(visit: Visit, desk: Desk): Promise<void> {
  const stream = await streamHere(visit, desk);
  const state = stream === null ? null : (await desk.store.load(stream)).state;
  if (state?.status !== 'open') return await visit.tell(sentence(NONE_HERE));
  await visit.tell(statusCard({ incidents: [state], claims: [], now: desk.clock.now() }));
}

async function streamHere({ incoming: { channel } }: Visit, { store }: Desk): Promise<StreamId | null> {
  return channel === null ? null : await store.streamOf({ channel });
}
