import { VIEWS } from '../actions.ts';
import { refusalView } from '../cards/forms.ts';
import { TITLES, writeUpForm } from '../cards/incident-forms.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { doHere, incidentHere, leading, NONE_HERE } from './incident-here.ts';

/** Puts what was found out so far into the window that was opened for it; also after the end. */
export async function fillWriteUpForm(visit: Visit, desk: Desk): Promise<void> {
  const { viewId, incoming, tell } = visit;
  if (viewId === null) return await tell(sentence('Slack did not open the form. Type `/incident report` again.'));
  const here = await incidentHere(visit, desk);
  const { channel, responseUrl } = incoming;
  const view = here
    ? writeUpForm(here.incident.record, { channel, responseUrl, incident: here.stream })
    : refusalView(TITLES.writeUp, NONE_HERE);
  await desk.web.call('views.update', { view_id: viewId, view });
}

/** What was filled in goes into the journal, so that every later rendering of the report has it. */
export const WRITE_UP: Entry = {
  kind: 'view',
  id: VIEWS.writeUp,
  resume: 'again',
  handle: async (visit, desk) => {
    const here = await incidentHere(visit, desk);
    if (here === null) return;
    const { values = {} } = visit.incoming.view ?? {};
    const items = (values['items']?.[0] ?? '').split('\n').map((title) => ({ title, owner: null }));
    const [rootCause, lessons] = ['root-cause', 'lessons'].map((block) => values[block]?.[0] ?? null);
    const act = { kind: 'write-up', rootCause: rootCause ?? null, lessons: lessons ?? null, items, ...leading(visit, desk) } as const;
    const closed = here.incident.status === 'closed';
    await doHere(visit, desk, here.stream, act, closed ? 'It is kept. The report is written again with it.' : 'It is kept for the report.');
  },
};
