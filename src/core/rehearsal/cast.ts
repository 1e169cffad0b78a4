import type { Instant, PersonId, RoleId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Person } from '../incident/event.ts';
import type { PersonReading } from '../ports.ts';

/** The nth holder of a role: people of a rehearsal are made up, and are called what they are. */
export function holder(role: RoleId, nth = 1): Acting {
  const name = nth === 1 ? role : `${role} ${nth}`;
  return { by: { kind: 'person', id: `${role}#${nth}` as PersonId, name }, roles: [role] };
}

/** Enough people of these roles to approve something, none of whom is the one that asked for it. */
export function approversFor(by: readonly RoleId[], need: number, requester: PersonId): readonly Acting[] {
  const all = Array.from({ length: need + 1 }, (_, index) => by.map((role) => holder(role, index + 1))).flat();
  return all.filter((each) => each.by.id !== requester).slice(0, need);
}

/** What is known of these people right before the effect: that they still are who they were. */
export function readingOf({ by, roles }: { readonly by: Person; readonly roles: readonly RoleId[] }, asOf: Instant): PersonReading {
  return { status: 'member', id: by.id, name: by.name, roles, asOf };
}
