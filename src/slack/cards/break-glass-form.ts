import type { ModalView, PlainTextInput } from '@slack/types';
import { VIEWS } from '../actions.ts';
import type { FormNote } from '../incoming.ts';
import { section } from './blocks.ts';
import { form, input } from './forms.ts';
import { safe } from './text.ts';

export type BreakGlassParts = {
  readonly target: string;
  /** The role that is told at once. */
  readonly tells: string;
  readonly what: string;
  readonly note: FormNote;
};

/** Asks whoever goes on alone for the target's name, so that nobody does it by habit, and for the reason. */
export function breakGlassView({ target, tells, what, note }: BreakGlassParts): ModalView {
  const name: PlainTextInput = { type: 'plain_text_input', action_id: 'target', max_length: 100, focus_on_load: true };
  const reason: PlainTextInput = { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 1000 };
  return form(
    VIEWS.breakGlass,
    'Break glass',
    'Go on alone',
    [
      section(
        `:red_circle: *You go on without the approval that was asked for.* ${safe(tells, 40)} is told at once, and it stands in the report, in red.`,
      ),
      section(safe(what, 2500)),
      input('target', `Type the name of the target: ${target}`, name),
      input('reason', 'Why can it not wait?', reason, 'Everybody reads it, and somebody has to look at it afterwards.'),
    ],
    note,
  );
}
