import type { Change } from '../change.ts';
import type { Happening } from '../state/happening.ts';
import type { Channel, View } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import { messageSight, viewSight } from './sights.ts';

/** What happened, as a page outside can show it; null for what changes nothing on any screen. */
export function changeOf(workspace: Workspace, happening: Happening): Change | null {
  switch (happening.kind) {
    case 'installed':
      return { kind: 'installed', appId: happening.app.id };
    case 'posted':
      return { kind: 'message-posted', message: messageSight(workspace, happening.channel, happening.message) };
    case 'edited':
      return { kind: 'message-edited', message: messageSight(workspace, happening.channel, happening.message) };
    case 'deleted':
      return { kind: 'message-deleted', message: messageSight(workspace, happening.channel, happening.message) };
    case 'ephemeral-shown':
    case 'ephemeral-removed': {
      const message = messageSight(workspace, happening.channel, happening.message);
      return { kind: happening.kind, to: happening.message.to ?? '', message };
    }
    case 'view-opened':
    case 'view-updated':
    case 'view-closed':
    case 'home-published':
      return aboutView(workspace, happening.kind, happening.view);
    case 'channel-created':
      return { kind: 'channel-created', ...named(happening.channel) };
    case 'channel-archived':
    case 'channel-unarchived':
    case 'channel-renamed':
    case 'channel-changed':
      return { kind: 'channel-changed', ...named(happening.channel) };
    case 'member-joined':
    case 'member-left':
      return { kind: happening.kind, channel: happening.channel.id, user: happening.user };
    case 'reacted':
    case 'unreacted': {
      const { channel, message, user, emoji } = happening;
      return { kind: happening.kind, channel: channel.id, ts: message.ts, user, emoji };
    }
    case 'pinned':
    case 'unpinned':
      return { kind: happening.kind, channel: happening.channel.id, ts: happening.message.ts, user: happening.user };
    case 'person-acted':
      return { kind: 'person-acted', user: happening.user, channel: happening.channel?.id ?? '', what: happening.what };
    case 'person-told':
      return { kind: 'person-told', user: happening.user, channel: happening.channel?.id ?? '', text: happening.text };
    case 'called':
    case 'failed':
      return happening;
    case 'file-shared':
    case 'home-opened':
      return null;
    default:
      return happening satisfies never;
  }
}

function aboutView(workspace: Workspace, kind: 'view-opened' | 'view-updated' | 'view-closed' | 'home-published', view: View): Change {
  return { kind, to: view.user, view: viewSight(workspace, view) };
}

function named(channel: Channel): { channel: string; name: string } {
  return { channel: channel.id, name: channel.name };
}
