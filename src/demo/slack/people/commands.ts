import { commandReply } from '../delivery/acks.ts';
import { commandPayload } from '../delivery/payloads.ts';
import type { Acknowledgement } from '../delivery/transport.ts';
import { post, showEphemeral } from '../state/messages.ts';
import type { Channel, Message, User } from '../state/model.ts';
import { isStranger } from '../state/people.ts';
import { appOf, conversationOf, mustBeActive, type PeopleDesk } from './desk.ts';
import { messageSight } from './sights.ts';
import { escapedCommandText } from './writing.ts';

/** Sends a slash command. People of other teams can't use the commands of an app that their own team has not installed. */
export async function types(desk: PeopleDesk, user: User, commandLine: string, where: { in: string }): Promise<string> {
  const { workspace } = desk;
  mustBeActive(user);
  const app = appOf(workspace);
  const channel = conversationOf(workspace, user, where.in);
  desk.atHome.delete(user.id);
  workspace.tell({ kind: 'person-acted', user: user.id, channel, what: commandLine });
  const [name = '', ...rest] = commandLine.trim().split(/\s+/);
  const command = app.commands.find((candidate) => candidate.command === name);
  if (!command || isStranger(user)) return told(desk, user, channel, `${name} is not a valid command.`);
  const typed = commandLine.trim().slice(name.length).trim();
  const text = command.escapes ? escapedCommandText(workspace, typed) : typed;
  const payload = {
    ...commandPayload({ workspace, app, user }, channel, name, rest.length > 0 ? text : ''),
    response_url: desk.responseUrls.issue('commands', { channel, user: user.id, message: null }),
    trigger_id: desk.triggers.issue(user.id, null),
  };
  return answered(desk, user, channel, name, await desk.postOffice.interact({ type: 'slash_commands', payload }));
}

function answered(desk: PeopleDesk, user: User, channel: Channel, name: string, acknowledgement: Acknowledgement): string {
  if (acknowledgement.kind !== 'acked') {
    desk.fail(acknowledgement.kind, name, acknowledgement.detail);
    const error = acknowledgement.kind === 'missed-ack' ? 'operation_timeout' : 'dispatch_failed';
    return told(desk, user, channel, `${name} failed with the error "${error}"`);
  }
  const reply = commandReply(acknowledgement.body);
  if (reply.status === 'silent') return '';
  if (reply.status === 'bad') {
    desk.fail(reply.kind, name, reply.detail);
    return told(desk, user, channel, `${name} failed with the error "dispatch_failed"`);
  }
  const { content, inChannel } = reply;
  const draft = { user: appOf(desk.workspace).botUserId, byApp: true, text: content.text ?? '', blocks: content.blocks };
  const message: Message = inChannel ? post(desk.workspace, channel, draft) : showEphemeral(desk.workspace, channel, user.id, draft);
  desk.expected.add(message);
  return messageSight(desk.workspace, channel, message, user.id).text;
}

/** Slack itself says something to the person. */
function told(desk: PeopleDesk, user: User, channel: Channel, text: string): string {
  desk.workspace.tell({ kind: 'person-told', user: user.id, channel, text });
  return text;
}
