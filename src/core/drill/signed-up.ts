import type { PersonId, RoleId } from '../brand.ts';
import type { IncidentCore } from '../incident/state.ts';
import type { PinnedDrill } from './drill.ts';
import type { Practice } from './practice.ts';
import type { Planned } from './state.ts';

/** Who takes part in a drill that begins now: those whom `rollbot.yml` names, those who signed up for it, and who starts it. */
export function signedUp(drill: PinnedDrill, planned: Planned | null, starter: PersonId | null): Practice['signedUp'] {
  const people = [...((drill.people ?? []) as PersonId[]), ...(planned?.signedUp ?? []).map(({ id }) => id), ...(starter ? [starter] : [])];
  return { people: [...new Set(people)], roles: (drill.roles ?? []) as RoleId[] };
}

/** In a drill only those who have signed up may be paged; in earnest everybody may. */
export function mayBePaged(
  { drill, practice }: Pick<IncidentCore, 'drill' | 'practice'>,
  person: PersonId,
  roles: readonly RoleId[],
): boolean {
  if (!drill) return true;
  if (practice === null) return false;
  return practice.signedUp.people.includes(person) || roles.some((role) => practice.signedUp.roles.includes(role));
}
