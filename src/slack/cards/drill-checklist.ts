import type { ModalView } from '@slack/types';
import type { RoleId } from '../../core/brand.ts';
import { CHECKLIST, ITEMS } from '../../core/drill/checklist.ts';
import type { ChecklistAnswer } from '../../core/drill/checklist.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import type { FormNote } from '../incoming.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { form, input, option } from './forms.ts';
import type { Incident } from './incident-card.ts';
import { safe } from './text.ts';
import { call, moment, who } from './words.ts';

export const CHECKLIST_TITLE = 'Checklist of the drill';

const ANSWERS = {
  yes: { sign: ':white_check_mark:', says: 'Yes' },
  no: { sign: ':x:', says: 'No' },
  'not-tested': { sign: ':white_small_square:', says: 'Not tested' },
} as const satisfies Record<ChecklistAnswer['answer'], { sign: string; says: string }>;

/** Asks the leader of a drill what is to be asked at its end; once filled in it says what was answered. */
export function drillChecklistCard(incident: Incident, settings: Settings): Card | null {
  const { checklistAsked, checklist } = incident;
  if (checklistAsked === null) return null;
  const lead = checklist
    ? `:ballot_box_with_check: ${who(checklist.by)} filled in the checklist ${moment(checklist.at)}`
    : `${leaders(incident, settings)} The drill is over. Look at *${targets(incident)}*, and say how it is.`;
  const rows = ITEMS.map((item) => {
    const answer = checklist?.answers.find((each) => each.item === item)?.answer;
    return `${answer ? ANSWERS[answer].sign : ':grey_question:'} ${CHECKLIST[item]}${answer ? `: *${ANSWERS[answer].says}*` : ''}`;
  });
  const note = checklist?.note ? [context(`${who(checklist.by)} adds: ${safe(checklist.note, 1000)}`)] : [];
  const label = checklist ? 'Change the answers' : 'Fill in the checklist';
  const style = checklist ? {} : ({ style: 'primary' } as const);
  const open = incident.status === 'open' ? [buttons(button(ACTIONS.drillChecklist, label, checklistAsked.token, style))] : [];
  return card({
    text: `Drill: ${CHECKLIST_TITLE}. ${lead} ${rows.join('; ')}`,
    top: [header(`Drill: ${CHECKLIST_TITLE}`), section(lead)],
    rows,
    bottom: [...note, ...open],
  });
}

/** One choice a question: what nobody has looked at is said, and not left out. */
export function checklistView(note: FormNote): ModalView {
  const options = (Object.keys(ANSWERS) as ChecklistAnswer['answer'][]).map((answer) => option(answer, ANSWERS[answer].says));
  const questions = ITEMS.map((item) => input(item, CHECKLIST[item], { type: 'radio_buttons', action_id: 'answer', options }));
  const more = input(
    'note',
    'What else?',
    { type: 'plain_text_input', action_id: 'note', multiline: true, max_length: 1000 },
    'It stands in the scorecard.',
    true,
  );
  return form(VIEWS.checklist, CHECKLIST_TITLE, 'Send', [...questions, more], note);
}

/** Who has started it; where it began by itself, those who may decide about its run. */
function leaders({ openedBy, runs }: Incident, settings: Settings): string {
  if (openedBy.kind === 'person') return `<@${openedBy.id}>`;
  return call([...new Set(runs.flatMap(({ deciders }) => deciders))] satisfies readonly RoleId[], settings);
}

function targets({ runs }: Incident): string {
  return [...new Set(runs.map(({ target }) => safe(target.name, 60)))].join(', ');
}
