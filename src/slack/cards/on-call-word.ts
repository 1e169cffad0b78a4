import type { RoleId } from '../../core/brand.ts';
import type { CancelledOverride, MadeOverride } from '../../core/calendar/state.ts';
import type { Turn } from '../../core/contact/rotation.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

const MOST_TURNS = 5;

/** Tells somebody in their direct messages that somebody else has put them on call, so that nobody is on call without knowing it. */
export function putOnCallCard({ id, by, from, to }: MadeOverride, roles: readonly RoleId[]): Card {
  const text = `${who(by)} has put you on call for ${named(roles)} from ${moment(from)} to ${moment(to)}`;
  const back = `If you can't, say so to them, or type \`/oncall cancel ${first(roles)} ${safe(id, 20)}\`. Pages for it call you first until then.`;
  return word(text, back);
}

/** Tells somebody that an override has taken their time on call; `name` is who is on call instead. */
export function replacedCard({ by }: MadeOverride, name: string, turns: readonly Turn[], roles: readonly RoleId[]): Card {
  const text = `${who(by)} has put ${safe(name, 80)} on call for ${named(roles)} instead of you ${sayTurns(turns)}`;
  return word(text, `Pages for it call them first. \`/oncall ${first(roles)}\` shows who is on call, and who is next.`);
}

/** Tells somebody that they are not on call after all. */
export function takenBackCard({ from, to, back }: CancelledOverride, roles: readonly RoleId[]): Card {
  const text = `${who(back.by)} has taken it back that you are on call for ${named(roles)} from ${moment(from)} to ${moment(to)}`;
  return word(text, `\`/oncall ${first(roles)}\` shows who is on call now, and who is next.`);
}

/** Tells whoever is on call because an override was taken back, so that nobody sleeps on because somebody else was on call. */
export function onCallAgainCard({ back }: CancelledOverride, name: string, turns: readonly Turn[], roles: readonly RoleId[]): Card {
  const text = `You are on call for ${named(roles)} ${sayTurns(turns)}: ${who(back.by)} has taken it back that ${safe(name, 80)} is`;
  return word(text, `Pages for it call you first. If you can't, \`/oncall override ${first(roles)}\` puts somebody else on call.`);
}

function word(text: string, small: string): Card {
  return card({ text: `${text}.`, top: [section(`:calendar: *${text}*`)], bottom: [context(small)] });
}

function named(roles: readonly RoleId[]): string {
  return safe(sayList(roles, 'and'), 300);
}

function first(roles: readonly RoleId[]): string {
  return safe(roles[0] ?? '', 60);
}

function sayTurns(turns: readonly Turn[]): string {
  const said = turns.slice(0, MOST_TURNS).map(({ from, to }) => `from ${moment(from)} to ${moment(to)}`);
  return sayList([...said, ...(turns.length > MOST_TURNS ? [`${turns.length - MOST_TURNS} more times`] : [])], 'and');
}
