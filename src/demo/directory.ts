import { sandboxSeed } from './slack/index.ts';
import type { Installation, SlackEmulator } from './slack/index.ts';

/** Somebody whom the visitor of the page can be. */
export type Character = { readonly name: string; readonly id: string; readonly realName: string; readonly about: string };

/** Who is who in the workspace, so that ids in messages can be shown as names. */
export type Directory = {
  readonly people: readonly Character[];
  /** User groups by handle: their id, and the names of those in them. */
  readonly groups: Readonly<Record<string, { readonly id: string; readonly members: readonly string[] }>>;
  readonly bot: { readonly id: string; readonly name: string };
  /** The id of the channel in which everybody reads what is announced. */
  readonly announce: string;
};

const KINDS: Readonly<Record<string, string>> = { guest: 'Guest', stranger: 'From another company' };

/** Reads the workspace's people and groups; looking a group up leaves it as it is. */
export function readDirectory(slack: SlackEmulator, installed: Installation): Directory {
  const groups = sandboxSeed.groups ?? [];
  return {
    people: sandboxSeed.people.map(({ name, realName = name, title = '', kind = 'member' }) => ({
      name,
      id: slack.person(name).id,
      realName,
      about: KINDS[kind] ?? (groups.some(({ members }) => members.includes(name)) ? title : 'Has no role'),
    })),
    groups: Object.fromEntries(groups.map((group) => [group.handle, { id: slack.admin.setGroup(group), members: group.members }])),
    bot: { id: installed.botUserId, name: 'rollbot' },
    announce:
      slack
        .person('dana')
        .screen()
        .channels.find(({ name }) => name === '#general')?.id ?? '',
  };
}
