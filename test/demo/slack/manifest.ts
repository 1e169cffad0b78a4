/** Every bot scope that some method here asks for. */
export const allScopes = [
  'app_mentions:read',
  'bookmarks:read',
  'bookmarks:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'mpim:read',
  'mpim:write',
  'pins:read',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

const allEvents = [
  'app_home_opened',
  'app_mention',
  'channel_archive',
  'channel_created',
  'channel_rename',
  'file_shared',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'pin_added',
  'reaction_added',
  'reaction_removed',
];

/** A manifest with everything switched on, or with fewer scopes, events or tabs. */
export function manifest(
  change: { scopes?: readonly string[]; events?: readonly string[]; homeTab?: boolean; messagesTab?: boolean } = {},
) {
  return {
    display_information: { name: 'Rollbot' },
    features: {
      app_home: { home_tab_enabled: change.homeTab ?? true, messages_tab_enabled: change.messagesTab ?? true },
      bot_user: { display_name: 'rollbot' },
      slash_commands: [
        { command: '/rollback', description: 'Start a rollback', should_escape: true },
        { command: '/raw', description: 'Takes its text as it is typed' },
      ],
      shortcuts: [
        { name: 'Start a rollback', type: 'global', callback_id: 'start', description: 'Pick one' },
        { name: 'Note this', type: 'message', callback_id: 'note', description: 'Keep it' },
      ],
    },
    oauth_config: { scopes: { bot: [...(change.scopes ?? allScopes)] } },
    settings: {
      event_subscriptions: { bot_events: [...(change.events ?? allEvents)] },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  };
}
