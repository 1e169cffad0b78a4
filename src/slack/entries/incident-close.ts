import type { StreamId } from '../../core/brand.ts';
import type { Answers } from '../../core/incident/criteria.ts';
import { unfinishedBusiness } from '../../core/incident/decide-incident.ts';
import { VIEWS } from '../actions.ts';
import { refusalView } from '../cards/forms.ts';
import { closeForm, questionBlock, TITLES } from '../cards/incident-forms.ts';
import { sentence } from '../cards/replies.ts';
import type { Incoming } from '../incoming.ts';
import type { Desk, Entry, FormMistakes, Visit } from './entry.ts';
import { doHere, incidentHere, leading, NONE_HERE } from './incident-here.ts';

const CLOSED = 'The incident is closed. Its report follows here.';

/** Whether something has to hold before an incident is closed. */
export function hasChecklist({ catalog }: Desk): boolean {
  return (catalog.settings()['success-criteria'] ?? []).length > 0;
}

/** `/incident close`: the checklist as a form where there is one and no reason was given, else at once. */
export async function close(visit: Visit, desk: Desk, reason: string): Promise<void> {
  if (reason === '' && hasChecklist(desk)) return await fillCloseForm(visit, desk);
  const here = await incidentHere(visit, desk);
  if (here !== null) await closeWith(visit, desk, here.stream, { reason: reason === '' ? null : reason, answers: {} });
}

/** `/incident reopen`: what was closed too early goes on. */
export async function reopen(visit: Visit, desk: Desk, reason: string): Promise<void> {
  const here = await incidentHere(visit, desk);
  if (here === null) return;
  await doHere(visit, desk, here.stream, { kind: 'reopen-incident', reason, ...leading(visit, desk) }, 'The incident is open again.');
}

/** The form with the checklist. */
export const CLOSING: Entry = {
  kind: 'view',
  id: VIEWS.closeIncident,
  resume: 'again',
  examine: (incoming) => missingReason(incoming),
  handle: async (visit, desk) => {
    const here = await incidentHere(visit, desk);
    if (here === null) return;
    const reason = visit.incoming.view?.values['reason']?.[0]?.trim() || null;
    await closeWith(visit, desk, here.stream, { reason, answers: answersIn(visit.incoming) });
  },
};

async function closeWith(
  visit: Visit,
  desk: Desk,
  stream: StreamId,
  how: { readonly reason: string | null; readonly answers: Answers },
): Promise<void> {
  await doHere(visit, desk, stream, { kind: 'close-incident', ...how, ...leading(visit, desk) }, CLOSED);
}

async function fillCloseForm(visit: Visit, desk: Desk): Promise<void> {
  const { viewId, incoming, acting, tell } = visit;
  if (viewId === null)
    return await tell(sentence('Slack did not open the form. Type `/incident close` again, or `/incident close <reason>`.'));
  const here = await incidentHere(visit, desk);
  const show = async (view: object): Promise<unknown> => await desk.web.call('views.update', { view_id: viewId, view });
  if (here === null) return void (await show(refusalView(TITLES.close, NONE_HERE)));
  const { incident, stream } = here;
  if (incident.status === 'closed') return void (await show(refusalView(TITLES.close, 'This incident is closed already.')));
  const criteria = await desk.incidents.criteria(stream, {}, acting.by.name);
  const { channel, responseUrl } = incoming;
  await show(closeForm(criteria, unfinishedBusiness(incident), { channel, responseUrl, incident: stream }));
}

/** Whoever says no to something, or nothing, has to say why it may be closed all the same. */
function missingReason({ view }: Incoming): FormMistakes | null {
  const values = view?.values ?? {};
  if (values['reason']?.[0]?.trim()) return null;
  const open = Object.entries(values).filter(([block, [answer]]) => block.startsWith(questionBlock('')) && answer !== 'yes');
  return open.length > 0 ? { reason: 'Not all is answered with yes, so say why it may be closed all the same.' } : null;
}

function answersIn({ view }: Incoming): Answers {
  const answers = Object.entries(view?.values ?? {}).flatMap(([block, [answer]]) =>
    block.startsWith(questionBlock('')) && (answer === 'yes' || answer === 'no')
      ? [[block.slice(questionBlock('').length), answer] as const]
      : [],
  );
  return Object.fromEntries(answers);
}
