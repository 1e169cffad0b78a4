import type { Node, Table } from '../node.ts';
import { CONFIRM, DISPATCH_CONFIG, ID, PLAIN, TRUTH, WORDS } from './objects.ts';

const PLACEHOLDER = { is: 'text', types: PLAIN, max: 150 } as const satisfies Node;
const LINES = { is: 'integer', min: 1, max: 100 } as const satisfies Node;

const typed = { action_id: ID, placeholder: PLACEHOLDER, dispatch_action_config: DISPATCH_CONFIG, focus_on_load: TRUTH } as const;
const picked = { action_id: ID, confirm: CONFIRM, focus_on_load: TRUTH } as const;

const pickers = {
  datepicker: { is: 'object', fields: { ...picked, placeholder: PLACEHOLDER, initial_date: { is: 'string', format: 'date' } } },
  timepicker: {
    is: 'object',
    fields: {
      ...picked,
      placeholder: PLACEHOLDER,
      initial_time: { is: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' },
      timezone: WORDS,
    },
  },
  datetimepicker: {
    is: 'object',
    fields: { ...picked, initial_date_time: { is: 'integer', min: 1_000_000_000, max: 9_999_999_999 } },
  },
} as const satisfies Table;

/** What people type, pick or upload. */
export const inputs = {
  ...pickers,
  plain_text_input: {
    is: 'object',
    fields: {
      ...typed,
      initial_value: WORDS,
      multiline: TRUTH,
      min_length: { is: 'integer', min: 0, max: 3000 },
      max_length: { is: 'integer', min: 1, max: 3000 },
    },
  },
  number_input: {
    is: 'object',
    required: ['is_decimal_allowed'],
    fields: { ...typed, is_decimal_allowed: TRUTH, initial_value: WORDS, min_value: WORDS, max_value: WORDS },
  },
  email_text_input: { is: 'object', fields: { ...typed, initial_value: WORDS } },
  url_text_input: { is: 'object', fields: { ...typed, initial_value: WORDS } },
  rich_text_input: {
    is: 'object',
    fields: { ...typed, initial_value: { is: 'choice', from: 'blocks', of: ['rich_text'] }, min_lines: LINES, max_lines: LINES },
  },
  file_input: {
    is: 'object',
    surfaces: ['modal'],
    fields: { action_id: ID, filetypes: { is: 'list', of: WORDS, min: 1 }, max_files: { is: 'integer', min: 1, max: 10 } },
  },
} as const satisfies Table;
