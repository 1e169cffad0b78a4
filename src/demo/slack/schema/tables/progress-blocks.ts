import type { Node, Table } from '../node.ts';
import { EITHER, ID, PLAIN, TRUTH, WORDS } from './objects.ts';

const RICH_TEXT = { is: 'choice', from: 'blocks', of: ['rich_text'] } as const satisfies Node;
const PICTURE = { is: 'choice', from: 'elements', of: ['image'] } as const satisfies Node;

const TASK = {
  block_id: ID,
  task_id: WORDS,
  title: WORDS,
  details: RICH_TEXT,
  output: RICH_TEXT,
  sources: {
    is: 'list',
    of: { is: 'object', required: ['type', 'url', 'text'], fields: { type: { is: 'string', oneOf: ['url'] }, url: WORDS, text: WORDS } },
  },
} as const;

/** Blocks that show how something goes on, or gather others. */
export const progress = {
  /** `pending` is only accepted inside a plan. */
  task_card: {
    is: 'object',
    surfaces: ['message'],
    required: ['task_id', 'title', 'status'],
    fields: { ...TASK, status: { is: 'string', oneOf: ['in_progress', 'complete', 'error'] } },
  },
  plan: {
    is: 'object',
    surfaces: ['message'],
    required: ['title'],
    fields: {
      block_id: ID,
      title: WORDS,
      tasks: {
        is: 'list',
        of: {
          is: 'object',
          required: ['task_id', 'title', 'status'],
          fields: {
            type: { is: 'string', oneOf: ['task_card'] },
            ...TASK,
            status: { is: 'string', oneOf: ['pending', 'in_progress', 'complete', 'error'] },
          },
        },
      },
    },
  },
  /** The documentation also lists modals, where it is refused in practice. */
  card: {
    is: 'object',
    surfaces: ['message', 'home'],
    either: ['hero_image', 'title', 'actions', 'body'],
    fields: {
      block_id: ID,
      hero_image: PICTURE,
      icon: PICTURE,
      slack_icon: { is: 'object', required: ['name'], fields: { type: { is: 'string', oneOf: ['icon'] }, name: WORDS } },
      title: { is: 'text', types: EITHER, max: 150 },
      subtitle: { is: 'text', types: EITHER, max: 150 },
      body: { is: 'text', types: EITHER, max: 200 },
      subtext: { is: 'text', types: EITHER, max: 200 },
      actions: { is: 'list', of: { is: 'choice', from: 'elements', of: ['button'] }, max: 3 },
    },
  },
  carousel: {
    is: 'object',
    surfaces: ['message', 'home'],
    required: ['elements'],
    fields: { block_id: ID, elements: { is: 'list', of: { is: 'choice', from: 'blocks', of: ['card'] }, min: 1, max: 10 } },
  },
  container: {
    is: 'object',
    surfaces: ['message'],
    either: ['title', 'rich_text_title'],
    required: ['child_blocks'],
    fields: {
      block_id: ID,
      title: { is: 'text', types: PLAIN, max: 150 },
      rich_text_title: RICH_TEXT,
      subtitle: { is: 'text', types: EITHER, max: 150 },
      child_blocks: {
        is: 'list',
        of: {
          is: 'choice',
          from: 'blocks',
          of: ['actions', 'context', 'divider', 'file', 'header', 'image', 'input', 'rich_text', 'section', 'table', 'video'],
        },
        min: 1,
        max: 10,
      },
      width: { is: 'string', oneOf: ['narrow', 'standard', 'wide', 'full'] },
      icon: PICTURE,
      is_collapsible: TRUTH,
      default_collapsed: TRUTH,
      has_header_divider: TRUTH,
    },
  },
} as const satisfies Table;
