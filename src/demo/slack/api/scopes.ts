import type { App, Channel, ChannelKind } from '../state/model.ts';
import { refuseScope, type Refusal } from './answer.ts';

/** What an app wants to do with a conversation. Which scope that takes depends on what kind of conversation it is. */
export type Deed = 'read' | 'history' | 'manage' | 'invite' | 'topic';

type Family = 'channels' | 'groups' | 'im' | 'mpim';

/** The scopes of which any one allows the deed; the first is the one that Slack names as needed. */
const familyScopes: Record<Deed, Record<Family, readonly string[]>> = {
  read: { channels: ['channels:read'], groups: ['groups:read'], im: ['im:read'], mpim: ['mpim:read'] },
  history: { channels: ['channels:history'], groups: ['groups:history'], im: ['im:history'], mpim: ['mpim:history'] },
  manage: { channels: ['channels:manage', 'channels:write'], groups: ['groups:write'], im: ['im:write'], mpim: ['mpim:write'] },
  invite: {
    channels: ['channels:manage', 'channels:write.invites'],
    groups: ['groups:write', 'groups:write.invites'],
    im: ['im:write'],
    mpim: ['mpim:write'],
  },
  topic: {
    channels: ['channels:manage', 'channels:write.topic'],
    groups: ['groups:write', 'groups:write.topic'],
    im: ['im:write', 'im:write.topic'],
    mpim: ['mpim:write', 'mpim:write.topic'],
  },
};

/** Every scope that allows the deed somewhere. */
export function scopesFor(deed: Deed): string[] {
  return Object.values(familyScopes[deed]).flat();
}

/** Refuses when the app lacks the scope for this kind of conversation, although it may have it for others. */
export function scopeRefusal(app: App, deed: Deed, kind: ChannelKind): Refusal | null {
  const accepted = familyScopes[deed][familyOf(kind)];
  return accepted.some((scope) => app.scopes.includes(scope)) ? null : refuseScope(accepted.slice(0, 1), app.scopes);
}

/** Whether events about what happens in this conversation may reach the app. */
export function mayHear(app: App, deed: Deed, channel: Channel): boolean {
  return scopeRefusal(app, deed, channel.kind) === null;
}

function familyOf(kind: ChannelKind): Family {
  switch (kind) {
    case 'public':
    case 'shared':
      return 'channels';
    case 'private':
      return 'groups';
    case 'im':
    case 'mpim':
      return kind;
    default:
      return kind satisfies never;
  }
}
