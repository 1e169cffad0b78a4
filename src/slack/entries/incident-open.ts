import { SHORTCUTS, VIEWS } from '../actions.ts';
import { openForm, TITLES } from '../cards/incident-forms.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { begunKey } from './ordering.ts';

const NO_FORM = 'Slack did not open the form. Type it again, or use `/incident open <title>`.';
const MAY_BE_OPEN = 'Rollbot stopped while it opened this. Look at `/incident list`: if it is not there, open it again.';

/** `/incident open`: a form where nothing stands behind it, else the title, with the severity before it if there is one. */
export async function openIncident(visit: Visit, desk: Desk, text: string): Promise<void> {
  if (text === '') return await fillOpenForm(visit, desk);
  const [first = '', ...rest] = text.split(' ');
  const rated = Object.hasOwn(desk.catalog.settings().severities ?? {}, first);
  await carryOut(visit, desk, { title: rated ? rest.join(' ') : text, severity: rated ? first : null });
}

const SHORTCUT: Entry = {
  kind: 'shortcut',
  id: SHORTCUTS.openIncident,
  resume: 'give-back',
  opens: () => TITLES.open,
  handle: fillOpenForm,
};

const FORM: Entry = {
  kind: 'view',
  id: VIEWS.openIncident,
  resume: 'again',
  examine: ({ view }) => (view?.values['title']?.[0]?.trim() ? null : { title: 'Say in a few words what is the matter.' }),
  handle: async (visit, desk) => {
    const { values = {} } = visit.incoming.view ?? {};
    await carryOut(visit, desk, { title: values['title']?.[0]?.trim() ?? '', severity: values['severity']?.[0] ?? null });
  },
};

/** The global shortcut, and the form behind it. */
export const OPENING: readonly Entry[] = [SHORTCUT, FORM];

async function fillOpenForm({ viewId, incoming, tell }: Visit, { catalog, web }: Desk): Promise<void> {
  if (viewId === null) return await tell(sentence(NO_FORM));
  await catalog.refresh();
  const { channel, responseUrl } = incoming;
  await web.call('views.update', { view_id: viewId, view: openForm(catalog.settings(), { channel, responseUrl }) });
}

/** An incident is opened at most once, whatever becomes of the bot meanwhile. */
async function carryOut(
  { incoming, acting, tell }: Visit,
  desk: Desk,
  what: { readonly title: string; readonly severity: string | null },
): Promise<void> {
  const isFirst = await desk.store.accept(begunKey(incoming.key), 'begun', null, desk.clock.now());
  if (!isFirst) return await tell(sentence(MAY_BE_OPEN));
  const answer = await desk.incidents.open({ ...what, channel: incoming.channel, ...acting });
  if (answer.status === 'refused') return await tell(sentence(answer.says));
  desk.wake(answer.stream);
  await tell(sentence('The incident is open. Its channel follows in a moment, and you are invited there.'));
}
