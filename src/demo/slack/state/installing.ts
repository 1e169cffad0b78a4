import { validateManifest } from '../schema/index.ts';
import { isJson, text } from './blocks.ts';
import type { App, Json, Shortcut, SlashCommand } from './model.ts';
import { addUser } from './people.ts';
import type { Workspace } from './workspace.ts';

/** Installs an app, or installs it again: ids and tokens stay, scopes and everything else are frozen anew. */
export function installApp(workspace: Workspace, manifest: unknown): App {
  const errors = validateManifest(manifest);
  if (errors.length > 0 || !isJson(manifest)) {
    throw new Error(`Slack refuses this manifest: ${errors.map((error) => `${error.pointer || '/'} ${error.message}`).join('; ')}.`);
  }
  const app: App = { ...(workspace.app ?? newIdentity(workspace, manifest)), ...frozen(manifest), revoked: false };
  workspace.app = app;
  for (const id of workspace.appChannels) workspace.channels.get(id)?.members.add(app.botUserId);
  workspace.tell({ kind: 'installed', app });
  return app;
}

type Identity = Pick<App, 'id' | 'botUserId' | 'botId' | 'botToken' | 'appToken' | 'signingSecret' | 'verificationToken'>;

function newIdentity(workspace: Workspace, manifest: Json): Identity {
  const { ids } = workspace;
  const bot = text(part(part(manifest, 'features'), 'bot_user').display_name) || text(part(manifest, 'display_information').name);
  const name = bot.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const user = addUser(workspace, { name, realName: bot, kind: 'bot', tz: 'Etc/UTC' });
  return {
    id: ids.named('A', name),
    botUserId: user.id,
    botId: ids.named('B', name),
    botToken: `xoxb-${ids.below(1e9)}-${ids.hex(24)}`,
    appToken: `xapp-1-${ids.hex(10)}-${ids.hex(40)}`,
    signingSecret: ids.hex(32),
    verificationToken: ids.hex(24),
  };
}

function frozen(manifest: Json): Omit<App, keyof Identity | 'revoked'> {
  const features = part(manifest, 'features');
  const settings = part(manifest, 'settings');
  const home = part(features, 'app_home');
  return {
    name: text(part(manifest, 'display_information').name),
    scopes: strings(part(part(manifest, 'oauth_config'), 'scopes').bot),
    events: strings(part(settings, 'event_subscriptions').bot_events),
    commands: objects(features.slash_commands).map((command): SlashCommand => ({
      command: text(command.command),
      escapes: command.should_escape === true,
    })),
    shortcuts: objects(features.shortcuts).map((shortcut): Shortcut => ({
      name: text(shortcut.name),
      callbackId: text(shortcut.callback_id),
      kind: shortcut.type === 'message' ? 'message' : 'global',
    })),
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled === true,
    interactive: part(settings, 'interactivity').is_enabled === true,
  };
}

function part(value: Json, key: string): Json {
  const inner = value[key];
  return isJson(inner) ? inner : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
