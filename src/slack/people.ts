import type { Instant, PersonId, RoleId } from '../core/brand.ts';
import type { Catalog, Clock, People, PersonReading } from '../core/ports.ts';
import { UserInfo } from './answers.ts';
import { createCache } from './cache.ts';

import type { Identity } from './identity.ts';
import { createRoster } from './roster.ts';
import type { Roster } from './roster.ts';
import { sayFailure } from './web.ts';
import type { Web } from './web.ts';

export type PeopleParts = {
  readonly web: Web;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Clock;
  /** Null until Slack has said which workspace is ours: nobody is a member of an unknown one. */
  readonly identity: () => Identity | null;
};

/** The port, and who a role's groups list without a look at each of them. */
export type SlackPeople = People & { members(role: RoleId): Promise<readonly PersonId[] | null> };

type Account =
  | {
      readonly status: 'person';
      /** The one id by which the rules know this person, whichever of theirs a payload had. */
      readonly id: string;
      readonly ids: readonly string[];
      readonly name: string;
      readonly asOf: Instant;
    }
  | Exclude<PersonReading, { status: 'member' }>;

/** Reads people from Slack: what they are, and which roles they hold by name or by user group, never older than a minute. */
export function createPeople(parts: PeopleParts): SlackPeople {
  const accounts = createCache<Account>(parts.clock);
  const roster = createRoster(parts);
  const accountOf = (id: string, fresh: boolean): Promise<Account> => accounts.get(id, () => readAccount(parts, id), fresh);
  return {
    async read(person, { fresh = false } = {}) {
      return await readPerson({ ...parts, roster, accountOf }, person, fresh);
    },
    async holders(role) {
      const members = await roster.members(role, false);
      if ('unreadable' in members) return members;
      const accountsOfThem = await Promise.all(members.map((id) => accountOf(id, false)));
      // Who can't be read may well be there: to leave them out would say that nobody is.
      const unread = accountsOfThem.find((account) => account.status === 'unreadable');
      if (unread) return { unreadable: unread.why };
      return members.filter((_, index) => accountsOfThem[index]?.status === 'person');
    },
    async members(role) {
      const members = await roster.members(role, false);
      return 'unreadable' in members ? null : members;
    },
  };
}

type Reader = PeopleParts & { readonly roster: Roster; readonly accountOf: (id: string, fresh: boolean) => Promise<Account> };

async function readPerson({ catalog, roster, accountOf }: Reader, id: PersonId, fresh: boolean): Promise<PersonReading> {
  const account = await accountOf(id, fresh);
  if (account.status !== 'person') return account;
  const names = Object.keys(catalog.settings().roles) as RoleId[];
  const lists = await Promise.all(names.map((role) => roster.members(role, fresh)));
  const roles: RoleId[] = [];
  for (const [index, list] of lists.entries()) {
    if ('unreadable' in list) return { status: 'unreadable', why: list.unreadable };
    const role = names[index];
    if (role !== undefined && list.some((member) => account.ids.includes(member))) roles.push(role);
  }
  return { status: 'member', id: account.id as PersonId, name: account.name, roles, asOf: account.asOf };
}

async function readAccount({ web, clock, identity }: PeopleParts, id: string): Promise<Account> {
  const own = identity();
  if (own === null) return { status: 'unreadable', why: 'Slack has not been reached yet' };
  const asOf = clock.now();
  const result = await web.call('users.info', { user: id });
  if (result.status === 'refused' && UNKNOWN_USER.has(result.error)) return { status: 'refused', why: 'unknown' };
  if (result.status !== 'ok') return { status: 'unreadable', why: sayFailure(result) };
  const read = UserInfo.safeParse(result.data);
  if (!read.success) return { status: 'unreadable', why: "Slack's answer can't be read" };
  const { user } = read.data;
  const why = refusalOf(user, own);
  if (why) return { status: 'refused', why };
  const name = user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || id;
  const ids = [id, user.id, ...(user.enterprise_user?.id === undefined ? [] : [user.enterprise_user.id])];
  return { status: 'person', id: user.enterprise_user?.id ?? user.id, ids, name, asOf };
}

const UNKNOWN_USER = new Set(['user_not_found', 'user_not_visible', 'users_not_found']);

type Refused = Extract<PersonReading, { status: 'refused' }>['why'];

/** Why somebody is no full member of our own workspace; anything that Slack leaves out counts against them only where it must. */
function refusalOf(user: UserInfoUser, own: Identity): Refused | null {
  if (user.is_bot || user.is_app_user || user.id === 'USLACKBOT' || user.id === own.botUser) return 'bot';
  const ours = user.team_id === own.team || (user.enterprise_user?.teams?.includes(own.team) ?? false);
  if (user.is_stranger || !ours) return 'stranger';
  if (user.deleted) return 'deactivated';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : null;
}

type UserInfoUser = ReturnType<typeof UserInfo.parse>['user'];
