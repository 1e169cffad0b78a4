import { labelOf } from '../state/blocks.ts';
import { channelLabel } from '../state/channels.ts';
import type { Happening } from '../state/happening.ts';
import type { Channel, Message, View } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import { messageSight } from './sights.ts';

/** Writes down what people would remember: who said, did and saw what, one line each. */
export function startTranscript(workspace: Workspace): () => string[] {
  const lines: string[] = [];
  workspace.listen((happening) => {
    const line = lineOf(workspace, happening);
    if (line !== null) lines.push(line);
  });
  return () => [...lines];
}

function lineOf(workspace: Workspace, happening: Happening): string | null {
  const name = (id: string) => workspace.users.get(id)?.name ?? id;
  switch (happening.kind) {
    case 'posted':
      return said(workspace, happening.channel, happening.message, '');
    case 'edited':
      return said(workspace, happening.channel, happening.message, ' (edited)');
    case 'deleted':
      return said(workspace, happening.channel, happening.message, ' (deleted)');
    case 'ephemeral-shown':
      return said(workspace, happening.channel, happening.message, ` (only ${name(happening.message.to ?? '')} sees this)`);
    case 'view-opened':
      return `${name(happening.view.user)} sees the view "${titleOf(happening.view)}"`;
    case 'view-updated':
      return `the view "${titleOf(happening.view)}" of ${name(happening.view.user)} changes`;
    case 'view-closed':
      return `the view "${titleOf(happening.view)}" of ${name(happening.view.user)} closes`;
    case 'home-published':
      return `the app's home of ${name(happening.view.user)} changes`;
    case 'channel-archived':
      return `${channelLabel(workspace, happening.channel)}  archived by ${name(happening.by)}`;
    case 'channel-created':
      return happening.channel.kind === 'im' ? null : `${channelLabel(workspace, happening.channel)}  created by ${name(happening.by)}`;
    case 'reacted':
      return `${channelLabel(workspace, happening.channel)}  ${name(happening.user)} reacts with :${happening.emoji}:`;
    case 'person-acted':
      return acted(workspace, name(happening.user), happening.channel, happening.what);
    case 'person-told':
      return `${happening.channel ? `${channelLabel(workspace, happening.channel)}  ` : ''}Slack tells ${name(happening.user)}: ${happening.text}`;
    default:
      return null;
  }
}

function said(workspace: Workspace, channel: Channel, message: Message, note: string): string {
  const sight = messageSight(workspace, channel, message);
  const thread = message.threadTs ? ' (in a thread)' : '';
  return `${sight.channel}  ${sight.author}${thread}${note}: ${sight.text.replaceAll('\n', ' ⏎ ')}`;
}

/** A command reads like something said; any other deed stands as a sentence. */
function acted(workspace: Workspace, name: string, channel: Channel | null, what: string): string {
  const place = channel ? `${channelLabel(workspace, channel)}  ` : '';
  return place + name + (what.startsWith('/') ? ': ' : ' ') + what;
}

function titleOf(view: View): string {
  return labelOf(view.content.title);
}
