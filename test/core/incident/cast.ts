import type { PersonId, RoleId } from '../../../src/core/brand.ts';
import type { Acting } from '../../../src/core/incident/command.ts';
import type { Person } from '../../../src/core/incident/event.ts';
import type { PersonReading } from '../../../src/core/ports.ts';

/** The people of the sandbox and the roles that they hold. */
const CAST = {
  dana: ['lead-developer'],
  omar: ['devops-engineer'],
  mina: ['database-admin', 'devops-engineer'],
  priya: ['product-owner'],
  lee: [],
} as const;

export type Name = keyof typeof CAST;
export const NAMES = Object.keys(CAST) as readonly Name[];

export function role(name: string): RoleId {
  return name as RoleId;
}

/** Who may decide about held and unknown runs in these tests, and close incidents. */
export const DECIDERS: readonly RoleId[] = [role('lead-developer'), role('devops-engineer')];

export function person(name: Name): Person {
  return { kind: 'person', id: `U0${name.toUpperCase()}` as PersonId, name };
}

export function rolesOf(name: Name): readonly RoleId[] {
  return CAST[name].map(role);
}

/** A person who has just passed the gate. */
export function acting(name: Name): Acting {
  return { by: person(name), roles: rolesOf(name) };
}

/** What Slack says about a person: as the cast has it, or with other roles. */
export function reading(name: Name, roles: readonly RoleId[] = rolesOf(name)): PersonReading {
  return { status: 'member', id: person(name).id, name, roles, asOf: 0 as never };
}
