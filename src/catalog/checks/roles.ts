import { isPlaceOfAnnouncement } from '../../core/procedure/announce-places.ts';
import { didYouMean } from '../../core/procedure/nearest.ts';
import type { Finding, Path } from '../finding.ts';
import type { Subject } from './subject.ts';

/** Every role that is named is a role of rollbot.yml. */
export function roles({ procedure, settings }: Subject): readonly Finding[] {
  if (!settings) return [];
  const known = Object.keys(settings.roles);
  return namedRoles(procedure)
    .filter(({ role }) => !known.includes(role))
    .map(({ role, path }) => ({ path, says: `There is no role "${role}".${didYouMean(role, known)} Expected a role of rollbot.yml.` }));
}

type Named = { readonly role: string; readonly path: Path };

function namedRoles(procedure: Subject['procedure']): readonly Named[] {
  const { preflight, steps, verify } = procedure;
  return [
    ...(procedure.page ?? []).map((role, index) => ({ role, path: ['page', index] })),
    ...asked(preflight ?? [], 'preflight'),
    ...steps.flatMap((step, index) => rolesOfStep(step, ['steps', index])),
    ...asked(verify, 'verify'),
    ...(procedure['follow-ups'] ?? []).map(({ owner }, index) => ({ role: owner, path: ['follow-ups', index, 'owner'] })),
  ];
}

function asked(checks: Subject['procedure']['verify'], section: string): readonly Named[] {
  return checks.flatMap(({ ask }, index) => (ask === undefined ? [] : [{ role: ask, path: [section, index, 'ask'] }]));
}

function rolesOfStep({ approve, manual, announce, undo }: Subject['procedure']['steps'][number], path: Path): readonly Named[] {
  const byHand = undo && 'manual' in undo ? undo.manual : undefined;
  return [
    ...(manual ? [{ role: manual.by, path: [...path, 'manual', 'by'] }] : []),
    ...(byHand ? [{ role: byHand.by, path: [...path, 'undo', 'manual', 'by'] }] : []),
    ...called(announce, [...path, 'announce']),
    ...(undo && 'announce' in undo ? called(undo.announce, [...path, 'undo', 'announce']) : []),
    ...(approve?.by ?? []).map((role, index) => ({ role, path: [...path, 'approve', 'by', index] })),
  ];
}

/** The roles among those whom an announcement is for. */
function called(announce: Subject['procedure']['steps'][number]['announce'], path: Path): readonly Named[] {
  const to = announce?.to ?? [];
  if (typeof to === 'string') return isPlaceOfAnnouncement(to) ? [] : [{ role: to, path: [...path, 'to'] }];
  return to.flatMap((role, index) => (isPlaceOfAnnouncement(role) ? [] : [{ role, path: [...path, 'to', index] }]));
}
