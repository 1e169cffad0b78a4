import type { Instant } from '../../core/brand.ts';
import { firingIn, MOST_ALERTS, MOST_MORE } from '../../core/alert/state.ts';
import type { AlertGroup, Episode, GroupAlert } from '../../core/alert/state.ts';
import { ACTIONS } from '../actions.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { count } from './numbers.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

export type AlertCardParts = {
  readonly group: AlertGroup;
  readonly episode: Episode;
  /** The channel of its incident, where it has one. */
  readonly channel: string | null;
  /** Whether `rollbot.yml` has a rule that can be watched for it. */
  readonly canWatch: boolean;
};

/** How many alerts of a group are shown one by one. */
const MOST_SHOWN = 8;
/** What stands in every row already, or says nothing to a person. */
const UNTOLD = new Set(['alertname', 'rollbot_target', 'grafana_folder', 'prometheus', 'monitor']);

/** The live message of a group of alerts. */
export function alertCard({ group, episode, channel, canWatch }: AlertCardParts): Card {
  const isOpen = group.status === 'open' && episode.number === group.episode.number;
  const lead = isOpen ? sayFiring(group) : sayOver(episode);
  const where = `from ${safe(group.source, 40)}, since ${moment(episode.openedAt)}`;
  const lasting = isOpen || group.flapping ? standing(group) : [];
  const joined = group.incident === null ? [] : [`Incident ${channel === null ? 'opened' : `<#${channel}>`} by ${who(group.incident.by)}`];
  return card({
    text: [`${safe(group.title)}: ${lead}`, ...lasting, ...(isOpen ? firing(group).slice(0, 3).map(sayAlert) : [])].join(' · '),
    top: [header(group.title), section([lead, ...lasting, ...joined].join('\n'))],
    rows: isOpen ? rowsOf(group) : [],
    bottom: [context([where, ...counted(episode)].join(' · ')), ...(isOpen ? [choices(group, episode, canWatch)] : [])],
  });
}

function sayFiring(group: AlertGroup): string {
  const many = group.overflowed ? `More than ${count(MOST_ALERTS + MOST_MORE)}` : count(firingIn(group));
  const resolved = group.episode.resolved > 0 ? `, ${count(group.episode.resolved)} resolved` : '';
  const left = group.left > 0 ? `, and ${count(group.left)} that the source has left out` : '';
  return `:rotating_light: *${many} firing*${resolved}${left}`;
}

function sayOver({ closedAt }: Episode): string {
  return closedAt === null ? ':fast_forward: *It goes on below*' : `:white_check_mark: *Resolved* ${moment(closedAt)}`;
}

/** What holds for a while. */
function standing({ flapping, silence }: AlertGroup): readonly string[] {
  return [
    ...(flapping ? [':left_right_arrow: It comes and goes all the time, so it is only brought up to date here'] : []),
    ...(silence ? [`:no_bell: Silenced until ${moment(silence.until)} by ${who(silence.by)}`] : []),
  ];
}

function counted({ fired, repeats, returns }: Episode): readonly string[] {
  return [
    `${count(fired)} ${fired === 1 ? 'alert' : 'alerts'}`,
    ...(returns > 0 ? [`came back ${times(returns)}`] : []),
    ...(repeats > 0 ? [`said again ${times(repeats)}`] : []),
  ];
}

function times(many: number): string {
  return ['never', 'once', 'twice'][many] ?? `${count(many)} times`;
}

function firing({ alerts }: AlertGroup): readonly GroupAlert[] {
  return alerts.filter(({ status }) => status === 'firing');
}

function rowsOf(group: AlertGroup): readonly string[] {
  const shown = firing(group).slice(0, MOST_SHOWN);
  const more = firingIn(group) - shown.length;
  return [...shown.map((alert) => `• ${sayAlert(alert)}${linkOf(alert)}`), ...(more > 0 ? [`_… and ${count(more)} more_`] : [])];
}

function sayAlert({ title, labels, summary, value, startsAt }: GroupAlert): string {
  const told = Object.entries(labels)
    .filter(([name]) => !UNTOLD.has(name))
    .slice(0, 5)
    .map(([name, text]) => `${safe(name, 30)}=${safe(text, 60)}`);
  const says = summary === null ? safe(title, 150) : safe(summary, 300);
  const at = since(startsAt);
  return [says, ...(told.length > 0 ? [told.join(', ')] : []), ...(value === null ? [] : [`value ${value}`]), at].join(' · ');
}

function since(at: Instant): string {
  return `since ${moment(at)}`;
}

/** Addresses were checked when they came in, so nothing in one can end the link. */
function linkOf({ link }: GroupAlert): string {
  return link === null ? '' : ` · <${link.replaceAll('&', '&amp;')}|look>`;
}

function choices({ silence, incident }: AlertGroup, { token }: Episode, canWatch: boolean): ReturnType<typeof buttons> {
  return buttons(
    button(ACTIONS.alertRollBack, 'Roll back…', token, { style: 'primary' }),
    ...(canWatch ? [button(ACTIONS.alertWatch, 'Watch', token)] : []),
    ...(incident === null ? [button(ACTIONS.alertIncident, 'Open incident', token)] : []),
    ...(silence === null ? [button(ACTIONS.alertSilence, 'Silence 1 h', token)] : []),
  );
}
