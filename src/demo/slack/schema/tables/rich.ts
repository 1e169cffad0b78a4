import type { Node, Table } from '../node.ts';
import { TRUTH, WORDS } from './objects.ts';

const INLINE = ['text', 'link', 'emoji', 'user', 'usergroup', 'channel', 'team', 'broadcast', 'date', 'color'] as const;

const STYLE = {
  is: 'object',
  fields: {
    bold: TRUTH,
    italic: TRUTH,
    strike: TRUTH,
    code: TRUTH,
    underline: TRUTH,
    highlight: TRUTH,
    client_highlight: TRUTH,
    unlink: TRUTH,
  },
} as const satisfies Node;

const BORDER = { is: 'integer', min: 0, max: 1 } as const satisfies Node;

const parts = {
  rich_text_section: {
    is: 'object',
    required: ['elements'],
    fields: { elements: { is: 'list', of: { is: 'choice', from: 'rich', of: INLINE } } },
  },
  rich_text_list: {
    is: 'object',
    required: ['style', 'elements'],
    fields: {
      style: { is: 'string', oneOf: ['bullet', 'ordered'] },
      elements: { is: 'list', of: { is: 'choice', from: 'rich', of: ['rich_text_section'] } },
      indent: { is: 'integer', min: 0, max: 8 },
      offset: { is: 'integer', min: 0 },
      border: BORDER,
    },
  },
  rich_text_preformatted: {
    is: 'object',
    required: ['elements'],
    fields: { elements: { is: 'list', of: { is: 'choice', from: 'rich', of: ['text', 'link'] } }, border: BORDER },
  },
  rich_text_quote: {
    is: 'object',
    required: ['elements'],
    fields: { elements: { is: 'list', of: { is: 'choice', from: 'rich', of: INLINE } }, border: BORDER },
  },
} as const satisfies Table;

/** What stands inside a rich_text block. */
export const rich = {
  ...parts,
  text: { is: 'object', required: ['text'], fields: { text: { is: 'string', min: 1 }, style: STYLE } },
  link: { is: 'object', required: ['url'], fields: { url: { is: 'string', min: 1 }, text: WORDS, unsafe: TRUTH, style: STYLE } },
  emoji: { is: 'object', required: ['name'], fields: { name: WORDS, unicode: WORDS, url: WORDS, style: STYLE } },
  user: { is: 'object', required: ['user_id'], fields: { user_id: WORDS, style: STYLE } },
  usergroup: { is: 'object', required: ['usergroup_id'], fields: { usergroup_id: WORDS, style: STYLE } },
  channel: { is: 'object', required: ['channel_id'], fields: { channel_id: WORDS, style: STYLE } },
  team: { is: 'object', required: ['team_id'], fields: { team_id: WORDS, style: STYLE } },
  broadcast: {
    is: 'object',
    required: ['range'],
    fields: { range: { is: 'string', oneOf: ['here', 'channel', 'everyone'] }, style: STYLE },
  },
  date: {
    is: 'object',
    required: ['timestamp', 'format'],
    fields: { timestamp: { is: 'integer' }, format: WORDS, url: WORDS, fallback: WORDS, style: STYLE },
  },
  color: { is: 'object', required: ['value'], fields: { value: WORDS, style: STYLE } },
} as const satisfies Table;
