import type { TokenId } from '../../core/brand.ts';
import type { DrillAnswer } from '../../core/drill/port.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import { drillsCard } from '../cards/drill-card.ts';
import { reasonView } from '../cards/forms.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { begunOnce } from './ordering.ts';
import { tokenButton } from './token-button.ts';

const SKIP_TITLE = 'Skip the drill';

/** `/rollback drill`: what is practised when, and what people can do about it. */
export async function drillCommand(visit: Visit, desk: Desk, [word = '', name = '', ...rest]: readonly string[]): Promise<void> {
  switch (word.toLowerCase()) {
    case '':
    case 'list':
      return await visit.tell(drillsCard(await desk.drills.list()));
    case 'sign-up':
      return await answer(visit, desk, await desk.drills.signUp({ name }, visit.acting));
    case 'skip':
      return await answer(visit, desk, await desk.drills.skip({ name }, rest.join(' '), visit.acting));
    default:
      return await start(visit, desk, word);
  }
}

/** By hand, at any time; a command that was left lying by a crash starts nothing. */
async function start(visit: Visit, desk: Desk, name: string): Promise<void> {
  const no = await begunOnce(visit, desk);
  await (no === null ? answer(visit, desk, await desk.drills.start({ name }, visit.acting)) : visit.tell(sentence(no)));
}

/** *Skip with a reason* asks for it first. */
const SKIP: Entry = {
  kind: 'action',
  id: ACTIONS.drillSkip,
  resume: 'give-back',
  opens: () => SKIP_TITLE,
  handle: async ({ viewId, incoming, tell }, { web }) => {
    if (viewId === null)
      return await tell(sentence('Slack did not open the form. Press it again, or type `/rollback drill skip <name> <reason>`.'));
    const { channel, responseUrl, text: token } = incoming;
    const view = reasonView(
      { callback: VIEWS.skipDrill, title: SKIP_TITLE, submit: 'Skip it', hint: 'It stands in the announcement.' },
      { channel, responseUrl, token },
    );
    await web.call('views.update', { view_id: viewId, view });
  },
};

const SKIP_FORM: Entry = {
  kind: 'view',
  id: VIEWS.skipDrill,
  resume: 'again',
  examine: ({ view }) => (view?.values['reason']?.[0]?.trim() ? null : { reason: 'Say why, in a few words.' }),
  handle: async (visit, desk) => {
    const { view } = visit.incoming;
    const token = (view?.note.token ?? '') as TokenId;
    await answer(visit, desk, await desk.drills.skip({ token }, view?.values['reason']?.[0] ?? '', visit.acting));
  },
};

/** The buttons below the announcement of a drill. */
export const DRILL_BUTTONS: readonly Entry[] = [
  tokenButton(ACTIONS.drillStart, async ({ drills }, token, acting) => await drills.start({ token }, acting)),
  tokenButton(ACTIONS.drillSignUp, async ({ drills }, token, acting) => await drills.signUp({ token }, acting)),
  SKIP,
  SKIP_FORM,
];

async function answer(visit: Visit, desk: Desk, given: DrillAnswer): Promise<void> {
  if (given.status === 'done' && given.incident !== null) desk.wake(given.incident);
  await visit.tell(sentence(given.says));
}
