import { describe as suite, expect, test } from 'vitest';

import { validateManifest } from '../../../../src/demo/slack/schema/index.ts';

const command = { command: '/rollback', description: 'Start or inspect a rollback', usage_hint: '<procedure>', should_escape: true };
const shortcut = { name: 'Start a rollback', type: 'global', callback_id: 'start', description: 'Pick a procedure' };
const display_information = { name: 'Rollbot', description: 'Runs rollbacks', background_color: '#1c1c1c' };
const scopes = { bot: ['commands', 'chat:write', 'app_mentions:read'] };
const events = { bot_events: ['app_home_opened', 'app_mention'] };

const good = {
  _metadata: { major_version: 2 },
  display_information,
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: 'rollbot', always_online: true },
    slash_commands: [command],
    shortcuts: [shortcut],
  },
  oauth_config: { scopes },
  settings: {
    event_subscriptions: events,
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
};

const list = (length: number, item: unknown) => Array.from({ length }, () => item);
const withFeatures = (features: object) => ({ ...good, features: { ...good.features, ...features } });
const withSettings = (settings: object) => ({ ...good, settings: { ...good.settings, ...settings } });
const withDisplay = (parts: object) => ({ ...good, display_information: { ...display_information, ...parts } });

suite('good manifests', () => {
  test('one for Socket Mode', () => {
    expect(validateManifest(good)).toEqual([]);
  });

  test('one with nothing but a name', () => {
    expect(validateManifest({ display_information: { name: 'Rollbot' } })).toEqual([]);
  });

  test('one for HTTP, with a URL wherever Slack calls', () => {
    const url = 'https://rollbot.example/slack';
    const manifest = {
      ...withFeatures({ slash_commands: [{ ...command, url }] }),
      settings: { event_subscriptions: { ...events, request_url: url }, interactivity: { is_enabled: true, request_url: url } },
    };
    expect(validateManifest(manifest)).toEqual([]);
  });

  test.each([
    ['a name of 35', withDisplay({ name: '🔥'.repeat(35) })],
    ['a description of 140', withDisplay({ description: 'x'.repeat(140) })],
    ['a long description of 4000', withDisplay({ long_description: 'x'.repeat(4000) })],
    ['a long description of 175', withDisplay({ long_description: 'x'.repeat(175) })],
    ['a short colour', withDisplay({ background_color: '#fff' })],
    ['a bot of 80', withFeatures({ bot_user: { display_name: 'x'.repeat(80) } })],
    ['50 commands', withFeatures({ slash_commands: list(50, command) })],
    ['10 shortcuts', withFeatures({ shortcuts: list(10, shortcut) })],
    ['a command of 32', withFeatures({ slash_commands: [{ ...command, command: `/${'x'.repeat(31)}` }] })],
    [
      'a command described in 2000',
      withFeatures({ slash_commands: [{ ...command, description: 'x'.repeat(2000), usage_hint: 'x'.repeat(1000) }] }),
    ],
    ['an agent described in 300', withFeatures({ agent_view: { agent_description: 'x'.repeat(300) } })],
    ['a URL of 3500', withSettings({ interactivity: { is_enabled: true, request_url: `https://${'x'.repeat(3492)}` } })],
    ['a shortcut of 24', withFeatures({ shortcuts: [{ ...shortcut, name: 'x'.repeat(24) }] })],
  ])('%s is just right', (_, manifest) => {
    expect(validateManifest(manifest)).toEqual([]);
  });
});

suite('bad manifests', () => {
  test('switching Socket Mode off asks for every URL', () => {
    expect(validateManifest(withSettings({ socket_mode_enabled: false }))).toEqual([
      { message: 'Event Subscription requires either Request URL or Socket Mode Enabled', pointer: '/settings/event_subscriptions' },
      { message: 'Interactivty requires a Request URL', pointer: '/settings/interactivity' },
      { message: 'missing required field: url', pointer: '/features/slash_commands/0' },
    ]);
  });

  const firstCommand = '/features/slash_commands/0';

  test.each([
    ['nothing', undefined, 'must provide an object', ''],
    ['no name', {}, 'missing required field: display_information', ''],
    ['an unknown part', { ...good, extras: {} }, 'invalid additional property: extras', ''],
    ['an unknown setting', withSettings({ socket_mode: true }), 'invalid additional property: socket_mode', '/settings'],
    ['a name of 36', withDisplay({ name: 'x'.repeat(36) }), 'must be less than 36 characters', '/display_information/name'],
    [
      'a description of 141',
      withDisplay({ description: 'x'.repeat(141) }),
      'must be less than 141 characters',
      '/display_information/description',
    ],
    [
      'a long description of 174',
      withDisplay({ long_description: 'x'.repeat(174) }),
      'must be more than 174 characters',
      '/display_information/long_description',
    ],
    [
      'a colour by name',
      withDisplay({ background_color: 'red' }),
      'input must match regex pattern: ^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$',
      '/display_information/background_color',
    ],
    [
      'a bot of 81',
      withFeatures({ bot_user: { display_name: 'x'.repeat(81) } }),
      'must be less than 81 characters',
      '/features/bot_user/display_name',
    ],
    ['no commands at all', withFeatures({ slash_commands: [] }), 'must provide at least 1 items', '/features/slash_commands'],
    ['51 commands', withFeatures({ slash_commands: list(51, command) }), 'no more than 50 items allowed', '/features/slash_commands'],
    ['11 shortcuts', withFeatures({ shortcuts: list(11, shortcut) }), 'no more than 10 items allowed', '/features/shortcuts'],
    [
      'a command without a slash',
      withFeatures({ slash_commands: [{ ...command, command: 'rollback' }] }),
      'input must match regex pattern: ^\\/',
      `${firstCommand}/command`,
    ],
    [
      'a command of 33',
      withFeatures({ slash_commands: [{ ...command, command: `/${'x'.repeat(32)}` }] }),
      'must be less than 33 characters',
      `${firstCommand}/command`,
    ],
    [
      'a command without description',
      withFeatures({ slash_commands: [{ command: '/x' }] }),
      'missing required field: description',
      firstCommand,
    ],
    [
      'a command described in 2001',
      withFeatures({ slash_commands: [{ ...command, description: 'x'.repeat(2001) }] }),
      'must be less than 2001 characters',
      `${firstCommand}/description`,
    ],
    [
      'an empty description',
      withFeatures({ slash_commands: [{ ...command, description: '' }] }),
      'must be more than 0 characters',
      `${firstCommand}/description`,
    ],
    [
      'an agent described in 301',
      withFeatures({ agent_view: { agent_description: 'x'.repeat(301) } }),
      'must be less than 301 characters',
      '/features/agent_view/agent_description',
    ],
    [
      'an unfurl domain twice',
      withFeatures({ unfurl_domains: ['a.b', 'a.b'] }),
      'Input contains duplicate items',
      '/features/unfurl_domains',
    ],
    [
      'a URL of 3501',
      withSettings({ interactivity: { is_enabled: true, request_url: `https://${'x'.repeat(3493)}` } }),
      'must be less than 3501 characters',
      '/settings/interactivity/request_url',
    ],
    [
      'a URL that is none',
      withFeatures({ slash_commands: [{ ...command, url: 'rollbot' }] }),
      'input must match regex pattern: ^https?:\\/\\/',
      `${firstCommand}/url`,
    ],
    [
      'a shortcut of 25',
      withFeatures({ shortcuts: [{ ...shortcut, name: 'x'.repeat(25) }] }),
      'must be less than 25 characters',
      '/features/shortcuts/0/name',
    ],
    [
      'a shortcut of another type',
      withFeatures({ shortcuts: [{ ...shortcut, type: 'user' }] }),
      'must be a valid enum value',
      '/features/shortcuts/0/type',
    ],
    [
      '101 events',
      withSettings({ event_subscriptions: { bot_events: list(101, 'e') } }),
      'no more than 100 items allowed',
      '/settings/event_subscriptions/bot_events',
    ],
    [
      'an event twice',
      withSettings({ event_subscriptions: { bot_events: ['e', 'e'] } }),
      'Input contains duplicate items',
      '/settings/event_subscriptions/bot_events',
    ],
    [
      '256 scopes',
      { ...good, oauth_config: { scopes: { bot: list(256, 's') } } },
      'no more than 255 items allowed',
      '/oauth_config/scopes/bot',
    ],
    ['6 unfurl domains', withFeatures({ unfurl_domains: list(6, 'a.b') }), 'no more than 5 items allowed', '/features/unfurl_domains'],
    [
      'commands without their scope',
      { ...good, oauth_config: { scopes: { bot: ['app_mentions:read'] } } },
      'Slash commands and shortcuts require the bot scope `commands`',
      '/oauth_config/scopes/bot',
    ],
    [
      'an event without its scope',
      { ...good, oauth_config: { scopes: { bot: ['commands'] } } },
      '`app_mention` requires the bot scope `app_mentions:read`',
      '/settings/event_subscriptions/bot_events/1',
    ],
  ])('%s', (_, manifest, message, pointer) => {
    expect(validateManifest(manifest)).toEqual([{ message, pointer }]);
  });

  test('an event named like something of JavaScript needs no scope', () => {
    expect(validateManifest(withSettings({ event_subscriptions: { bot_events: ['constructor'] } }))).toEqual([]);
  });
});
