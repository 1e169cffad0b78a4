import { COMMANDS } from '../actions.ts';
import { incidentHelpCard, incidentListCard } from '../cards/incident-help.ts';
import { TITLES } from '../cards/incident-forms.ts';
import { sentence, statusCard } from '../cards/replies.ts';
import { literal } from '../cards/text.ts';
import { plainMessage } from '../plain-message.ts';
import { close, hasChecklist, reopen } from './incident-close.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { NONE_HERE, streamHere } from './incident-here.ts';
import { noteTyped } from './incident-notes.ts';
import { openIncident } from './incident-open.ts';
import { changeRole, setSeverity } from './incident-people.ts';
import { fillUpdateForm } from './incident-update.ts';
import { fillWriteUpForm } from './incident-write-up.ts';
import { openIncidents } from './rollback-command.ts';
import { listFollowUps } from './follow-ups.ts';

/** `/incident`: about the incident of the channel in which it is typed. */
export const INCIDENT: Entry = {
  kind: 'command',
  id: COMMANDS.incident,
  resume: 'again',
  opens: ({ text }, desk) => formOf(text.trim().toLowerCase(), desk),
  handle: async (visit, desk) => {
    const [word = '', ...typed] = visit.incoming.text.split(/\s+/);
    const rest = typed.join(' ');
    switch (word.toLowerCase()) {
      case 'open':
        return await openIncident(visit, desk, plainMessage(rest));
      case 'list':
        return await list(visit, desk);
      case 'todo':
        return await listFollowUps(visit, desk, typed[0] ?? '');
      case 'status':
        return await status(visit, desk);
      case 'severity':
        return await setSeverity(visit, desk, rest);
      case 'role':
        return await changeRole(visit, desk, typed);
      case 'note':
        return await noteTyped(visit, desk, plainMessage(rest));
      case 'update':
        return await fillUpdateForm(visit, desk);
      case 'report':
        return await fillWriteUpForm(visit, desk);
      case 'close':
        return await close(visit, desk, plainMessage(rest));
      case 'reopen':
        return await reopen(visit, desk, plainMessage(rest));
      case '':
      case 'help':
      case '?':
        return await visit.tell(incidentHelpCard());
      default:
        return await visit.tell(sentence(`There is no ${literal(`/incident ${word}`)}. \`/incident help\` shows what there is.`));
    }
  },
};

/** What is kinder as a form: whatever was typed with nothing behind it. */
function formOf(text: string, desk: Desk): string | null {
  switch (text) {
    case 'open':
      return TITLES.open;
    case 'update':
      return TITLES.update;
    case 'report':
      return TITLES.writeUp;
    case 'close':
      return hasChecklist(desk) ? TITLES.close : null;
    default:
      return null;
  }
}

async function status(visit: Visit, desk: Desk): Promise<void> {
  const stream = await streamHere(visit, desk);
  const state = stream === null ? null : (await desk.store.load(stream)).state;
  if (state?.status !== 'open') return await visit.tell(sentence(NONE_HERE));
  await visit.tell(statusCard({ incidents: [state], claims: [], now: desk.clock.now() }));
}

async function list(visit: Visit, desk: Desk): Promise<void> {
  const { incidents, broken } = await openIncidents(desk);
  await visit.tell(incidentListCard(incidents, broken, desk.clock.now()));
}
