import type { Datepicker, InputBlock, KnownBlock, ModalView, PlainTextInput, PlainTextOption } from '@slack/types';
import type { Instant } from '../../core/brand.ts';
import { VIEWS } from '../actions.ts';
import type { FormNote } from '../incoming.ts';
import { plainText, section } from './blocks.ts';
import { safe } from './text.ts';
import { moment } from './words.ts';

/** What stands there while the bot looks up who is asking; a trigger lives for three seconds. */
export function loadingView(title: string): ModalView {
  return { type: 'modal', title: plainText(title, 24), close: plainText('Close', 24), blocks: [section('One moment…')] };
}

/** A form that turned out not to be for this person, or that nothing can be done with any more. */
export function refusalView(title: string, says: string): ModalView {
  return { type: 'modal', title: plainText(title, 24), close: plainText('Close', 24), blocks: [section(safe(says, 2800))] };
}

/** Asks for the reason of a denial. */
export function denyView(what: string, note: FormNote): ModalView {
  const hint = "Everybody in the incident's channel reads it, and it stands in the report.";
  return reasonView({ callback: VIEWS.deny, title: 'Deny', submit: 'Deny', hint, what }, note);
}

export type ReasonForm = {
  readonly callback: string;
  readonly title: string;
  readonly submit: string;
  /** Who will read the reason. */
  readonly hint: string;
  readonly what?: string;
};

/** Asks why something is not to be. */
export function reasonView({ callback, title, submit, hint, what }: ReasonForm, note: FormNote): ModalView {
  const element: PlainTextInput = { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 1000, focus_on_load: true };
  const lead = what === undefined ? [] : [section(safe(what, 2800))];
  return form(callback, title, submit, [...lead, input('reason', 'Why?', element, hint)], note);
}

/** Asks until when something may wait, and why. */
export function laterView(title: string, dueAt: Instant, note: FormNote): ModalView {
  const day: Datepicker = { type: 'datepicker', action_id: 'day', initial_date: new Date(dueAt).toISOString().slice(0, 10) };
  const reason: PlainTextInput = { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 500 };
  return form(
    VIEWS.later,
    'Later',
    'Move it',
    [
      section(`*${safe(title, 150)}* is due ${moment(dueAt)}`),
      input('day', 'Until when?', day),
      input('reason', 'Why?', reason, 'It stands beside the new date.'),
    ],
    note,
  );
}

/** A form with inputs. */
export function form(callback: string, title: string, submit: string, blocks: readonly KnownBlock[], note: FormNote): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plainText(title, 24),
    submit: plainText(submit, 24),
    close: plainText('Cancel', 24),
    private_metadata: JSON.stringify(note),
    blocks: [...blocks],
  };
}

/** An input with its label; its block id is what a mistake is marked by. */
export function input(id: string, label: string, element: InputBlock['element'], hint?: string, optional = false): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plainText(label, 150),
    element,
    ...(optional && { optional }),
    ...(hint !== undefined && { hint: plainText(hint, 300) }),
  };
}

/** A choice of a menu; Slack takes 100 of them, of 75 characters each. */
export function option(value: string, label = value): PlainTextOption {
  return { text: plainText(label, 75), value };
}
