import type { RoleId } from '../brand.ts';

/** How many people it takes, and whether each of them has to stand for a role of their own. */
export type Quorum = { readonly need: number; readonly differentRoles?: boolean };

/** Whether people with these roles, one list for each of them, are enough. */
export function isQuorum({ need, differentRoles }: Quorum, people: readonly (readonly RoleId[])[]): boolean {
  return (differentRoles ? rolesCovered(people) : people.length) >= need;
}

type Given = Quorum & { readonly by: readonly RoleId[]; readonly given: readonly { readonly roles: readonly RoleId[] }[] };

/** The roles of which somebody has to be asked still: each of those who have approved takes one away, where the others are enough. */
export function stillWanted({ by, given, ...quorum }: Given): readonly RoleId[] {
  const before = given.map(({ roles }) => roles);
  const isEnough = (left: readonly RoleId[]): boolean => isQuorum(quorum, [...before, ...left.map((role) => [role])]);
  return before.reduce<readonly RoleId[]>((left, roles) => {
    const without = left.filter((role) => roles.includes(role)).map((done) => left.filter((role) => role !== done));
    return without.find(isEnough) ?? left;
  }, by);
}

/** For how many different roles these people can stand at once, each of them for one: the largest matching of people and roles. */
export function rolesCovered(people: readonly (readonly RoleId[])[]): number {
  const standsFor = new Map<RoleId, number>();
  function place(person: number, tried: Set<RoleId>): boolean {
    return (people[person] ?? []).some((role) => {
      if (tried.has(role)) return false;
      tried.add(role);
      const other = standsFor.get(role);
      if (other !== undefined && !place(other, tried)) return false;
      standsFor.set(role, person);
      return true;
    });
  }
  return people.filter((_, person) => place(person, new Set())).length;
}
