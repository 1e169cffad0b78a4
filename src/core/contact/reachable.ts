import type { Instant, PersonId, RoleId } from '../brand.ts';
import type { Settings } from '../settings.ts';
import { mediaAt } from './media.ts';
import type { Reachable } from './port.ts';
import type { Contact, Rotation } from './schema.ts';

/** A contact of `rollbot.yml` as it can be reached at a moment; null where there is none of this name. */
export function reachableContact({ contacts }: Pick<Settings, 'contacts'>, name: string, at: Instant): Reachable | null {
  const contact = contactOf({ contacts }, name);
  if (!contact) return null;
  const { media, quiet } = mediaAt(contact, at);
  return {
    contact: name,
    name: contact.name ?? name,
    person: (contact.slack ?? null) as PersonId | null,
    media,
    quiet,
    drills: contact.drills ?? false,
  };
}

/** A member of Slack: by their entry among the contacts, or else by Slack alone. */
export function reachableMember(settings: Pick<Settings, 'contacts'>, person: PersonId, name: string, at: Instant): Reachable {
  const own = Object.entries(settings.contacts ?? {}).find(([, { slack }]) => slack === person);
  const contact = own && reachableContact(settings, own[0], at);
  return contact ?? { contact: person, name, person, media: ['slack'], quiet: false, drills: false };
}

/** The Slack member whom a rotation or an override names: its contact's, or the one whose id stands there; null for none. */
export function personNamed(settings: Pick<Settings, 'contacts'>, who: string): PersonId | null {
  const contact = contactOf(settings, who);
  if (contact) return (contact.slack ?? null) as PersonId | null;
  return isMember(who) ? who : null;
}

/** Whether this is the id of a Slack member rather than a contact's name. */
export function isMember(who: string): who is PersonId {
  return /^[UW][A-Z0-9]{2,}$/.test(who);
}

/** The contact of this name. */
export function contactOf({ contacts = {} }: Pick<Settings, 'contacts'>, name: string): Contact | undefined {
  return Object.hasOwn(contacts, name) ? contacts[name] : undefined;
}

/** The rotation that says who of a role is called first, with its name. */
export function rotationOf(
  { roles, rotations = {} }: Pick<Settings, 'roles' | 'rotations'>,
  role: RoleId,
): { readonly name: string; readonly rotation: Rotation } | null {
  const name = Object.hasOwn(roles, role) ? roles[role]?.['on-call'] : undefined;
  const rotation = name !== undefined && Object.hasOwn(rotations, name) ? rotations[name] : undefined;
  return name === undefined || !rotation ? null : { name, rotation };
}

/** The overrides that stand in `rollbot.yml`. */
export function writtenOverrides({
  overrides = [],
}: Pick<Rotation, 'overrides'>): readonly { readonly who: string; readonly from: Instant; readonly to: Instant }[] {
  return overrides.map(({ who, from, to }) => ({ who, from: Date.parse(from) as Instant, to: Date.parse(to) as Instant }));
}

/** The Slack members whom a role lists by themselves: its people, and those of its contacts that have a member's id. */
export function membersListed(settings: Pick<Settings, 'roles' | 'contacts'>, role: string): readonly PersonId[] {
  const { people = [], contacts = [] } = Object.hasOwn(settings.roles, role) ? settings.roles[role]! : {};
  const listed = contacts.flatMap((name) => contactOf(settings, name)?.slack ?? []);
  return [...new Set([...people, ...listed])].map((id) => id as PersonId);
}
