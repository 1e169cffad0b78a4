import type { TokenId } from '../../core/brand.ts';
import { CHECKLIST, ITEMS } from '../../core/drill/checklist.ts';
import type { ChecklistAnswer } from '../../core/drill/checklist.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import { CHECKLIST_TITLE, checklistView } from '../cards/drill-checklist.ts';
import { sentence } from '../cards/replies.ts';
import type { Incoming } from '../incoming.ts';
import { actByToken } from './acting.ts';
import type { Entry } from './entry.ts';

/** *Fill in the checklist* of a drill opens its form. */
const OPEN: Entry = {
  kind: 'action',
  id: ACTIONS.drillChecklist,
  resume: 'give-back',
  opens: () => CHECKLIST_TITLE,
  handle: async ({ viewId, incoming, tell }, { web }) => {
    if (viewId === null) return await tell(sentence('Slack did not open the form. Press *Fill in the checklist* again.'));
    const { channel, responseUrl, text: token } = incoming;
    await web.call('views.update', { view_id: viewId, view: checklistView({ channel, responseUrl, token }) });
  },
};

const FORM: Entry = {
  kind: 'view',
  id: VIEWS.checklist,
  resume: 'again',
  examine: (incoming) => {
    const answered = answersIn(incoming).map(({ item }) => item);
    const missing = ITEMS.filter((item) => !answered.includes(item));
    return missing.length === 0
      ? null
      : Object.fromEntries(missing.map((item) => [item, `Say of “${CHECKLIST[item]}” what you have seen.`]));
  },
  handle: async (visit, desk) => {
    const { view } = visit.incoming;
    const token = (view?.note.token ?? '') as TokenId;
    const note = view?.values['note']?.[0]?.trim() || null;
    await actByToken(visit, desk, { kind: 'fill-checklist', token, answers: answersIn(visit.incoming), note, ...visit.acting });
  },
};

export const CHECKLIST_FORM: readonly Entry[] = [OPEN, FORM];

const ANSWERS = ['yes', 'no', 'not-tested'] as const;

function answersIn({ view }: Incoming): readonly ChecklistAnswer[] {
  return ITEMS.flatMap((item) => {
    const answer = ANSWERS.find((each) => each === view?.values[item]?.[0]);
    return answer ? [{ item, answer }] : [];
  });
}
