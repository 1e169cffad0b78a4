import { messageShape } from '../shapes/message.ts';
import { viewShape } from '../shapes/view.ts';
import { stateValues } from '../state/blocks.ts';
import { isDirect } from '../state/channels.ts';
import type { App, Channel, Inputs, Json, Message, Team, User, View } from '../state/model.ts';
import { isStranger } from '../state/people.ts';
import type { Workspace } from '../state/workspace.ts';

/** What every payload is made from. */
export interface Sender {
  workspace: Workspace;
  app: App;
  user: User;
}

/** A slash command; its fields are flat strings, in a form as well as in an envelope. */
export function commandPayload(sender: Sender, channel: Channel, command: string, commandText: string): Json {
  const { workspace, app, user } = sender;
  return {
    token: app.verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: isDirect(channel) ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text: commandText,
    api_app_id: app.id,
    is_enterprise_install: 'false',
  };
}

/** A press or choice in a message. An ephemeral message is not sent along, only its ts. */
export function messageActionPayload(sender: Sender, channel: Channel, message: Message, inputs: Inputs, action: Json): Json {
  const ephemeral = message.to !== null;
  const thread = message.threadTs ? { thread_ts: message.threadTs } : {};
  return {
    type: 'block_actions',
    ...frame(sender),
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral, ...thread },
    channel: channelReference(channel),
    ...(ephemeral ? {} : { message: messageShape(sender.workspace, channel, message, { metadata: true }) }),
    state: { values: stateValues(message.blocks ?? [], inputs) },
    actions: [action],
  };
}

/** A press or choice in a modal or in the app's home; there is no response_url and no channel. */
export function viewActionPayload(sender: Sender, view: View, action: Json): Json {
  return {
    type: 'block_actions',
    ...frame(sender),
    container: { type: 'view', view_id: view.id },
    view: viewShape(sender.workspace, view),
    actions: [action],
  };
}

export function submissionPayload(sender: Sender, view: View): Json {
  return { type: 'view_submission', ...frame(sender), view: viewShape(sender.workspace, view), response_urls: [] };
}

export function closedPayload(sender: Sender, view: View, isCleared: boolean): Json {
  return { type: 'view_closed', ...frame(sender), view: viewShape(sender.workspace, view), is_cleared: isCleared };
}

export function shortcutPayload(sender: Sender, callbackId: string): Json {
  return { type: 'shortcut', ...frame(sender), callback_id: callbackId, action_ts: sender.workspace.ids.ts() };
}

export function messageShortcutPayload(sender: Sender, callbackId: string, channel: Channel, message: Message): Json {
  return {
    type: 'message_action',
    ...frame(sender),
    callback_id: callbackId,
    action_ts: sender.workspace.ids.ts(),
    channel: channelReference(channel),
    message_ts: message.ts,
    message: messageShape(sender.workspace, channel, message, { metadata: true }),
  };
}

/** Who did it and for which installation. For strangers Slack names their own team here. */
function frame({ workspace, app, user }: Sender): Json {
  const team: Team = isStranger(user) ? workspace.otherTeam : workspace.team;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    team: { id: team.id, domain: team.domain },
    api_app_id: app.id,
    token: app.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

function channelReference(channel: Channel): Json {
  return { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name };
}
