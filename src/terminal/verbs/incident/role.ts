import { z } from 'zod';
import type { Acting } from '../../../core/incident/command.ts';
import { incidentRoleNamed } from '../../../core/incident/people.ts';
import { INCIDENT_ROLES } from '../../../core/incident/record-event.ts';
import type { IncidentRole } from '../../../core/incident/record-event.ts';
import { personNamed } from '../../../core/terminal/named.ts';
import { incidentNamed } from '../../incidents.ts';
import type { Found } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import type { Reply } from '../../reply.ts';
import { sayPeople } from '../../say/incident.ts';
import { verb } from '../../verb.ts';
import type { Desk } from '../../verb.ts';
import { actIn, leading } from './act.ts';

const Asked = z.object({ of: z.string().nullable(), role: z.string().nullable(), whom: z.string().nullable() });

/** Says who does what in an incident, takes a role, or hands it over. */
export const ROLE = verb(Asked, async (acting, { of, role: typed, whom }, desk) => {
  const found = await incidentNamed(desk, of);
  if ('says' in found) return refused('words', [found.says]);
  if (typed === null) {
    const { incident, record } = found.incident;
    const people = Object.fromEntries(INCIDENT_ROLES.map((role) => [role, record.people[role]?.name ?? null]));
    return done([`${sayPeople(record) || 'Nobody has a role yet'}. Take one with \`rollbot incident role <role>\`.`], { incident, people });
  }
  const named = incidentRoleNamed(typed);
  if ('says' in named) return refused('words', [named.says]);
  const { role } = named;
  if (whom !== null && whom.toLowerCase() !== 'me') return await handOver(acting, desk, found, { role, whom });
  return await actIn(desk, found, { kind: 'take-role', role, ...leading(acting, desk) }, `You are ${role} of this incident now.`);
});

async function handOver(
  acting: Acting,
  desk: Desk,
  found: Found,
  { role, whom }: { readonly role: IncidentRole; readonly whom: string },
): Promise<Reply> {
  const person = personNamed(desk.catalog.settings(), whom);
  if ('says' in person) return refused('words', [person.says]);
  // Read anew: who may command is decided by what they hold now.
  const to = await desk.people.read(person.id, { fresh: true });
  if (to.status === 'unreadable')
    return refused('rules', [
      `Nobody says at the moment who ${whom} is (${to.why}). Hand it to somebody under terminal: in rollbot.yml, or try again when Slack answers.`,
    ]);
  const name = to.status === 'member' ? to.name : 'They';
  const act = { kind: 'hand-over-role', role, to, ...leading(acting, desk) } as const;
  return await actIn(desk, found, act, `${name} is ${role} of this incident now.`);
}
