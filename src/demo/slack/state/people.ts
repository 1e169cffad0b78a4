import type { GroupSeed, PersonSeed } from '../seed.ts';
import type { Group, User } from './model.ts';
import { seconds, type Workspace } from './workspace.ts';

/** Adds somebody. Names are unique because stories and `@name` go by them. */
export function addUser(workspace: Workspace, seed: PersonSeed): User {
  if ([...workspace.users.values()].some((user) => user.name === seed.name)) {
    throw new Error(`There is somebody called ${seed.name} already: give people different names.`);
  }
  const stranger = seed.kind === 'stranger';
  const user: User = {
    id: workspace.ids.named('U', seed.name),
    teamId: stranger ? workspace.otherTeam.id : workspace.team.id,
    name: seed.name,
    realName: seed.realName ?? seed.name,
    title: seed.title ?? '',
    email: seed.email ?? `${seed.name}@${stranger ? workspace.otherTeam.domain : workspace.team.domain}.example`,
    tz: seed.tz ?? 'Europe/Berlin',
    kind: seed.kind ?? 'member',
  };
  workspace.users.set(user.id, user);
  return user;
}

/** Adds a user group, or changes the one that has this handle. */
export function addGroup(workspace: Workspace, seed: GroupSeed): Group {
  const existing = [...workspace.groups.values()].find((group) => group.handle === seed.handle);
  const group: Group = {
    id: existing?.id ?? workspace.ids.named('S', seed.handle),
    handle: seed.handle,
    name: seed.name ?? existing?.name ?? seed.handle,
    members: seed.members.map((name) => userNamed(workspace, name).id),
    disabled: seed.disabled ?? false,
    createdAt: existing?.createdAt ?? seconds(workspace),
  };
  workspace.groups.set(group.id, group);
  return group;
}

/** Finds somebody by name, with or without the `@`; a name that nobody has is a mistake in the story. */
export function userNamed(workspace: Workspace, name: string): User {
  const wanted = name.replace(/^@/, '');
  const found = [...workspace.users.values()].find((user) => user.name === wanted);
  if (found) return found;
  const names = [...workspace.users.values()].map((user) => user.name).join(', ');
  throw new Error(`Nobody here is called ${wanted}; there are ${names}.`);
}

/** Whether somebody belongs to a connected team. */
export function isStranger(user: User): boolean {
  return user.kind === 'stranger';
}
