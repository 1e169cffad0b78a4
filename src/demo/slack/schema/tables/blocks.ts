import type { Table } from '../node.ts';
import { data } from './data-blocks.ts';
import { MENU_TYPES } from './menus.ts';
import { EITHER, ID, IMAGE, PLAIN, TRUTH, WORDS } from './objects.ts';
import { progress } from './progress-blocks.ts';

const PICKERS = ['datepicker', 'timepicker', 'datetimepicker'] as const;
const CHOICES = ['checkboxes', 'radio_buttons', ...MENU_TYPES] as const;
const TYPED = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input', 'rich_text_input'] as const;

const written = {
  divider: { is: 'object', fields: { block_id: ID } },
  header: {
    is: 'object',
    required: ['text'],
    fields: { block_id: ID, text: { is: 'text', types: PLAIN, max: 150 }, level: { is: 'integer', min: 1, max: 4 } },
  },
  section: {
    is: 'object',
    either: ['text', 'fields'],
    fields: {
      block_id: ID,
      text: { is: 'text', types: EITHER, max: 3000 },
      fields: { is: 'list', of: { is: 'text', types: EITHER, max: 2000 }, min: 1, max: 10 },
      accessory: {
        is: 'choice',
        from: 'elements',
        of: ['button', 'workflow_button', 'overflow', 'image', 'datepicker', 'timepicker', ...CHOICES],
      },
      expand: TRUTH,
    },
  },
  markdown: {
    is: 'object',
    surfaces: ['message'],
    required: ['text'],
    fields: { block_id: ID, text: { is: 'string', min: 1, max: 12_000 } },
  },
  rich_text: {
    is: 'object',
    required: ['elements'],
    fields: {
      block_id: ID,
      elements: {
        is: 'list',
        of: { is: 'choice', from: 'rich', of: ['rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'] },
      },
    },
  },
  context: {
    is: 'object',
    required: ['elements'],
    fields: {
      block_id: ID,
      elements: { is: 'list', of: { is: 'choice', from: 'elements', of: ['image', ...EITHER] }, min: 1, max: 10 },
    },
  },
  alert: {
    is: 'object',
    surfaces: ['modal'],
    required: ['text'],
    fields: {
      block_id: ID,
      text: { is: 'text', types: EITHER, max: 200 },
      level: { is: 'string', oneOf: ['default', 'info', 'warning', 'error', 'success'] },
    },
  },
} as const satisfies Table;

const interactive = {
  actions: {
    is: 'object',
    required: ['elements'],
    fields: {
      block_id: ID,
      elements: {
        is: 'list',
        of: {
          is: 'choice',
          from: 'elements',
          of: ['button', 'workflow_button', 'overflow', 'rich_text_input', ...PICKERS, ...CHOICES],
        },
        min: 1,
        max: 25,
      },
    },
  },
  context_actions: {
    is: 'object',
    surfaces: ['message'],
    required: ['elements'],
    fields: {
      block_id: ID,
      elements: { is: 'list', of: { is: 'choice', from: 'elements', of: ['feedback_buttons', 'icon_button'] }, min: 1, max: 5 },
    },
  },
  input: {
    is: 'object',
    required: ['label', 'element'],
    fields: {
      block_id: ID,
      label: { is: 'text', types: PLAIN, max: 2000 },
      element: { is: 'choice', from: 'elements', of: [...TYPED, ...PICKERS, ...CHOICES, 'file_input'] },
      hint: { is: 'text', types: PLAIN, max: 2000 },
      optional: TRUTH,
      dispatch_action: TRUTH,
    },
  },
} as const satisfies Table;

const media = {
  image: {
    is: 'object',
    required: IMAGE.required,
    fields: { block_id: ID, ...IMAGE.fields, title: { is: 'text', types: PLAIN, max: 2000 } },
  },
  video: {
    is: 'object',
    required: ['alt_text', 'title', 'thumbnail_url', 'video_url'],
    fields: {
      block_id: ID,
      alt_text: WORDS,
      title: { is: 'text', types: PLAIN, max: 199 },
      thumbnail_url: WORDS,
      video_url: WORDS,
      title_url: WORDS,
      author_name: { is: 'string', max: 49 },
      provider_name: WORDS,
      provider_icon_url: WORDS,
      description: { is: 'text', types: PLAIN, max: 199 },
    },
  },
  /** Slack shows it in messages with remote files; no app can post it. */
  file: { is: 'object', surfaces: [], required: ['external_id', 'source'], fields: { block_id: ID, external_id: WORDS, source: WORDS } },
} as const satisfies Table;

/** Every block by its type. */
export const blocks = { ...written, ...interactive, ...media, ...progress, ...data } as const satisfies Table;
