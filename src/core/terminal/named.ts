import type { PersonId } from '../brand.ts';
import { didYouMean } from '../procedure/nearest.ts';
import type { Settings } from '../settings.ts';
import { mappedPeople } from './person.ts';

const MEMBER = /^[UW][A-Z0-9]{2,}$/;

/** Somebody whom a person in a terminal can name: a user of the host, a contact, how either of them is called, or the id of a member in Slack. */
export function personNamed(settings: Settings, typed: string): { readonly id: PersonId } | { readonly says: string } {
  const name = typed.replace(/^@/, '');
  const known = people(settings);
  const ids = new Set(known.filter(({ names }) => names.some((each) => each.toLowerCase() === name.toLowerCase())).map(({ id }) => id));
  const [id, ...more] = ids;
  if (id !== undefined && more.length === 0) return { id };
  if (id !== undefined) return { says: `Several people are called "${name}". Name one by the id in Slack: ${[...ids].join(' or ')}.` };
  if (MEMBER.test(name)) return { id: name as PersonId };
  const near = didYouMean(
    name,
    known.flatMap(({ names }) => names),
  );
  return {
    says: `Nobody is called "${name}" in rollbot.yml.${near} Name a user under terminal:, a contact with a slack:, or the id of a member in Slack.`,
  };
}

function people(settings: Settings): readonly { readonly id: PersonId; readonly names: readonly string[] }[] {
  const contacts = Object.entries(settings.contacts ?? {}).flatMap(([contact, { slack, name }]) =>
    slack === undefined ? [] : [{ id: slack as PersonId, names: [contact, ...(name === undefined ? [] : [name])] }],
  );
  return [...mappedPeople(settings).map(({ user, name, person }) => ({ id: person, names: [user, name] })), ...contacts];
}
