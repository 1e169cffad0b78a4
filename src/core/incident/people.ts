import type { RoleId } from '../brand.ts';
import { didYouMean, sayList } from '../procedure/nearest.ts';
import type { Acting } from './command.ts';
import { orList } from './decide-approval.ts';
import { sharedRoles } from './find.ts';
import { INCIDENT_ROLES } from './record-event.ts';
import type { IncidentRole } from './record-event.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { IncidentCore } from './state.ts';

/** The role that somebody has in an incident, if any. */
function roleIn({ record }: Pick<IncidentCore, 'record'>, person: string): IncidentRole | undefined {
  return INCIDENT_ROLES.find((role) => record.people[role]?.id === person);
}

/** Why somebody may not lead here; null where they may: commanders, and whoever has a role in this incident. */
export function mayNotLead(
  state: Pick<IncidentCore, 'record'>,
  { by, roles, commanders }: Acting & { readonly commanders: readonly RoleId[] },
): Refusal | null {
  if (sharedRoles(roles, commanders).length > 0 || roleIn(state, by.id) !== undefined) return null;
  return refuse('not-in-role', `It needs ${orList(commanders)}, or somebody with a role in this incident (\`/incident role\`).`);
}

/** The role in an incident that somebody typed, or the sentence that says which ones there are. */
export function incidentRoleNamed(name: string): { readonly role: IncidentRole } | { readonly says: string } {
  const role = INCIDENT_ROLES.find((each) => each === name.toLowerCase());
  if (role) return { role };
  return { says: `There is no role "${name}".${didYouMean(name, INCIDENT_ROLES)} Expected ${sayList(INCIDENT_ROLES, 'or')}.` };
}
