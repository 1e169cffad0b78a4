import type { Instant } from '../../core/brand.ts';
import type { Json } from '../../core/digest.ts';
import { sayDuration } from '../../core/duration.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import { INCIDENT_ROLES } from '../../core/incident/record-event.ts';
import { updateDueAt } from '../../core/incident/record.ts';
import type { IncidentRecord } from '../../core/incident/record.ts';
import type { Incident } from '../incidents.ts';

/** An incident in one line: what it is, how bad, since when, where, and who leads it. */
export function incidentLine(incident: Incident, now: Instant): string {
  const { incident: id, record, channel } = incident;
  return [
    `${id}  ${titleOf(incident)}`,
    ...(record.severity ? [record.severity.id] : []),
    standing(incident, now),
    ...(channel ? [`#${channel.name}`] : []),
    record.people.commander ? `commander ${record.people.commander.name}` : 'no commander',
  ].join(' · ');
}

/** The first lines about one incident: what it is, how it stands, who does what, and when people outside hear of it next. */
export function incidentHead(incident: Incident, now: Instant): readonly string[] {
  const { incident: id, record, openedBy, channel } = incident;
  const dueAt = incident.status === 'open' ? updateDueAt(record) : null;
  return [
    `Incident ${id}: ${titleOf(incident)}`,
    `  ${standing(incident, now)}, opened by ${nameOf(openedBy)}${channel ? ` · #${channel.name}` : ''}`,
    ...(incident.status === 'closed' && incident.closeReason !== null ? [`  because: ${incident.closeReason}`] : []),
    `  severity: ${record.severity ? `${record.severity.id}, ${record.severity.title}` : 'not set'}`,
    `  roles: ${sayPeople(record) || 'nobody has one yet'}`,
    ...(dueAt === null ? [] : [`  people outside ${dueAt <= now ? 'wait' : 'hear of it next'} ${sayDistance(dueAt, now)}`]),
  ];
}

/** The same as data. */
export function incidentData(incident: Incident): { readonly [key: string]: Json } {
  const { incident: id, title, drill, status, openedAt, openedBy, channel, record } = incident;
  return {
    incident: id,
    title,
    drill,
    status,
    openedAt: iso(openedAt),
    openedBy: nameOf(openedBy),
    closedAt: incident.status === 'closed' ? iso(incident.closedAt) : null,
    closedBy: incident.status === 'closed' ? nameOf(incident.closedBy) : null,
    channel: channel?.name ?? null,
    severity: record.severity?.id ?? null,
    people: Object.fromEntries(INCIDENT_ROLES.map((role) => [role, record.people[role]?.name ?? null])),
  };
}

/** Who does what, in one line; nothing where nobody does anything yet. */
export function sayPeople({ people }: IncidentRecord): string {
  return INCIDENT_ROLES.flatMap((role) => (people[role] ? [`${role} ${people[role].name}`] : [])).join(' · ');
}

/** How an incident is called; a drill says that it is one. */
export function titleOf({ title, drill }: Pick<Incident, 'title' | 'drill'>): string {
  return drill ? `Drill: ${title}` : title;
}

function standing(incident: Incident, now: Instant): string {
  if (incident.status === 'open') return `open since ${sayDuration(now - incident.openedAt)}`;
  return `closed by ${nameOf(incident.closedBy)} after ${sayDuration(incident.closedAt - incident.openedAt)}`;
}

function sayDistance(at: Instant, now: Instant): string {
  return at <= now ? `for an update since ${sayDuration(now - at)}` : `in ${sayDuration(at - now)}`;
}

/** A moment as programs read it. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
