import type { Instant, PersonId, RoleId } from '../../core/brand.ts';
import { calendarOf, overridesAt } from '../../core/calendar/state.ts';
import type { MadeOverride } from '../../core/calendar/state.ts';
import { onCallAt } from '../../core/contact/rotation.ts';
import type { Override } from '../../core/contact/rotation.ts';
import type { Duty, Reachable } from '../../core/contact/port.ts';
import { isMember, membersListed, reachableContact, reachableMember, rotationOf, writtenOverrides } from '../../core/contact/reachable.ts';
import type { Catalog, People, Store } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';
import { readable } from '../readable.ts';

export type DutyParts = {
  readonly store: Pick<Store, 'load'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly people: Pick<People, 'read' | 'holders'>;
};

/** Who holds a role at a moment: who is on call first, then the others in the order of the rotation, then everybody else. */
export async function dutyAt(parts: DutyParts, role: RoleId, at: Instant): Promise<Duty> {
  const settings = parts.catalog.settings();
  const found = rotationOf(settings, role);
  const overrides = found && (await overridesOf(parts, found.name, at));
  const now = found && onCallAt(found.rotation, overrides?.all ?? [], at);
  const { people, unreadable } = await holdersOf(parts, settings, role, at);
  const first = now ? await reachableNamed(parts, now.who, at) : null;
  const turns = found && now ? inTurn(found.rotation.people, now.who) : [];
  const listed = Object.hasOwn(settings.roles, role) ? (settings.roles[role]?.contacts ?? []) : [];
  const contacts = [...turns, ...listed].flatMap((name) => reachableContact(settings, name, at) ?? []);
  const all = [...(first ? [first] : []), ...contacts, ...people];
  return { role, first, all: eachOnce(all), until: now?.until ?? null, unreadable: overrides?.unreadable ?? unreadable };
}

/**
 * The overrides of a rotation: first those of `rollbot.yml`, then those that were made in Slack, which hold where both do. Where
 * the latter can't be read, the rotation goes by the former, and it is said.
 */
export async function overridesOf(
  { store, catalog }: Pick<DutyParts, 'store' | 'catalog'>,
  rotation: string,
  at: Instant,
): Promise<{ readonly all: readonly Override[]; readonly made: readonly MadeOverride[]; readonly unreadable: string | null }> {
  const rotations = catalog.settings().rotations ?? {};
  const written = Object.hasOwn(rotations, rotation) ? writtenOverrides(rotations[rotation]!) : [];
  const state = await readable(store, calendarOf(rotation));
  const made = state === null ? [] : overridesAt(state, at);
  const unreadable = state === null ? `The overrides of ${rotation} can not be read` : null;
  return { all: [...written.filter(({ to }) => to > at), ...made], made, unreadable };
}

/** A contact, or a member of Slack who has no entry of their own. */
export async function reachableNamed(
  { catalog, people }: Pick<DutyParts, 'catalog' | 'people'>,
  who: string,
  at: Instant,
): Promise<Reachable | null> {
  const contact = reachableContact(catalog.settings(), who, at);
  if (contact || !isMember(who)) return contact;
  return reachableMember(catalog.settings(), who, await nameOf(people, who), at);
}

/** Everybody whom the role lists in Slack; where a group can't be read, those who are listed by themselves, and why. */
async function holdersOf(
  { people }: Pick<DutyParts, 'people'>,
  settings: Settings,
  role: RoleId,
  at: Instant,
): Promise<{ readonly people: readonly Reachable[]; readonly unreadable: string | null }> {
  const held = await people.holders(role);
  const unreadable = 'unreadable' in held ? held.unreadable : null;
  const ids = 'unreadable' in held ? membersListed(settings, role) : held;
  return { people: await Promise.all(ids.map(async (id) => reachableMember(settings, id, await nameOf(people, id), at))), unreadable };
}

async function nameOf(people: Pick<People, 'read'>, id: PersonId): Promise<string> {
  const read = await people.read(id);
  return read.status === 'member' ? read.name : id;
}

/** The people of a rotation as they would be called: from whoever is on call on, once around. */
function inTurn(people: readonly string[], from: string): readonly string[] {
  const start = Math.max(0, people.indexOf(from));
  return [...people.slice(start), ...people.slice(0, start)];
}

function eachOnce(all: readonly Reachable[]): readonly Reachable[] {
  return all.filter((one, index) => all.findIndex(({ contact }) => contact === one.contact) === index);
}
