import { firingIn } from '../../core/alert/state.ts';
import type { AlertGroup } from '../../core/alert/state.ts';
import type { AlertOverview, Shut } from '../../core/alert/port.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { count } from './numbers.ts';
import { literal, safe } from './text.ts';
import { moment } from './words.ts';

/** `/rollback alerts`: what fires, and what nobody could read with how it begins. */
export function alertsOverviewCard({ groups, shut }: Omit<Extract<AlertOverview, { status: 'shown' }>, 'status'>): Card {
  const open =
    groups.length === 0 ? 'No alert is firing.' : `*${count(groups.length)} ${groups.length === 1 ? 'group' : 'groups'} of alerts firing*`;
  const kept = shut.length === 0 ? [] : [`:warning: *In quarantine, because nobody could read it*: ${count(shut.length)}`];
  const rows = [...groups.map(sayGroup), ...kept, ...shut.map(sayShut)];
  return card({
    text: [open, ...rows].join('; '),
    top: [section(open)],
    rows,
    bottom: shut.length === 0 ? [] : [context('docs/alerts.md says what each source has to send')],
  });
}

function sayGroup(group: AlertGroup): string {
  const { title, source, episode, silence, flapping } = group;
  return [
    `:rotating_light: *${safe(title, 150)}*`,
    `${count(firingIn(group))} firing`,
    `from ${safe(source, 40)} since ${moment(episode.openedAt)}`,
    ...(silence ? [`silenced until ${moment(silence.until)}`] : []),
    ...(flapping ? ['comes and goes'] : []),
    ...(episode.storm === null ? [] : ['held back in a storm']),
  ].join(' · ');
}

function sayShut({ source, at, says, begins, characters }: Shut): string {
  return `• from *${safe(source, 40)}* ${moment(at)}: ${safe(says, 300)}\n     ${literal(safe(begins))} · ${count(characters)} characters`;
}
