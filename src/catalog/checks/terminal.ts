import { didYouMean } from '../../core/procedure/nearest.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding } from '../finding.ts';

/** Somebody of the terminal who is nobody in Slack could count twice, once in each. */
export function terminalMistakes(settings: Settings): readonly Finding[] {
  return [...peopleMistakes(settings), ...breakGlassMistakes(settings)];
}

/** Whoever is told has to be somebody else. */
function breakGlassMistakes({ 'break-glass': glass }: Settings): readonly Finding[] {
  if (!glass?.roles.includes(glass.tells)) return [];
  return [
    {
      path: ['break-glass', 'tells'],
      says: `${glass.tells} may override, so telling it tells nobody else; expected a role that is not under "roles".`,
    },
  ];
}

function peopleMistakes({ terminal, contacts = {} }: Settings): readonly Finding[] {
  const names = Object.keys(contacts);
  return Object.entries(terminal?.people ?? {}).flatMap(([user, { contact }]): readonly Finding[] => {
    if (contact === undefined) return [];
    const path = ['terminal', 'people', user, 'contact'];
    const found = Object.hasOwn(contacts, contact) ? contacts[contact] : undefined;
    if (!found)
      return [
        { path, says: `There is no contact "${contact}".${didYouMean(contact, names)} Expected one of "contacts", or slack: instead.` },
      ];
    return found.slack === undefined
      ? [{ path, says: `The contact ${contact} has no slack:, by which it is known who this is; expected one.` }]
      : [];
  });
}
