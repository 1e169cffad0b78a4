import type { InputBlock, KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import type { Criterion } from '../../core/incident/criteria.ts';
import type { IncidentRecord } from '../../core/incident/record.ts';
import { AUDIENCES } from '../../core/incident/record-event.ts';
import type { Audience, UpdatePlaces } from '../../core/incident/record-event.ts';
import type { Settings } from '../../core/settings.ts';
import { VIEWS } from '../actions.ts';
import type { FormNote } from '../incoming.ts';
import { context, section } from './blocks.ts';
import { form, input, option } from './forms.ts';
import { plain, safe } from './text.ts';

export const TITLES = {
  open: 'Open incident',
  close: 'Close incident',
  update: 'Tell people',
  writeUp: 'What was found out',
} as const;

const TEXT_MAX = 3000;
const UPDATE_MAX = 2500;

/** Asks what an incident is about, and how bad it is. */
export function openForm({ severities = {} }: Pick<Settings, 'severities'>, note: FormNote): ModalView {
  const options = Object.entries(severities).map(([id, { title }]) => option(id, `${id}: ${title}`));
  const element: PlainTextInput = { type: 'plain_text_input', action_id: 'title', max_length: 150, focus_on_load: true };
  return form(
    VIEWS.openIncident,
    TITLES.open,
    'Open',
    [
      input('title', 'What is the matter?', element, 'One line. It becomes the title of the incident and of its report.'),
      ...(options.length > 0
        ? [input('severity', 'Severity', { type: 'static_select', action_id: 'severity', options }, undefined, true)]
        : []),
    ],
    note,
  );
}

/** The checklist: what was read stands there, what only people know is asked. */
export function closeForm(criteria: readonly Criterion[], left: readonly string[], note: FormNote): ModalView {
  const read = criteria.filter(({ by }) => by === 'reading');
  const clear = left.length === 0 && read.every(({ holds }) => holds === true);
  return form(
    VIEWS.closeIncident,
    TITLES.close,
    'Close',
    [
      ...(left.length > 0 ? [section(['*Left open:*', ...left.map((each) => `• ${safe(each, 300)}`)].join('\n'))] : []),
      ...(read.length > 0 ? [section(read.map(readLine).join('\n'))] : []),
      ...criteria.filter(({ by }) => by === 'person').map(({ title }) => question(title)),
      input(
        'reason',
        'Remark',
        area('reason', 1000),
        clear ? 'It stands in the report.' : 'Not all is well, so say why it may be closed all the same.',
        clear,
      ),
    ],
    note,
  );
}

/** The block of a question; answers go by its title. */
export function questionBlock(title: string): string {
  return `ask:${title}`;
}

/** The two texts of an update, prepared, with where each of them goes. */
export function updateForm(
  texts: Readonly<Record<Audience, string>>,
  places: Readonly<Record<Audience, UpdatePlaces>>,
  { drill, note }: { readonly drill: boolean; readonly note: FormNote },
): ModalView {
  return form(
    VIEWS.update,
    TITLES.update,
    'Send',
    [
      ...(drill ? [context('This is a drill: it goes into its own channel and nowhere else.')] : []),
      ...AUDIENCES.map((audience) => updateInput(audience, texts[audience], drill ? null : places[audience])),
    ],
    note,
  );
}

/** Root cause, lessons and action items, as they are known so far. */
export function writeUpForm({ writeUp: { rootCause, lessons, items } }: IncidentRecord, note: FormNote): ModalView {
  const known = items.map(({ title }) => `• ${safe(title, 200)}`);
  return form(
    VIEWS.writeUp,
    TITLES.writeUp,
    'Save',
    [
      input('root-cause', 'Root cause', area('text', TEXT_MAX, rootCause?.text), undefined, true),
      input('lessons', 'Lessons learned', area('text', TEXT_MAX, lessons?.text), undefined, true),
      ...(known.length > 0 ? [section(['*Action items so far*', ...known].join('\n'))] : []),
      input('items', 'More action items', area('text', 2000), 'One on each line.', true),
    ],
    note,
  );
}

function readLine({ title, holds, says }: Criterion): string {
  const sign = holds === true ? ':white_check_mark:' : holds === false ? ':x:' : ':grey_question:';
  return `${sign} ${safe(title, 150)}: ${safe(says, 200)}`;
}

function question(title: string): InputBlock {
  const options = [option('yes', 'Yes'), option('no', 'No')];
  return input(questionBlock(title), title, { type: 'radio_buttons', action_id: 'answer', options }, undefined, true);
}

function updateInput(audience: Audience, text: string, places: UpdatePlaces | null): KnownBlock {
  const wheres = places ? [...places.channels.map((id) => `a channel (${id})`), ...places.mail] : [];
  const hint = wheres.length > 0 ? `Goes to the incident's channel and to ${wheres.join(', ')}.` : "Goes to the incident's channel.";
  return input(audience, LABELS[audience], area('text', UPDATE_MAX, text), plain(hint, 300));
}

const LABELS = { engineering: 'For engineers', business: 'For the business' } as const satisfies Record<Audience, string>;

function area(id: string, max: number, initial?: string): PlainTextInput {
  const value = initial?.slice(0, max);
  return { type: 'plain_text_input', action_id: id, multiline: true, max_length: max, ...(value && { initial_value: value }) };
}
