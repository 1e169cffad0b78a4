import type { Settings } from '../../core/settings.ts';
import type { Finding } from '../finding.ts';
import { contactMistakes } from './contacts.ts';
import { rotationMistakes } from './rotations.ts';
import { unknownName } from './unknown-name.ts';
import { vendorMistakes } from './vendors.ts';

/** Whoever is to be reached is there, and can be. */
export function peopleMistakes(settings: Settings): readonly Finding[] {
  return [
    ...contactMistakes(settings),
    ...rotationMistakes(settings),
    ...roleReferences(settings),
    ...chainMistakes(settings),
    ...vendorMistakes(settings),
  ];
}

function roleReferences({ roles, contacts = {}, rotations = {}, paging }: Settings): readonly Finding[] {
  const [people, turns, chains] = [contacts, rotations, paging?.chains ?? {}].map((each) => Object.keys(each)) as [
    string[],
    string[],
    string[],
  ];
  return Object.entries(roles).flatMap(([name, { contacts: its = [], 'on-call': rotation, chain }]) => [
    ...its.flatMap((who, index) => unknownName(who, people, ['roles', name, 'contacts', index], 'contact', '"contacts"')),
    ...(rotation === undefined ? [] : unknownName(rotation, turns, ['roles', name, 'on-call'], 'rotation', '"rotations"')),
    ...(chain === undefined ? [] : unknownName(chain, chains, ['roles', name, 'chain'], 'chain', '"paging: chains"')),
  ]);
}

function chainMistakes({ roles, contacts = {}, paging }: Settings): readonly Finding[] {
  const known = [...Object.keys(roles), ...Object.keys(contacts)];
  return Object.entries(paging?.chains ?? {}).flatMap(([name, { stages }]) =>
    stages.flatMap(({ to = [] }, stage) =>
      to.flatMap((who, index) =>
        unknownName(who, known, ['paging', 'chains', name, 'stages', stage, 'to', index], 'role or contact', '"roles" and "contacts"'),
      ),
    ),
  );
}
