import type { ObjectNode, Table } from '../node.ts';
import { inputs } from './inputs.ts';
import { menus } from './menus.ts';
import { BOX_OPTION, COLOR, CONFIRM, ID, IMAGE, LABEL, OVERFLOW_OPTION, TRUTH, WORDS, WORKFLOW } from './objects.ts';

const FEEDBACK_BUTTON = {
  is: 'object',
  required: ['text', 'value'],
  fields: { text: LABEL, value: { is: 'string', max: 2000 }, accessibility_label: { is: 'string', max: 75 } },
} as const satisfies ObjectNode;

const BOXES = { is: 'list', of: BOX_OPTION, min: 1, max: 10 } as const;

const buttons = {
  button: {
    is: 'object',
    required: ['text'],
    fields: {
      action_id: ID,
      text: LABEL,
      value: { is: 'string', min: 1, max: 2000 },
      url: { is: 'string', max: 3000 },
      style: COLOR,
      confirm: CONFIRM,
      accessibility_label: { is: 'string', max: 75 },
    },
  },
  workflow_button: {
    is: 'object',
    required: ['text', 'workflow'],
    fields: {
      action_id: ID,
      text: LABEL,
      workflow: WORKFLOW,
      style: COLOR,
      confirm: CONFIRM,
      accessibility_label: { is: 'string', max: 75 },
    },
  },
  icon_button: {
    is: 'object',
    required: ['icon', 'text'],
    fields: {
      action_id: ID,
      icon: { is: 'string', oneOf: ['trash'] },
      text: LABEL,
      value: { is: 'string', max: 2000 },
      visible_to_user_ids: { is: 'list', of: WORDS },
      confirm: CONFIRM,
      accessibility_label: { is: 'string', max: 75 },
    },
  },
  feedback_buttons: {
    is: 'object',
    required: ['positive_button', 'negative_button'],
    fields: { action_id: ID, positive_button: FEEDBACK_BUTTON, negative_button: FEEDBACK_BUTTON },
  },
  overflow: {
    is: 'object',
    required: ['options'],
    fields: { action_id: ID, options: { is: 'list', of: OVERFLOW_OPTION, min: 1, max: 5 }, confirm: CONFIRM },
  },
} as const satisfies Table;

const choices = {
  checkboxes: {
    is: 'object',
    required: ['options'],
    fields: {
      action_id: ID,
      options: BOXES,
      initial_options: { is: 'list', of: BOX_OPTION, min: 1, max: 10 },
      confirm: CONFIRM,
      focus_on_load: TRUTH,
    },
  },
  radio_buttons: {
    is: 'object',
    required: ['options'],
    fields: { action_id: ID, options: BOXES, initial_option: BOX_OPTION, confirm: CONFIRM, focus_on_load: TRUTH },
  },
} as const satisfies Table;

const labels = {
  image: IMAGE,
  plain_text: { is: 'text', types: ['plain_text'], max: 3000 },
  mrkdwn: { is: 'text', types: ['mrkdwn'], max: 3000 },
} as const satisfies Table;

/** What stands inside blocks: buttons, menus, inputs, and the images and texts of a context block. */
export const elements = { ...buttons, ...choices, ...menus, ...inputs, ...labels } as const satisfies Table;
