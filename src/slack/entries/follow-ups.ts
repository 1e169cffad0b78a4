import type { TokenId } from '../../core/brand.ts';
import { dayTyped, isDayOver, laterOn } from '../../core/followup/later.ts';
import type { FollowUpAnswer, FollowUps } from '../../core/followup/port.ts';
import { FOLLOW_UP_REFUSALS } from '../../core/followup/refusal.ts';
import { isFor } from '../../core/followup/state.ts';
import type { FollowUpList } from '../../core/followup/state.ts';
import type { Acting } from '../../core/incident/command.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import { todoCard } from '../cards/follow-up-card.ts';
import { laterView, refusalView } from '../cards/forms.ts';
import { sentence } from '../cards/replies.ts';
import { literal } from '../cards/text.ts';
import type { Desk, Entry, Visit } from './entry.ts';

const TITLE = 'Later';

/** *Later…* asks for the new day and the reason. */
const LATER: Entry = {
  kind: 'action',
  id: ACTIONS.followUpLater,
  resume: 'give-back',
  opens: () => TITLE,
  handle: async ({ incoming, viewId, tell }, { followUps, web }) => {
    if (viewId === null) return await tell(sentence('Slack did not open the form. Press *Later…* again.'));
    const token = incoming.text as TokenId;
    const item = await followUps.find(token);
    const { channel, responseUrl } = incoming;
    const view = !item
      ? refusalView(TITLE, FOLLOW_UP_REFUSALS['no-such-follow-up'])
      : item.done
        ? refusalView(TITLE, FOLLOW_UP_REFUSALS['done-already'])
        : laterView(item.title, item.dueAt, { channel, responseUrl, token });
    await web.call('views.update', { view_id: viewId, view });
  },
};

const LATER_FORM: Entry = {
  kind: 'view',
  id: VIEWS.later,
  resume: 'again',
  examine: ({ view }, _acting, { clock }) => {
    const day = dayIn(view?.values);
    if (day === null) return { day: 'Choose a day.' };
    if (isDayOver(day, clock.now())) return { day: FOLLOW_UP_REFUSALS['date-passed'] };
    return (view?.values['reason']?.[0]?.trim() ?? '') === '' ? { reason: FOLLOW_UP_REFUSALS['reason-needed'] } : null;
  },
  handle: async (visit, desk) => {
    const { view } = visit.incoming;
    const token = (view?.note.token ?? '') as TokenId;
    const item = await desk.followUps.find(token);
    const day = dayIn(view?.values);
    if (!item || day === null) return await visit.tell(sentence(FOLLOW_UP_REFUSALS['no-such-follow-up']));
    const to = laterOn(day, item.dueAt, desk.clock.now());
    await answer(visit, desk, await desk.followUps.postpone(token, to, view?.values['reason']?.[0] ?? '', visit.acting));
  },
};

/** The buttons of follow-ups. Doing one again after a crash is harmless: the rules know. */
export const FOLLOW_UPS: readonly Entry[] = [
  followUpButton(ACTIONS.followUpTake, async (followUps, token, acting) => await followUps.take(token, acting)),
  followUpButton(ACTIONS.followUpDone, async (followUps, token, acting) => await followUps.finish(token, acting)),
  LATER,
  LATER_FORM,
];

/** `/incident todo [mine|all]`: in an incident's channel what that one has left to be done, and everything elsewhere. */
export async function listFollowUps(visit: Visit, desk: Desk, word: string): Promise<void> {
  const lists = await desk.followUps.list();
  const now = desk.clock.now();
  switch (word.toLowerCase()) {
    case '': {
      const here = await listsHere(visit, desk, lists);
      return await visit.tell(todoCard(here.length > 0 ? here : lists, now, NOTHING));
    }
    case 'all':
      return await visit.tell(todoCard(lists, now, NOTHING));
    case 'mine':
      return await visit.tell(
        todoCard(
          lists.map((list) => ({ ...list, items: list.items.filter((item) => isFor(item, visit.acting)) })),
          now,
          NOTHING,
        ),
      );
    default:
      return await visit.tell(
        sentence(
          `There is no ${literal(`/incident todo ${word}`)}. Type \`/incident todo\`, \`/incident todo mine\` or \`/incident todo all\`.`,
        ),
      );
  }
}

const NOTHING = 'Nothing is left to be done after any incident.';

async function listsHere(
  { incoming: { channel } }: Visit,
  { store }: Desk,
  lists: readonly FollowUpList[],
): Promise<readonly FollowUpList[]> {
  const stream = channel === null ? null : await store.streamOf({ channel });
  return lists.filter(({ incident }) => stream === `incident/${incident}`);
}

function followUpButton(id: string, act: (followUps: FollowUps, token: TokenId, acting: Acting) => Promise<FollowUpAnswer>): Entry {
  return {
    kind: 'action',
    id,
    resume: 'again',
    handle: async (visit, desk) => await answer(visit, desk, await act(desk.followUps, visit.incoming.text as TokenId, visit.acting)),
  };
}

async function answer(visit: Visit, desk: Desk, { says, stream }: FollowUpAnswer): Promise<void> {
  if (stream !== null) desk.wake(stream);
  await visit.tell(sentence(says));
}

function dayIn(values: Readonly<Record<string, readonly string[]>> | undefined): number | null {
  return dayTyped(values?.['day']?.[0] ?? '');
}
