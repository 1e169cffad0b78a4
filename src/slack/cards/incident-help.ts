import { sayDuration } from '../../core/duration.ts';
import type { Instant } from '../../core/brand.ts';
import { card, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import type { Incident } from './incident-card.ts';
import { sentence } from './replies.ts';
import { safe } from './text.ts';

/** `/incident help`. */
export function incidentHelpCard(): Card {
  const rows = [
    '`/incident open [severity] [title]` opens one; without a title a form does',
    '`/incident status` shows the incident of this channel, and `/incident list` all open ones',
    '`/incident severity <severity>` says how bad it is, and so who is called and how often people outside hear of it',
    '`/incident role [commander|scribe|communications] [@name]` shows who does what, takes a role, or hands it over',
    '`/incident note <text>` puts a line into the timeline; so do the shortcut *Add to timeline* of a message, and a reaction',
    '`/incident update` opens a form with what to tell engineers and the business',
    '`/incident report` opens a form for root cause, lessons and action items, also after the end',
    '`/incident close [reason]` closes it and writes its report; `/incident reopen <reason>` opens it again',
    '`/incident todo [mine|all]` lists what is left to be done afterwards',
  ];
  return card({ text: `What /incident understands: ${rows.join('; ')}`, top: [section('*What /incident understands*')], rows });
}

/** `/incident list`: the open ones, newest first. */
export function incidentListCard(incidents: readonly Incident[], broken: readonly string[], now: Instant): Card {
  if (incidents.length + broken.length === 0) return sentence('No incident is open. `/incident open` opens one.');
  const rows = [
    ...incidents.map((incident) => `• ${rowOf(incident, now)}`),
    ...broken.map((says) => `:rotating_light: ${safe(says, 500)}`),
  ];
  const title = incidents.length === 1 ? 'One open incident' : `${incidents.length} open incidents`;
  return card({ text: [title, ...rows].join('; '), top: [header(title)], rows });
}

function rowOf({ title, drill, channel, openedAt, record }: Incident, now: Instant): string {
  const { severity, people } = record;
  return [
    `*${drill ? 'Drill: ' : ''}${safe(title)}*${channel ? ` in <#${channel.id}>` : ''}`,
    ...(severity ? [safe(severity.id, 40)] : []),
    `open since ${sayDuration(now - openedAt)}`,
    people.commander ? `commander ${safe(people.commander.name, 80)}` : 'no commander',
  ].join(' · ');
}
