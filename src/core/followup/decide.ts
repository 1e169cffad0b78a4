import type { Instant } from '../brand.ts';
import { sharedRoles } from '../incident/find.ts';
import { LONGEST_REASON, said } from '../incident/said.ts';
import { sayList } from '../procedure/nearest.ts';
import type { FollowUpCommand } from './command.ts';
import type { FollowUpFact, OpenedItem } from './event.ts';
import { refuse } from './refusal.ts';
import type { FollowUpRefusal } from './refusal.ts';
import { owedReminder } from './schedule.ts';
import { itemBy } from './state.ts';
import type { FollowUp, FollowUpState } from './state.ts';

type Decision = readonly FollowUpFact[] | FollowUpRefusal;
type Of<Kind extends FollowUpCommand['kind']> = Extract<FollowUpCommand, { kind: Kind }>;
type ByPerson = Of<'take' | 'finish' | 'postpone'>;

const FURTHEST_MS = 183 * 24 * 60 * 60_000;

/** The rules of follow-ups: who may take them, end them or move their dates, and when people are reminded. */
export function decide(state: FollowUpState, command: FollowUpCommand, now: Instant): Decision {
  switch (command.kind) {
    case 'open':
      return open(state, command, now);
    case 'give-buttons': {
      const item = state.status === 'none' ? undefined : state.items.find(({ id }) => id === command.item);
      return item?.token === null ? [{ type: 'buttons-given', item: item.id, token: command.token }] : [];
    }
    case 'remind':
      return state.status === 'none' ? [] : state.items.flatMap((item) => reminded(item, now));
    case 'take':
    case 'finish':
    case 'postpone':
      return byPerson(state, command, now);
    default:
      return command satisfies never;
  }
}

function open(state: FollowUpState, { incident, title, drill, wanted }: Of<'open'>, now: Instant): Decision {
  const known = state.status === 'none' ? [] : state.items;
  const titles = new Set(known.map((item) => nameOf(item)));
  const items: OpenedItem[] = [];
  for (const each of wanted) {
    if (titles.has(nameOf(each)) || (drill && !each.drills)) continue;
    titles.add(nameOf(each));
    const { title: what, owner, dueMs, from, notBy } = each;
    const id = `f${known.length + items.length + 1}`;
    items.push({ id, title: what, owner, dueAt: (now + dueMs) as Instant, from, ...(notBy !== undefined && { notBy }) });
  }
  return items.length === 0 ? [] : [{ type: 'follow-ups-opened', incident, title, drill, items }];
}

function nameOf({ title }: { readonly title: string }): string {
  return title.trim().toLowerCase();
}

function reminded(item: FollowUp, now: Instant): readonly FollowUpFact[] {
  const owed = owedReminder(item, now);
  return owed ? [{ type: 'reminded', item: item.id, ...owed }] : [];
}

function byPerson(state: FollowUpState, command: ByPerson, now: Instant): Decision {
  const { token, by, roles, commanders } = command;
  const item = itemBy(state, token);
  if (!item) return refuse('no-such-follow-up');
  if (item.done) return refuse('done-already', `${item.done.by.name} did it.`);
  if (item.notBy === by.id) return refuse('about-you');
  const isTheirs = item.taken?.by.id === by.id;
  if (!isTheirs && sharedRoles(roles, [item.owner, ...commanders]).length === 0) {
    return refuse('not-in-role', `It needs ${sayList([item.owner])}.`);
  }
  if (command.kind === 'finish') return [{ type: 'done', item: item.id, by }];
  if (command.kind === 'take') return isTheirs ? refuse('yours-already') : [{ type: 'taken', item: item.id, by }];
  const { to } = command;
  const reason = said(command.reason, LONGEST_REASON);
  if (to <= now) return refuse('date-passed');
  if (to - now > FURTHEST_MS) return refuse('date-too-far');
  return reason === '' ? refuse('reason-needed') : [{ type: 'postponed', item: item.id, by, to, reason }];
}
