import type { PersonId, TokenId } from '../../core/brand.ts';
import { incidentRoleNamed } from '../../core/incident/people.ts';
import type { IncidentRole } from '../../core/incident/record-event.ts';
import { severityNamed } from '../../core/incident/severities.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import { sayPeople } from '../cards/record-cards.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Visit } from './entry.ts';
import { doHere, incidentHere, leading } from './incident-here.ts';
import type { Here } from './incident-here.ts';

/** `/incident severity`: says which one it has, or sets one. */
export async function setSeverity(visit: Visit, desk: Desk, text: string): Promise<void> {
  const here = await incidentHere(visit, desk);
  if (here === null) return;
  const settings = desk.catalog.settings();
  const now = here.incident.record.severity;
  if (text === '') {
    const known = sayList(Object.keys(settings.severities ?? {}), 'or');
    return await visit.tell(
      sentence(
        `The severity is ${now ? now.id : 'not set'}. Set it with \`/incident severity <severity>\`: ${known || 'rollbot.yml names none'}.`,
      ),
    );
  }
  const severity = severityNamed(settings, text.toLowerCase());
  if ('says' in severity) return await visit.tell(sentence(severity.says));
  const act = { kind: 'set-severity', severity, token: desk.token() as TokenId, ...leading(visit, desk) } as const;
  await doHere(visit, desk, here.stream, act, `The severity is ${severity.id} now: ${severity.title}.`);
}

/** `/incident role`: says who does what, takes a role, or hands it over to whoever is mentioned. */
export async function changeRole(visit: Visit, desk: Desk, [name = '', whom = '']: readonly string[]): Promise<void> {
  const here = await incidentHere(visit, desk);
  if (here === null) return;
  if (name === '')
    return await visit.tell(
      sentence(`${sayPeople(here.incident.record) || 'Nobody has a role yet'}. Take one with \`/incident role <role>\`.`),
    );
  const named = incidentRoleNamed(name);
  if ('says' in named) return await visit.tell(sentence(named.says));
  const { role } = named;
  if (whom === '' || whom.toLowerCase() === 'me') {
    return await doHere(
      visit,
      desk,
      here.stream,
      { kind: 'take-role', role, ...leading(visit, desk) },
      `You are ${role} of this incident now.`,
    );
  }
  await handOver(visit, desk, here, role, whom);
}

async function handOver(visit: Visit, desk: Desk, { stream }: Here, role: IncidentRole, whom: string): Promise<void> {
  const id = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(whom)?.[1];
  if (id === undefined) return await visit.tell(sentence(`Mention whoever takes over: \`/incident role ${role} @name\`.`));
  // Read anew: who may command is decided by what they hold now.
  const to = await desk.people.read(id as PersonId, { fresh: true });
  if (to.status === 'unreadable') return await visit.tell(sentence('Slack does not say at the moment who that is. Try again in a minute.'));
  const name = to.status === 'member' ? to.name : 'They';
  await doHere(
    visit,
    desk,
    stream,
    { kind: 'hand-over-role', role, to, ...leading(visit, desk) },
    `${name} is ${role} of this incident now.`,
  );
}
