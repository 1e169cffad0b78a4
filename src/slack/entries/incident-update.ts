import { updatePlaces } from '../../core/incident/update-places.ts';
import { updateTexts } from '../../core/incident/update-text.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import { refusalView } from '../cards/forms.ts';
import { TITLES, updateForm } from '../cards/incident-forms.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { doHere, incidentHere, leading } from './incident-here.ts';

/** Puts the two texts, as the journal suggests them, into the window that was opened for them. */
export async function fillUpdateForm(visit: Visit, desk: Desk): Promise<void> {
  const { viewId, incoming, tell } = visit;
  if (viewId === null) return await tell(sentence('Slack did not open the form. Type `/incident update` again.'));
  const here = await incidentHere(visit, desk);
  const show = async (view: object): Promise<unknown> => await desk.web.call('views.update', { view_id: viewId, view });
  if (here?.incident.status !== 'open') return void (await show(refusalView(TITLES.update, 'There is no open incident in this channel.')));
  const { incident, stream } = here;
  const { channel, responseUrl } = incoming;
  const note = { channel, responseUrl, incident: stream };
  await show(updateForm(updateTexts(incident, desk.clock.now()), updatePlaces(desk.catalog.settings()), { drill: incident.drill, note }));
}

const FORM: Entry = {
  kind: 'view',
  id: VIEWS.update,
  resume: 'again',
  handle: async (visit, desk) => {
    const here = await incidentHere(visit, desk);
    if (here === null) return;
    const { values = {} } = visit.incoming.view ?? {};
    const texts = { engineering: values['engineering']?.[0] ?? '', business: values['business']?.[0] ?? '' };
    const act = { kind: 'send-update', texts, to: updatePlaces(desk.catalog.settings()), ...leading(visit, desk) } as const;
    await doHere(visit, desk, here.stream, act, 'The update is on its way.');
  },
};

/** The button of a call for an update. */
const BUTTON: Entry = {
  kind: 'action',
  id: ACTIONS.writeUpdate,
  resume: 'give-back',
  opens: () => TITLES.update,
  handle: fillUpdateForm,
};

/** The ways to an update besides the command. */
export const UPDATING: readonly Entry[] = [BUTTON, FORM];
