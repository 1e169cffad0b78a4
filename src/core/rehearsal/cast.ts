import type { Instant, PersonId, RoleId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Person } from '../incident/event.ts';
import type { Approval } from '../incident/state.ts';
import type { PersonReading } from '../ports.ts';

/** The nth holder of a role: people of a rehearsal are made up, and are called what they are. */
export function holder(role: RoleId, nth = 1): Acting {
  const name = nth === 1 ? role : `${role} ${nth}`;
  return { by: { kind: 'person', id: `${role}#${nth}` as PersonId, name }, roles: [role] };
}

/** Enough people to approve something, from as many of its roles as there are; none of them is the one that asked for it. */
export function approversFor({ by, need }: Pick<Approval, 'by' | 'need'>, requester: PersonId | null): readonly Acting[] {
  const holders = by.map((role) =>
    Array.from({ length: need + 1 }, (_, index) => holder(role, index + 1)).filter((each) => each.by.id !== requester),
  );
  return Array.from({ length: need }, (_, index) => holders.map((people) => people[index]!))
    .flat()
    .slice(0, need);
}

/** What is known of these people right before the effect: that they still are who they were. */
export function readingOf({ by, roles }: { readonly by: Person; readonly roles: readonly RoleId[] }, asOf: Instant): PersonReading {
  return { status: 'member', id: by.id, name: by.name, roles, asOf };
}
