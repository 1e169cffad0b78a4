import { channelNamed } from '../state/channels.ts';
import type { Workspace } from '../state/workspace.ts';

/** What Slack makes of a message that somebody types: names become mentions, addresses become links, the rest is escaped. */
export function writtenMessage(workspace: Workspace, typed: string): string {
  return withReferences(workspace, escapeText(typed), 'message');
}

/** What Slack makes of a slash command's text when the command asks for `should_escape`. */
export function escapedCommandText(workspace: Workspace, typed: string): string {
  return withReferences(workspace, escapeText(typed), 'command');
}

function escapeText(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function withReferences(workspace: Workspace, typed: string, place: 'message' | 'command'): string {
  return typed
    .replace(/(?<![\w<|/])https?:\/\/[^\s<>|]+/g, (url) => `<${url}>`)
    .replace(/(?<![\w<])@([\w.-]*\w)/g, (whole, name: string) => mention(workspace, name, place) ?? whole)
    .replace(/(?<![\w<&/])#([a-z0-9_-]+)/g, (whole, name: string) => {
      const channel = channelNamed(workspace, name);
      return channel ? `<#${channel.id}|${channel.name}>` : whole;
    });
}

function mention(workspace: Workspace, name: string, place: 'message' | 'command'): string | null {
  if (name === 'here' || name === 'channel' || name === 'everyone') return `<!${name}>`;
  const user = [...workspace.users.values()].find((candidate) => candidate.name === name);
  if (user) return place === 'command' ? `<@${user.id}|${user.name}>` : `<@${user.id}>`;
  const group = [...workspace.groups.values()].find((candidate) => candidate.handle === name);
  return group ? `<!subteam^${group.id}${place === 'command' ? `|@${group.handle}` : ''}>` : null;
}
