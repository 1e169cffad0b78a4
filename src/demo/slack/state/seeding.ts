import type { SlackClock } from '../clock.ts';
import type { WorkspaceSeed } from '../seed.ts';
import { addChannel } from './channels.ts';
import type { Happening } from './happening.ts';
import type { Ids } from './ids.ts';
import { addGroup, addUser } from './people.ts';
import type { Workspace } from './workspace.ts';

/** Makes a workspace out of its seed. Nobody hears what happens while it is made. */
export function createWorkspace(clock: SlackClock, ids: Ids, seed: WorkspaceSeed): Workspace {
  const listeners = new Set<(happening: Happening) => void>();
  const workspace: Workspace = {
    team: { id: ids.named('T', 'home'), name: seed.team?.name ?? 'Sandbox', domain: seed.team?.domain ?? 'sandbox' },
    otherTeam: { id: ids.named('T', 'other'), name: 'Vendor', domain: 'vendor' },
    clock,
    ids,
    users: new Map(),
    groups: new Map(),
    channels: new Map(),
    ephemerals: new Set(),
    files: new Map(),
    stacks: new Map(),
    homes: new Map(),
    messageInputs: new Map(),
    app: null,
    appChannels: new Set(),
    paid: true,
    tell(happening) {
      for (const listener of listeners) listener(happening);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  for (const person of seed.people) addUser(workspace, person);
  for (const group of seed.groups ?? []) addGroup(workspace, group);
  for (const channel of seed.channels) addChannel(workspace, channel);
  return workspace;
}
