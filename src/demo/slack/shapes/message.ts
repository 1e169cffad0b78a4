import { repliesTo } from '../state/messages.ts';
import type { App, Channel, Json, Message } from '../state/model.ts';
import { seconds, type Workspace } from '../state/workspace.ts';
import { fileShape } from './file.ts';

/** Slack's message object. Metadata is only in it for those who ask. */
export function messageShape(workspace: Workspace, channel: Channel, message: Message, options: { metadata?: boolean } = {}): Json {
  const files = message.files.flatMap((id) => workspace.files.get(id) ?? []);
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: workspace.users.get(message.user)?.teamId ?? workspace.team.id,
    ...(message.byApp && workspace.app ? botFields(workspace, workspace.app) : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...(files.length > 0 ? { files: files.map((file) => fileShape(workspace, file)) } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...threadFields(channel, message),
    ...reactionFields(message),
    ...(channel.pins.some((pin) => pin.ts === message.ts) ? { pinned_to: [channel.id] } : {}),
  };
}

/** A link to a message, which opens its thread when it is a reply. */
export function permalink(workspace: Workspace, message: Message): string {
  const link = `https://${workspace.team.domain}.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  return message.threadTs && message.threadTs !== message.ts ? `${link}?thread_ts=${message.threadTs}&cid=${message.channel}` : link;
}

function botFields(workspace: Workspace, app: App): Json {
  return {
    bot_id: app.botId,
    app_id: app.id,
    bot_profile: {
      id: app.botId,
      app_id: app.id,
      user_id: app.botUserId,
      name: app.name,
      icons: {},
      deleted: false,
      updated: seconds(workspace),
      team_id: workspace.team.id,
    },
  };
}

function threadFields(channel: Channel, message: Message): Json {
  if (message.to !== null) return message.threadTs ? { thread_ts: message.threadTs } : {};
  if (message.threadTs) {
    const parent = channel.messages.find((other) => other.ts === message.threadTs);
    return { thread_ts: message.threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const replies = repliesTo(channel, message.ts);
  if (replies.length === 0) return {};
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    latest_reply: replies.at(-1)?.ts,
  };
}

function reactionFields(message: Message): Json {
  if (message.reactions.size === 0) return {};
  return { reactions: [...message.reactions].map(([name, users]) => ({ name, users, count: users.length })) };
}
