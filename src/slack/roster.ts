import type { PersonId, RoleId } from '../core/brand.ts';
import { membersListed } from '../core/contact/reachable.ts';
import { GroupMembers } from './answers.ts';
import { createCache } from './cache.ts';
import type { PeopleParts } from './people.ts';
import { sayFailure } from './web.ts';

export type Roster = {
  /** Who a role lists: by name, and by user group as Slack has it now. It may list people who have left. */
  members(role: RoleId, fresh: boolean): Promise<readonly PersonId[] | { readonly unreadable: string }>;
};

type Group = { readonly status: 'read'; readonly users: readonly string[] } | { readonly status: 'unreadable'; readonly why: string };

/** Slack will never say who is in such a group, so it gives nobody a role. */
const EMPTY_FOR_GOOD = new Set(['no_such_subteam', 'subteam_not_found', 'plan_upgrade_required', 'missing_scope', 'permission_denied']);

/** Reads who holds which role from `rollbot.yml` and Slack's user groups. */
export function createRoster({ web, catalog, clock }: Pick<PeopleParts, 'web' | 'catalog' | 'clock'>): Roster {
  const groups = createCache<Group>(clock);
  async function read(group: string): Promise<Group> {
    const result = await web.call('usergroups.users.list', { usergroup: group });
    if (result.status === 'refused' && EMPTY_FOR_GOOD.has(result.error)) return { status: 'read', users: [] };
    if (result.status !== 'ok') return { status: 'unreadable', why: sayFailure(result) };
    const members = GroupMembers.safeParse(result.data);
    return members.success ? { status: 'read', users: members.data.users } : { status: 'unreadable', why: "Slack's answer can't be read" };
  }
  return {
    async members(role, fresh) {
      const settings = catalog.settings();
      const { groups: ids = [] } = Object.hasOwn(settings.roles, role) ? settings.roles[role]! : {};
      const lists = await Promise.all(ids.map((id) => groups.get(id, () => read(id), fresh)));
      const unreadable = lists.find((list) => list.status === 'unreadable');
      if (unreadable?.status === 'unreadable') return { unreadable: unreadable.why };
      const listed = [...membersListed(settings, role), ...lists.flatMap((list) => (list.status === 'read' ? list.users : []))];
      return [...new Set(listed)].map((id) => id as PersonId);
    },
  };
}
