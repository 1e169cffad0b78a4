import type { PersonId, RoleId } from '../brand.ts';
import { parseDuration } from '../duration.ts';
import type { Settings } from '../settings.ts';

/** A user of the operating system, as somebody in `rollbot.yml`. */
export type MappedPerson = { readonly user: string; readonly person: PersonId; readonly name: string };

const ROLES_HOLD = '24h';

/** Everybody who may use the terminal. */
export function mappedPeople(settings: Settings): readonly MappedPerson[] {
  return Object.keys(settings.terminal?.people ?? {}).flatMap((user) => mappedUser(settings, user) ?? []);
}

/** Who a user of the operating system is; null where `rollbot.yml` does not say. */
export function mappedUser(settings: Settings, user: string): MappedPerson | null {
  const people = settings.terminal?.people ?? {};
  const entry = Object.hasOwn(people, user) ? people[user] : undefined;
  if (!entry) return null;
  const contact = contactNamed(settings, entry.contact);
  const person = entry.slack ?? contact?.slack;
  return person === undefined ? null : { user, person: person as PersonId, name: entry.name ?? contact?.name ?? user };
}

/** The roles that `rollbot.yml` gives somebody by name, which needs nobody's word but its own. */
export function rolesByName(settings: Settings, person: PersonId): readonly RoleId[] {
  const held = Object.entries(settings.roles).filter(([, { people = [], contacts = [] }]) =>
    [...people, ...contacts.map((name) => contactNamed(settings, name)?.slack)].includes(person),
  );
  return held.map(([role]) => role as RoleId);
}

/** How long roles that Slack gave somebody count while it can't be asked, in milliseconds. */
export function rolesHoldMs({ terminal }: Settings): number {
  return parseDuration(terminal?.['roles-hold'] ?? ROLES_HOLD) ?? 0;
}

function contactNamed(
  { contacts = {} }: Settings,
  name: string | undefined,
): { slack?: string | undefined; name?: string | undefined } | undefined {
  return name !== undefined && Object.hasOwn(contacts, name) ? contacts[name] : undefined;
}
