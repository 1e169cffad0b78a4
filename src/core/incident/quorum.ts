import type { RoleId } from '../brand.ts';

/** How many people it takes, and whether each of them has to stand for a role of their own. */
export type Quorum = { readonly need: number; readonly differentRoles?: boolean };

/** Whether people with these roles, one list for each of them, are enough. */
export function isQuorum({ need, differentRoles }: Quorum, people: readonly (readonly RoleId[])[]): boolean {
  return (differentRoles ? rolesCovered(people) : people.length) >= need;
}

type Given = Quorum & { readonly by: readonly RoleId[]; readonly given: readonly { readonly roles: readonly RoleId[] }[] };

/** The roles of which one more person brings it nearer: all of them, unless each has to be of another role. */
export function stillWanted({ by, given, differentRoles }: Given): readonly RoleId[] {
  if (!differentRoles) return by;
  const before = given.map(({ roles }) => roles);
  return by.filter((role) => rolesCovered([...before, [role]]) > rolesCovered(before));
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
