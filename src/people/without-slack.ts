import type { PersonId } from '../core/brand.ts';
import { sayDuration } from '../core/duration.ts';
import type { Catalog, Clock, PersonReading } from '../core/ports.ts';
import { mappedPeople, rolesByName, rolesHoldMs } from '../core/terminal/person.ts';
import type { MappedPerson } from '../core/terminal/person.ts';
import type { Memory, Remembered } from './memory.ts';

type Known = { readonly catalog: Pick<Catalog, 'settings'>; readonly clock: Clock; readonly memory: Memory };

/**
 * What is known of somebody while Slack can't say. Roles by name count always; those that Slack gave count for as long as
 * `rollbot.yml` says, and then nobody has them any more. Whom Slack has refused stays refused.
 */
export async function knownWithoutSlack(
  { catalog, clock, memory }: Known,
  person: PersonId,
  unreadable: PersonReading,
): Promise<PersonReading> {
  const settings = catalog.settings();
  const found = await find(mappedPeople(settings), memory, person);
  if (!found) return unreadable;
  const { mapped, last } = found;
  if (last?.status === 'refused') return last;
  const named = rolesByName(settings, mapped.person);
  const ageMs = last === null ? null : clock.now() - last.asOf;
  const counts = ageMs !== null && ageMs <= rolesHoldMs(settings);
  if (!counts && named.length === 0) {
    const age = ageMs === null ? 'has never said' : `said ${sayDuration(ageMs)} ago, which is too long,`;
    return { status: 'unreadable', why: `Slack does not answer, and ${age} which roles ${mapped.name} has` };
  }
  const roles = [...new Set([...named, ...(counts && last ? last.roles : [])])];
  return { status: 'member', id: last?.id ?? mapped.person, name: mapped.name, roles, asOf: last?.asOf ?? clock.now() };
}

type Found = { readonly mapped: MappedPerson; readonly last: Remembered | null };

/** By the id of `rollbot.yml`, or by the one that Slack knows the same person by. */
async function find(people: readonly MappedPerson[], memory: Memory, person: PersonId): Promise<Found | null> {
  for (const mapped of people) {
    const last = await memory.of(mapped.person);
    if (mapped.person === person || (last?.status === 'member' && last.id === person)) return { mapped, last };
  }
  return null;
}
