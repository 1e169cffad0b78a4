import type { PostOffice } from '../delivery/post-office.ts';
import type { ResponseUrls } from '../delivery/response-urls.ts';
import type { Triggers } from '../delivery/triggers.ts';
import type { Failure } from '../interface.ts';
import { channelNamed, directMessage, findDirectMessage, isDirect } from '../state/channels.ts';
import type { App, Channel, Message, User } from '../state/model.ts';
import { userNamed } from '../state/people.ts';
import type { Workspace } from '../state/workspace.ts';

/** What somebody needs to do things in Slack. */
export interface PeopleDesk {
  readonly workspace: Workspace;
  readonly postOffice: PostOffice;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  /** Notes a failure that the app is not told about. */
  fail(kind: Failure['kind'], about: string, detail: string): void;
  /** The app's messages that somebody was waiting for or has used. */
  readonly expected: Set<Message>;
  /** Who is looking at the app's home instead of at a channel. */
  readonly atHome: Set<string>;
}

/** The installed app; nobody can use one that is not there. */
export function appOf(workspace: Workspace): App {
  if (workspace.app) return workspace.app;
  throw new Error('No app is installed yet: call install(manifest) first.');
}

/** A conversation by `#name`, id, or `@name` for the direct one with that person; refuses one that the user is not in. */
export function conversationOf(workspace: Workspace, user: User, where: string): Channel {
  const channel = where.startsWith('@') ? directWith(workspace, user, where) : channelNamed(workspace, where);
  if (!channel) throw new Error(`There is no ${where} here; ${user.name} is in ${ownChannels(workspace, user)}.`);
  if (channel.members.has(user.id)) return channel;
  throw new Error(`${user.name} is not in ${where}; ${user.name} is in ${ownChannels(workspace, user)}.`);
}

/** The same without refusing or opening anything: undefined while there is no such conversation or the user is not in it. */
export function knownConversation(workspace: Workspace, user: User, where: string): Channel | undefined {
  const other = [...workspace.users.values()].find((candidate) => `@${candidate.name}` === where);
  const channel = other ? findDirectMessage(workspace, [user.id, other.id]) : channelNamed(workspace, where);
  return channel?.members.has(user.id) ? channel : undefined;
}

/** Stops whoever can no longer sign in. */
export function mustBeActive(user: User): void {
  if (user.kind === 'deactivated') throw new Error(`${user.name} is deactivated and can't do anything in Slack.`);
}

function directWith(workspace: Workspace, user: User, name: string): Channel {
  const other = userNamed(workspace, name);
  return directMessage(workspace, [user.id, other.id]);
}

function ownChannels(workspace: Workspace, user: User): string {
  const names = [...workspace.channels.values()].filter((channel) => !isDirect(channel) && channel.members.has(user.id));
  return names.map((channel) => `#${channel.name}`).join(', ') || 'no channel';
}
