import type { ModalView } from '@slack/types';
import type { MadeOverride } from '../../core/calendar/state.ts';
import type { Plan, Reachable } from '../../core/contact/port.ts';
import { VIEWS } from '../actions.ts';
import type { FormNote } from '../incoming.ts';
import { card, context, plainText, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { form, input, option, refusalView } from './forms.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

/** `/oncall`: who is on call for each role, until when, and who is next. */
export function onCallCard(plans: readonly Plan[]): Card {
  const rows = plans.flatMap(({ duty, next }) => [rowOf(duty, next[0])]);
  return card({
    text: ['Who is on call', ...rows].join('; '),
    top: [section('*Who is on call*')],
    rows,
    bottom: [context('`/oncall <role>` says more; `/oncall override` puts somebody else on call for a while.')],
  });
}

/** `/oncall <role>`: the same for one of them, with how everybody is reached, what comes next and what was changed. */
export function dutyCard({ duty, next, overrides, rotation }: Plan): Card {
  const rows = [
    ...duty.all.map((person) => `• ${named(person)} by ${sayMedia(person)}${person === duty.first ? ' · *on call*' : ''}`),
    ...(duty.all.length === 0 ? [':warning: Nobody can be reached for this role.'] : []),
    ...next.map((shift) => `:arrow_right: ${named(shift.who)} from ${moment(shift.from)}${shift.instead ? ' (override)' : ''}`),
    ...overrides.map((override) => overrideRow(override, duty.all)),
    ...(duty.unreadable === null ? [] : [`:warning: Slack can't say at this moment who else is in it: ${safe(duty.unreadable, 200)}`]),
  ];
  const title = `*${safe(duty.role, 60)}*${duty.first ? `: ${named(duty.first)}${until(duty.until)}` : ''}`;
  const how = rotation === null ? 'It has no rotation: whoever holds it is called.' : `Rotation ${safe(rotation, 60)} of rollbot.yml`;
  return card({ text: [title, ...rows].join('; '), top: [section(title)], rows, bottom: [context(how)] });
}

/** `/oncall help`. */
export function onCallHelp(): Card {
  const rows = [
    '`/oncall` shows who is on call for each role, until when, and who is next',
    '`/oncall <role>` shows everybody who is reached for it, and how',
    '`/oncall override` opens a form to put somebody else on call for a while',
    '`/oncall override <role> <who> [from <when>] to <when>` does it at once; `for 4h` may stand instead of `to`',
    '`/oncall cancel <role> [<override>]` takes it back',
  ];
  return card({ text: `Who is on call: ${rows.join('; ')}`, top: [section('*Who is on call*')], rows });
}

/** A form for an override: who, of those who hold each role, and from when to when in the reader's own zone. */
export function overrideForm(plans: readonly Plan[], note: FormNote, now: number): ModalView {
  const groups = plans
    .filter(({ rotation, duty }) => rotation !== null && duty.all.length > 0)
    .map(({ duty }) => ({
      label: plainText(duty.role, 75),
      options: duty.all.slice(0, 100).map(({ contact, name }) => option(`${duty.role} ${contact}`, name)),
    }));
  if (groups.length === 0) return refusalView(OVERRIDE_TITLE, 'No role here has a rotation. Give it one in rollbot.yml, with "on-call".');
  const hour = 3600;
  const begins = Math.ceil(now / 1000 / 300) * 300;
  return form(
    VIEWS.override,
    OVERRIDE_TITLE,
    'Put on call',
    [
      input(
        'who',
        'Who',
        { type: 'static_select', action_id: 'who', option_groups: groups.slice(0, 100) },
        'Only who holds a role can be on call for it.',
      ),
      input('from', 'From', { type: 'datetimepicker', action_id: 'from', initial_date_time: begins }),
      input('to', 'To', { type: 'datetimepicker', action_id: 'to', initial_date_time: begins + 8 * hour }),
    ],
    note,
  );
}

export const OVERRIDE_TITLE = 'On call instead';

function rowOf(duty: Plan['duty'], next: Plan['next'][number] | undefined): string {
  const role = `*${safe(duty.role, 60)}*`;
  if (duty.first) return `${role}: ${named(duty.first)}${until(duty.until)}${next ? `, then ${named(next.who)}` : ''}`;
  if (duty.all.length === 0)
    return `${role}: :warning: nobody can be reached${duty.unreadable === null ? '' : ' as far as Slack can say now'}`;
  const names = duty.all.slice(0, 5).map(named);
  const more = duty.all.length - names.length;
  return `${role}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} (no rotation)`;
}

function overrideRow({ id, who: contact, from, to, by }: MadeOverride, all: readonly Reachable[]): string {
  const name = safe(all.find((each) => each.contact === contact)?.name ?? contact, 80);
  return `:twisted_rightwards_arrows: \`${safe(id, 20)}\` ${name} from ${moment(from)} to ${moment(to)}, by ${who(by)}`;
}

/** A name pings nobody. */
function named({ name }: Reachable): string {
  return safe(name, 80);
}

function until(at: Plan['duty']['until']): string {
  return at === null ? '' : ` until ${moment(at)}`;
}

function sayMedia({ media, quiet }: Reachable): string {
  if (media.length === 0) return ':warning: nothing';
  return `${media.join(', ')}${quiet ? ' (quiet hours)' : ''}`;
}
