import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { orList } from './decide-approval.ts';
import { sharedRoles } from './find.ts';
import { mayNotLead } from './people.ts';
import { refuse } from './refusal.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Says how bad it is; who has to be told and how often follows from that. */
export function setSeverity(state: IncidentState, { severity, token, ...acting }: Of<'set-severity'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  if (state.status === 'closed') return refuse('incident-closed');
  if (state.record.severity?.id === severity.id) return [];
  const refused = state.record.severity === null && isOpener(state, acting) ? null : mayNotLead(state, acting);
  return refused ?? [{ type: 'severity-set', severity, by: acting.by, token }];
}

/**
 * Takes a role that nobody has; commanders may take it from somebody, and only they may command. A role opens what leads the incident,
 * down to mail that goes outside, so whoever holds none in `rollbot.yml` has to be given it.
 */
export function takeRole(state: IncidentState, { role, by, roles, commanders }: Of<'take-role'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  if (state.status === 'closed') return refuse('incident-closed');
  const holder = state.record.people[role];
  if (holder?.id === by.id) return [];
  const commands = sharedRoles(roles, commanders).length > 0;
  if (role === 'commander' && !commands) return refuse('not-in-role', `Only ${orList(commanders)} may command an incident.`);
  if (holder && !commands) return refuse('role-held', `Ask ${holder.name} to hand it over: \`/incident role ${role} @you\`.`);
  if (roles.length === 0) {
    return refuse('not-in-role', `Have ${orList(commanders)} hand it to you: \`/incident role ${role} @you\`.`);
  }
  return [{ type: 'role-taken', role, by }];
}

/** Gives a role to somebody else, who was read from Slack just now. */
export function handOverRole(state: IncidentState, { role, to, by, roles, commanders }: Of<'hand-over-role'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  if (state.status === 'closed') return refuse('incident-closed');
  const holder = state.record.people[role];
  if (to.status !== 'member') return refuse('nobody-to-hand-over-to');
  if (holder?.id === to.id) return [];
  if (holder?.id !== by.id && sharedRoles(roles, commanders).length === 0) {
    return refuse('not-in-role', `It needs ${holder ? `${holder.name}, who has it, or ` : ''}${orList(commanders)}.`);
  }
  if (role === 'commander' && sharedRoles(to.roles, commanders).length === 0) {
    return refuse('nobody-to-hand-over-to', `${to.name} holds none of ${orList(commanders)}, and only they may command an incident.`);
  }
  return [{ type: 'role-handed-over', role, to: { kind: 'person', id: to.id, name: to.name }, by }];
}

/** Whoever opens an incident may say at once how bad it is. */
function isOpener({ openedBy }: Exclude<IncidentState, { status: 'none' }>, { by }: Pick<Of<'set-severity'>, 'by'>): boolean {
  return openedBy.kind === 'person' && openedBy.id === by.id;
}
