import type { ListNode, Node, ObjectNode } from '../node.ts';

/** The text types of a label, and of a text that may be formatted. */
export const PLAIN = ['plain_text'] as const;
export const EITHER = ['plain_text', 'mrkdwn'] as const;

/** A `block_id`, `action_id`, `callback_id` or `external_id`. */
export const ID = { is: 'string', min: 1, max: 255 } as const satisfies Node;

export const TRUTH = { is: 'boolean' } as const satisfies Node;
export const WORDS = { is: 'string' } as const satisfies Node;
export const LABEL = { is: 'text', types: PLAIN, max: 75 } as const satisfies Node;
export const COLOR = { is: 'string', oneOf: ['primary', 'danger'] } as const satisfies Node;

const OPTION_VALUE = { is: 'string', max: 150 } as const satisfies Node;

/** An option of a menu: plain text only. */
export const OPTION = {
  is: 'object',
  required: ['text', 'value'],
  fields: { text: LABEL, value: OPTION_VALUE, description: LABEL },
} as const satisfies ObjectNode;

/** An option of checkboxes or radio buttons, whose text may be formatted. */
export const BOX_OPTION = {
  is: 'object',
  required: ['text', 'value'],
  fields: { text: { is: 'text', types: EITHER, max: 75 }, value: OPTION_VALUE, description: LABEL },
} as const satisfies ObjectNode;

/** An option of an overflow menu, the only one that may link somewhere. */
export const OVERFLOW_OPTION = {
  is: 'object',
  required: ['text', 'value'],
  fields: { text: LABEL, value: OPTION_VALUE, description: LABEL, url: { is: 'string', min: 1, max: 3000 } },
} as const satisfies ObjectNode;

export const OPTIONS = { is: 'list', of: OPTION, min: 1, max: 100 } as const satisfies ListNode;

export const OPTION_GROUPS = {
  is: 'list',
  of: { is: 'object', required: ['label', 'options'], fields: { label: LABEL, options: OPTIONS } },
  min: 1,
  max: 100,
} as const satisfies ListNode;

export const CONFIRM = {
  is: 'object',
  required: ['title', 'text', 'confirm', 'deny'],
  fields: {
    title: { is: 'text', types: PLAIN, max: 100 },
    text: { is: 'text', types: EITHER, max: 300 },
    confirm: { is: 'text', types: PLAIN, max: 30 },
    deny: { is: 'text', types: PLAIN, max: 30 },
    style: COLOR,
  },
} as const satisfies ObjectNode;

export const CONVERSATION_FILTER = {
  is: 'object',
  minFields: 1,
  fields: {
    include: { is: 'list', of: { is: 'string', oneOf: ['im', 'mpim', 'private', 'public'] }, min: 1, unique: true },
    exclude_external_shared_channels: TRUTH,
    exclude_bot_users: TRUTH,
  },
} as const satisfies ObjectNode;

export const DISPATCH_CONFIG = {
  is: 'object',
  fields: {
    trigger_actions_on: { is: 'list', of: { is: 'string', oneOf: ['on_enter_pressed', 'on_character_entered'] }, min: 1, unique: true },
  },
} as const satisfies ObjectNode;

const SLACK_FILE = { is: 'object', required: [['id', 'url']], fields: { id: WORDS, url: WORDS } } as const satisfies ObjectNode;

/** An image beside or among other things; the image block has a title and an id on top. */
export const IMAGE = {
  is: 'object',
  required: [['image_url', 'slack_file'], 'alt_text'],
  fields: { image_url: { is: 'string', max: 3000 }, slack_file: SLACK_FILE, alt_text: { is: 'string', max: 2000 } },
} as const satisfies ObjectNode;

/** The trigger of a workflow button. */
export const WORKFLOW = {
  is: 'object',
  required: ['trigger'],
  fields: {
    trigger: {
      is: 'object',
      required: ['url'],
      fields: {
        url: WORDS,
        customizable_input_parameters: {
          is: 'list',
          of: { is: 'object', required: ['name', 'value'], fields: { name: WORDS, value: WORDS } },
        },
      },
    },
  },
} as const satisfies ObjectNode;
