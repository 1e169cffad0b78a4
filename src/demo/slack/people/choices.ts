import type { Choice } from '../interface.ts';
import { labelOf, optionsOf, text } from '../state/blocks.ts';
import { channelNamed } from '../state/channels.ts';
import type { Json } from '../state/model.ts';
import { userNamed } from '../state/people.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's state of an element after somebody has put something into it; refuses what the element does not offer. */
export function chosenState(workspace: Workspace, element: Json, choice: Choice): Json {
  const type = text(element.type);
  const all = typeof choice === 'string' ? [choice] : [...choice];
  const first = all[0] ?? null;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: first === null ? null : optionOf(element, first) };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: all.map((wanted) => optionOf(element, wanted)) };
    case 'users_select':
      return { type, selected_user: first && userNamed(workspace, first).id };
    case 'multi_users_select':
      return { type, selected_users: all.map((name) => userNamed(workspace, name).id) };
    case 'channels_select':
      return { type, selected_channel: first && conversationId(workspace, first) };
    case 'conversations_select':
      return { type, selected_conversation: first && conversationId(workspace, first) };
    case 'multi_channels_select':
      return { type, selected_channels: all.map((name) => conversationId(workspace, name)) };
    case 'multi_conversations_select':
      return { type, selected_conversations: all.map((name) => conversationId(workspace, name)) };
    case 'datepicker':
      return { type, selected_date: first };
    case 'timepicker':
      return { type, selected_time: first };
    case 'datetimepicker':
      return { type, selected_date_time: first === null ? null : Number(first) };
    case 'rich_text_input':
      return { type, rich_text_value: first === null ? null : richText(first) };
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: first === '' ? null : first };
    default:
      throw new Error(`Nothing can be put into a ${type}.`);
  }
}

/** Whether an element's state counts as filled in. */
export function isFilled(state: Json): boolean {
  return Object.entries(state).some(([key, value]) => {
    if (key === 'type' || value === null || value === '') return false;
    return !Array.isArray(value) || value.length > 0;
  });
}

function optionOf(element: Json, wanted: string): Json {
  const options = optionsOf(element);
  const found = options.find((option) => labelOf(option.text) === wanted) ?? options.find((option) => option.value === wanted);
  if (found) return found;
  throw new Error(
    `There is no option "${wanted}"; there are ${options.map((option) => `"${labelOf(option.text)}"`).join(', ') || 'none'}.`,
  );
}

function conversationId(workspace: Workspace, name: string): string {
  if (name.startsWith('@')) return userNamed(workspace, name).id;
  const channel = channelNamed(workspace, name);
  if (channel) return channel.id;
  throw new Error(`There is no channel ${name}.`);
}

function richText(value: string): Json {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: value }] }] };
}
