import type { ListNode, Node, ObjectNode, Surface } from '../node.ts';
import { blocks } from './blocks.ts';
import { ID, PLAIN, TRUTH, WORDS } from './objects.ts';

const ANY_BLOCK = { is: 'choice', from: 'blocks', of: Object.keys(blocks) } as const satisfies Node;
const METADATA = { is: 'string', max: 3000 } as const satisfies Node;
const SHORT = { is: 'text', types: PLAIN, max: 24 } as const satisfies Node;
const VIEW_BLOCKS = { is: 'list', of: ANY_BLOCK, max: 100 } as const satisfies ListNode;

/** The `blocks` of a message. */
export const MESSAGE_BLOCKS = { is: 'list', of: ANY_BLOCK, max: 50 } as const satisfies ListNode;

const modal = {
  is: 'object',
  required: ['title', 'blocks', 'type'],
  fields: {
    type: { is: 'string', oneOf: ['modal'] },
    title: SHORT,
    blocks: VIEW_BLOCKS,
    close: SHORT,
    submit: SHORT,
    private_metadata: METADATA,
    callback_id: ID,
    clear_on_close: TRUTH,
    notify_on_close: TRUTH,
    external_id: ID,
  },
} as const satisfies ObjectNode;

const home = {
  is: 'object',
  required: ['blocks', 'type'],
  fields: {
    type: { is: 'string', oneOf: ['home'] },
    blocks: VIEW_BLOCKS,
    private_metadata: METADATA,
    callback_id: ID,
    external_id: ID,
  },
} as const satisfies ObjectNode;

/** The two kinds of view; a home tab has no title and no buttons. */
export const views = { modal, home } as const satisfies Record<Exclude<Surface, 'message'>, ObjectNode>;

/** The `metadata` of a message. */
export const MESSAGE_METADATA = {
  is: 'object',
  required: ['event_type', 'event_payload'],
  fields: { event_type: { is: 'string', min: 1 }, event_payload: { is: 'object', open: true, fields: {} } },
} as const satisfies ObjectNode;

/** The `attachments` of a message; what the older fields contain is left alone. */
export const ATTACHMENTS = {
  is: 'list',
  max: 100,
  of: {
    is: 'object',
    fields: {
      blocks: MESSAGE_BLOCKS,
      fallback: WORDS,
      color: WORDS,
      pretext: WORDS,
      author_name: WORDS,
      author_link: WORDS,
      author_icon: WORDS,
      author_subname: WORDS,
      title: WORDS,
      title_link: WORDS,
      text: WORDS,
      fields: { is: 'list', of: { is: 'object', fields: { title: WORDS, value: WORDS, short: TRUTH } } },
      image_url: WORDS,
      thumb_url: WORDS,
      footer: { is: 'string', max: 300 },
      footer_icon: WORDS,
      ts: { is: 'any' },
      actions: { is: 'any' },
      callback_id: WORDS,
      mrkdwn_in: { is: 'list', of: WORDS },
      app_unfurl_url: WORDS,
      is_app_unfurl: TRUTH,
      preview: { is: 'any' },
    },
  },
} as const satisfies ListNode;
