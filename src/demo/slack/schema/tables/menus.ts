import type { Node, Table } from '../node.ts';
import { CONFIRM, CONVERSATION_FILTER, ID, OPTION, OPTIONS, OPTION_GROUPS, PLAIN, TRUTH, WORDS } from './objects.ts';

const SELECTED = { is: 'integer', min: 1 } as const satisfies Node;

const IDS = { is: 'list', of: WORDS } as const satisfies Node;

const menu = {
  action_id: ID,
  placeholder: { is: 'text', types: PLAIN, max: 150 },
  confirm: CONFIRM,
  focus_on_load: TRUTH,
} as const;

/** `response_url_enabled` makes sense only where a view is submitted. */
const RESPONSE_URL = { is: 'boolean', surfaces: ['modal'] } as const satisfies Node;

const single = {
  static_select: {
    is: 'object',
    required: [['options', 'option_groups']],
    fields: { ...menu, options: OPTIONS, option_groups: OPTION_GROUPS, initial_option: OPTION },
  },
  external_select: { is: 'object', fields: { ...menu, min_query_length: { is: 'integer', min: 0 }, initial_option: OPTION } },
  users_select: { is: 'object', fields: { ...menu, initial_user: WORDS } },
  conversations_select: {
    is: 'object',
    fields: {
      ...menu,
      initial_conversation: WORDS,
      default_to_current_conversation: TRUTH,
      response_url_enabled: RESPONSE_URL,
      filter: CONVERSATION_FILTER,
    },
  },
  channels_select: { is: 'object', fields: { ...menu, initial_channel: WORDS, response_url_enabled: RESPONSE_URL } },
} as const satisfies Table;

const several = {
  multi_static_select: {
    is: 'object',
    required: [['options', 'option_groups']],
    fields: {
      ...menu,
      options: OPTIONS,
      option_groups: OPTION_GROUPS,
      initial_options: { is: 'list', of: OPTION, min: 1, max: 100 },
      max_selected_items: SELECTED,
    },
  },
  multi_external_select: {
    is: 'object',
    fields: {
      ...menu,
      min_query_length: { is: 'integer', min: 0 },
      initial_options: { is: 'list', of: OPTION, min: 1, max: 100 },
      max_selected_items: SELECTED,
    },
  },
  multi_users_select: { is: 'object', fields: { ...menu, initial_users: IDS, max_selected_items: SELECTED } },
  multi_conversations_select: {
    is: 'object',
    fields: {
      ...menu,
      initial_conversations: IDS,
      default_to_current_conversation: TRUTH,
      filter: CONVERSATION_FILTER,
      max_selected_items: SELECTED,
    },
  },
  multi_channels_select: { is: 'object', fields: { ...menu, initial_channels: IDS, max_selected_items: SELECTED } },
} as const satisfies Table;

/** The select menus, for one choice and for several. */
export const menus = { ...single, ...several } as const satisfies Table;

/** Every select menu's type. */
export const MENU_TYPES = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
] as const satisfies readonly (keyof typeof menus)[];
