import type { RoleId } from '../../core/brand.ts';
import type { MadeOverride } from '../../core/calendar/state.ts';
import { sayList } from '../../core/procedure/nearest.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

/** Tells somebody in their direct messages that somebody else has put them on call, so that nobody is on call without knowing it. */
export function putOnCallCard({ id, by, from, to }: MadeOverride, roles: readonly RoleId[]): Card {
  const named = safe(sayList(roles, 'and'), 300);
  const text = `${who(by)} has put you on call for ${named} from ${moment(from)} to ${moment(to)}`;
  const [role = ''] = roles;
  const back = `If you can't, say so to them, or type \`/oncall cancel ${safe(role, 60)} ${safe(id, 20)}\`. Pages for it call you first until then.`;
  return card({ text: `${text}.`, top: [section(`:calendar: *${text}*`)], bottom: [context(back)] });
}
