import type { Rotation } from '../../core/contact/schema.ts';
import { weekdayOf } from '../../core/contact/rotation.ts';
import { membersListed } from '../../core/contact/reachable.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';
import { zoneMistakes } from './contacts.ts';
import { unknownName } from './unknown-name.ts';

/** Rotations consist of contacts, and of such as hold the role that they are for. */
export function rotationMistakes(settings: Settings): readonly Finding[] {
  const { rotations = {}, contacts = {} } = settings;
  return Object.entries(rotations).flatMap(([name, rotation]) => {
    const path: Path = ['rotations', name];
    const known = Object.keys(contacts);
    const people = named(rotation, path).flatMap(({ who, path: at }) => unknownName(who, known, at, 'contact', '"contacts"'));
    return [
      ...people,
      ...zoneMistakes(rotation.zone, [...path, 'zone']),
      ...firstDayMistakes(rotation, path),
      ...(rotation.overrides ?? []).flatMap(({ from, to }, index) => backwards(from, to, [...path, 'overrides', index, 'to'])),
      ...(people.length > 0 ? [] : strangers(settings, name, named(rotation, path))),
    ];
  });
}

type Named = { readonly who: string; readonly path: Path };

function named({ people, overrides = [] }: Rotation, path: Path): readonly Named[] {
  return [
    ...people.map((who, index) => ({ who, path: [...path, 'people', index] })),
    ...overrides.map(({ who }, index) => ({ who, path: [...path, 'overrides', index, 'who'] })),
  ];
}

function firstDayMistakes({ every, on, from }: Rotation, path: Path): readonly Finding[] {
  if (every === 'day') {
    return on === undefined
      ? []
      : [{ path: [...path, 'on'], on: 'key', says: 'A daily rotation hands over on every day; expected no "on".' }];
  }
  const [is, expected] = [weekdayOf(from), on ?? 'monday'];
  return is === expected ? [] : [{ path: [...path, 'from'], says: `${from} is a ${is}; expected a ${expected}, on which it hands over.` }];
}

function backwards(from: string, to: string, path: Path): readonly Finding[] {
  return Date.parse(to) > Date.parse(from) ? [] : [{ path, says: 'It ends before it begins; expected a moment after "from".' }];
}

/** Being on call gives nobody a role. Only where a role lists all of its people: who is in a Slack group is known at the moment. */
function strangers(settings: Settings, rotation: string, people: readonly Named[]): readonly Finding[] {
  const roles = Object.entries(settings.roles).filter(([, role]) => role['on-call'] === rotation && (role.groups ?? []).length === 0);
  return roles.flatMap(([role, { contacts = [] }]) => {
    const members: readonly string[] = membersListed(settings, role);
    return people
      .filter(({ who }) => !contacts.includes(who) && !members.includes(settings.contacts?.[who]?.slack ?? ''))
      .map(({ who, path }) => ({
        path,
        says: `${who} does not hold ${role}, for which this is; expected somebody of its people or contacts.`,
      }));
  });
}
