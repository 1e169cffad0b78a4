import { sayDuration } from '../../core/duration.ts';
import { sayLeft, systemStatusOf } from '../../core/incident/announcements.ts';
import type { IncidentState } from '../../core/incident/state.ts';
import { STATUSES } from './announcement-card.ts';
import { card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { sayPeople } from './record-cards.ts';
import { sayStanding } from './run-card.ts';
import { plain, safe } from './text.ts';
import { moment, OUTCOMES, who } from './words.ts';

export type Incident = Exclude<IncidentState, { status: 'none' }>;

/** The first message of an incident's channel: what this is, since when, and how to end it. */
export function incidentCard(incident: Incident): Card {
  const open = incident.status === 'open';
  const standing = open ? ':rotating_light: *Open*' : `:checkered_flag: *Closed* by ${who(incident.closedBy)} ${moment(incident.closedAt)}`;
  const name = nameOf(incident);
  return card({
    text: `Incident ${safe(incident.incident, 20)}: ${safe(name)} (${open ? 'open' : 'closed'})`,
    top: [
      header(name),
      section(
        [
          standing,
          ...ratedLine(incident),
          ...statusLine(incident),
          `Opened by ${who(incident.openedBy)} ${moment(incident.openedAt)}`,
        ].join('\n'),
      ),
      context(
        `Incident ${safe(incident.incident, 20)}${incident.drill ? ' · *this is a drill*' : ''}${open ? ' · `/rollback` starts another run here · `/incident close` ends it' : ''}`,
      ),
    ],
    rows: incident.runs.map(runRow),
  });
}

/** The last message of an incident's channel. */
export function closingCard(incident: Extract<Incident, { status: 'closed' }>): Card {
  const took = sayDuration(incident.closedAt - incident.openedAt);
  const reason = incident.closeReason === null ? [] : [`Because: ${safe(incident.closeReason, 1000)}`];
  const left = incident.left.length > 0 ? ['*Left open:*', ...incident.left.map((each) => `• ${safe(each, 300)}`)] : [];
  const says = `:checkered_flag: ${who(incident.closedBy)} closed this incident after ${took}.`;
  return card({
    text: [`${says} ${safe(nameOf(incident))}`, ...reason, ...incident.left.map((each) => `Left open: ${safe(each)}`)].join(' '),
    top: [section([says, ...reason].join('\n'))],
    rows: [...incident.runs.map(runRow), ...left],
    bottom: [context(incident.report ? 'The report is in this channel.' : 'The report follows here.')],
  });
}

/** One line for the channel in which it was asked for, and for the one that is told of every incident. */
export function pointerCard(incident: Incident): Card {
  const place = incident.channel ? ` in <#${incident.channel.id}>` : '';
  const standing = incident.runs.map((run) => `${safe(run.procedure.title, 100)} on ${safe(run.target.name, 60)}: ${sayStanding(run)}`);
  const open = incident.status === 'open' ? ':rotating_light:' : ':checkered_flag:';
  const says = `${open} *${safe(nameOf(incident))}*${place}, opened by ${who(incident.openedBy)}`;
  return card({ text: [says, ...standing].join(' · '), top: [section(says)], rows: standing });
}

/** The topic of an incident's channel, of at most 250 characters. */
export function topicOf(incident: Incident): string {
  const state = incident.status === 'open' ? 'Open' : 'Closed';
  const { severity } = incident.record;
  const rated = severity ? [severity.id] : [];
  const says = [`${state}: ${nameOf(incident)}`, ...rated, `incident ${incident.incident}`, `opened by ${who(incident.openedBy)}`];
  return plain(says.join(' · '), 240);
}

/** How bad it is and who does what, where anybody has said so. */
function ratedLine({ record }: Incident): readonly string[] {
  const { severity } = record;
  const rated = severity ? [`*${safe(severity.id, 40)}: ${safe(severity.title)}*`] : [];
  const people = sayPeople(record);
  return [...rated, ...(people === '' ? [] : [people])];
}

function statusLine({ runs }: Incident): readonly string[] {
  const system = systemStatusOf(runs);
  if (!system) return [];
  const says = `${STATUSES[system.status].sign} *${STATUSES[system.status].says}*, as announced ${moment(system.at)}`;
  return system.leftBy ? [says, `:warning: ${sayLeft(system.leftBy)}`] : [says];
}

function nameOf({ title, drill }: Incident): string {
  return drill ? `Drill: ${title}` : title;
}

function runRow(run: Incident['runs'][number]): string {
  const { progress } = run;
  const says = progress.status === 'finished' ? `${OUTCOMES[progress.outcome].sign} ${OUTCOMES[progress.outcome].says}` : sayStanding(run);
  return `• ${safe(run.procedure.title, 100)} on ${safe(run.target.name, 60)} (run ${safe(run.id, 20)}, ${moment(run.startedAt)}): ${says}`;
}
