import type { ListNode, Node, ObjectNode } from '../node.ts';
import { TRUTH, WORDS } from './objects.ts';

const ANYTHING = { is: 'any' } as const satisfies Node;
const NUMBER = { is: 'integer' } as const satisfies Node;
const EVENTS = { is: 'list', of: { is: 'string', max: 50 }, max: 100, unique: true } as const satisfies ListNode;
const SCOPES = { is: 'list', of: { is: 'string', max: 50 }, max: 255 } as const satisfies ListNode;
const REQUEST_URL = { is: 'string', pattern: '^https?:\\/\\/', max: 3500 } as const satisfies Node;

const slashCommand = {
  is: 'object',
  required: ['command', 'description'],
  fields: {
    command: { is: 'string', pattern: '^\\/', min: 2, max: 32 },
    url: { is: 'string', pattern: '^https?:\\/\\/', max: 3000 },
    description: { is: 'string', min: 1, max: 2000 },
    usage_hint: { is: 'string', min: 1, max: 1000 },
    should_escape: TRUTH,
  },
} as const satisfies ObjectNode;

const shortcut = {
  is: 'object',
  required: ['name', 'type', 'callback_id', 'description'],
  fields: {
    name: { is: 'string', min: 1, max: 24 },
    type: { is: 'string', oneOf: ['message', 'global'] },
    callback_id: { is: 'string', min: 1, max: 255 },
    description: { is: 'string', min: 1, max: 150 },
  },
} as const satisfies ObjectNode;

const prompt = { is: 'object', required: ['title', 'message'], fields: { title: WORDS, message: WORDS } } as const satisfies ObjectNode;

const features = {
  is: 'object',
  fields: {
    app_home: {
      is: 'object',
      fields: { home_tab_enabled: TRUTH, messages_tab_enabled: TRUTH, messages_tab_read_only_enabled: TRUTH },
    },
    bot_user: {
      is: 'object',
      required: ['display_name'],
      fields: { display_name: { is: 'string', min: 1, max: 80 }, always_online: TRUTH },
    },
    functions: ANYTHING,
    shortcuts: { is: 'list', of: shortcut, min: 1, max: 10 },
    slash_commands: { is: 'list', of: slashCommand, min: 1, max: 50 },
    workflow_steps: ANYTHING,
    unfurl_domains: {
      is: 'list',
      of: { is: 'string', pattern: '^(?![\\.\\-])([-a-z0-9\\.])+([a-z0-9])$', max: 255 },
      min: 1,
      max: 5,
      unique: true,
    },
    assistant_view: ANYTHING,
    agent_view: {
      is: 'object',
      fields: {
        agent_description: { is: 'string', max: 300 },
        suggested_prompts: { is: 'list', of: prompt, max: 4 },
        actions: ANYTHING,
      },
    },
    code_channels: ANYTHING,
  },
} as const satisfies ObjectNode;

const oauthConfig = {
  is: 'object',
  fields: {
    redirect_urls: { is: 'list', of: { is: 'string', max: 2500 }, max: 1000, unique: true },
    scopes: { is: 'object', fields: { user: SCOPES, bot: SCOPES, user_optional: SCOPES, bot_optional: SCOPES } },
    token_management_enabled: TRUTH,
    pkce_enabled: TRUTH,
  },
} as const satisfies ObjectNode;

const eventSubscriptions = {
  is: 'object',
  fields: {
    request_url: REQUEST_URL,
    user_events: EVENTS,
    bot_events: EVENTS,
    metadata_subscriptions: {
      is: 'list',
      of: { is: 'object', required: ['app_id', 'event_type'], fields: { app_id: WORDS, event_type: { is: 'string', max: 50 } } },
      min: 1,
      max: 20,
    },
  },
} as const satisfies ObjectNode;

const settings = {
  is: 'object',
  fields: {
    allowed_ip_address_ranges: { is: 'list', of: WORDS, min: 1, max: 50, unique: true },
    event_subscriptions: eventSubscriptions,
    incoming_webhooks: { is: 'object', fields: { incoming_webhooks_enabled: TRUTH } },
    interactivity: {
      is: 'object',
      required: ['is_enabled'],
      fields: { is_enabled: TRUTH, request_url: REQUEST_URL, message_menu_options_url: REQUEST_URL },
    },
    org_deploy_enabled: TRUTH,
    socket_mode_enabled: TRUTH,
    is_hosted: TRUTH,
    token_rotation_enabled: TRUTH,
    siws_links: { is: 'object', fields: { initiate_uri: { is: 'string', pattern: '^https:\\/\\/', max: 3500 } } },
    hermes_app_type: WORDS,
    function_runtime: WORDS,
    is_mcp_enabled: TRUTH,
  },
} as const satisfies ObjectNode;

/** An app manifest. What only workflow apps and the public directory use isn't looked into. */
export const MANIFEST = {
  is: 'object',
  required: ['display_information'],
  fields: {
    $schema: WORDS,
    _metadata: { is: 'object', fields: { schema_version: NUMBER, min_version: NUMBER, major_version: NUMBER, minor_version: NUMBER } },
    app_directory: ANYTHING,
    display_information: {
      is: 'object',
      required: ['name'],
      fields: {
        name: { is: 'string', min: 1, max: 35 },
        description: { is: 'string', min: 1, max: 140 },
        background_color: { is: 'string', pattern: '^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$', min: 4, max: 7 },
        long_description: { is: 'string', min: 175, max: 4000 },
      },
    },
    features,
    oauth_config: oauthConfig,
    settings,
    functions: ANYTHING,
    workflows: ANYTHING,
    datastores: ANYTHING,
    outgoing_domains: ANYTHING,
    types: ANYTHING,
    external_auth_providers: ANYTHING,
    mcp_servers: ANYTHING,
  },
} as const satisfies ObjectNode;

/** The bot scopes of which an event needs at least one before an app may subscribe to it. */
export const EVENT_SCOPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['app_mention', ['app_mentions:read']],
  ['message.channels', ['channels:history']],
  ['message.groups', ['groups:history']],
  ['message.im', ['im:history']],
  ['message.mpim', ['mpim:history']],
  ['reaction_added', ['reactions:read']],
  ['reaction_removed', ['reactions:read']],
  ['member_joined_channel', ['channels:read', 'groups:read']],
  ['member_left_channel', ['channels:read', 'groups:read']],
  ['channel_archive', ['channels:read']],
  ['channel_created', ['channels:read']],
  ['channel_rename', ['channels:read']],
  ['file_shared', ['files:read']],
  ['pin_added', ['pins:read']],
  ['user_change', ['users:read']],
]);
