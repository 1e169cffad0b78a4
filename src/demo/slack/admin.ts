import type { Admin } from './backstage.ts';
import type { Person } from './interface.ts';
import { addChannel, channelNamed, join, leave } from './state/channels.ts';
import type { Channel, User } from './state/model.ts';
import { addGroup, addUser, userNamed } from './state/people.ts';
import type { Workspace } from './state/workspace.ts';

/** What the workspace's administrators can change while the app runs. */
export function createAdmin(workspace: Workspace, personOf: (user: User) => Person): Admin {
  const channelOf = (name: string): Channel => {
    const channel = channelNamed(workspace, name);
    if (channel) return channel;
    throw new Error(`There is no channel ${name}.`);
  };
  const userId = (name: string) => userNamed(workspace, name).id;
  return {
    addPerson: (seed) => personOf(addUser(workspace, seed)),
    addChannel(seed) {
      const channel = addChannel(workspace, seed);
      workspace.tell({ kind: 'channel-created', channel, by: channel.creator });
      return channel.id;
    },
    addMember: (channel, person) => join(workspace, channelOf(channel), userId(person), null),
    removeMember: (channel, person) => leave(workspace, channelOf(channel), userId(person)),
    archive(name) {
      const channel = channelOf(name);
      channel.archived = true;
      workspace.tell({ kind: 'channel-archived', channel, by: channel.creator });
    },
    deactivate(person) {
      userNamed(workspace, person).kind = 'deactivated';
    },
    setGroup: (seed) => addGroup(workspace, seed).id,
    setPlan(plan) {
      workspace.paid = plan === 'paid';
    },
    revokeTokens() {
      if (workspace.app) workspace.app.revoked = true;
    },
  };
}
