import type { KnownBlock } from '@slack/types';
import type { Instant } from '../../core/brand.ts';
import { sayDuration } from '../../core/duration.ts';
import type { ReminderWhen } from '../../core/followup/event.ts';
import type { Reminder } from '../../core/followup/reminders.ts';
import type { FollowUp, FollowUpList } from '../../core/followup/state.ts';
import { openItems } from '../../core/followup/state.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { sentence } from './replies.ts';
import { safe } from './text.ts';
import { call, moment, who } from './words.ts';

/** Each takes two blocks, of which a message has fifty. */
const MOST_ITEMS = 20;

/** The message of an incident's channel with all that is left to be done. */
export function followUpListCard(list: FollowUpList): Card {
  const open = openItems(list);
  const title = open.length === 0 ? 'All follow-ups are done' : `Follow-ups: ${open.length} of ${list.items.length} to do`;
  const done = list.items.filter((item) => item.done !== null);
  return card({
    text: [`${title}: ${safe(nameOf(list), 150)}`, ...open.map(sayItem)].join(' · '),
    top: [header(title), ...open.slice(0, MOST_ITEMS).flatMap((item) => withButtons(item))],
    rows: done.map(
      (item) => `:white_check_mark: ~${safe(item.title, 150)}~ ${item.done ? `${who(item.done.by)}, ${moment(item.done.at)}` : ''}`,
    ),
    bottom: open.length > MOST_ITEMS ? [more(open.length)] : [],
  });
}

export type ReminderParts = {
  readonly list: FollowUpList;
  readonly reminder: Reminder;
  /** For calling a role; null where one person is written to. */
  readonly settings: Settings | null;
};

/** Calls whoever has something to do. Once it is done the message says so, and asks nothing. */
export function reminderCard({ list, reminder, settings }: ReminderParts): Card {
  const waiting = reminder.items.filter(({ done }) => done === null);
  const called = settings ? waiting.map(({ taken, owner }) => (taken ? `<@${taken.by.id}>` : call([owner], settings))) : [];
  const says = `${waiting.length === 0 ? ':white_check_mark: Done' : ':bell: Still to be done'} after ${safe(nameOf(list), 150)}`;
  const text = [...new Set(called), says].join(' ');
  return card({
    text: [text, ...reminder.items.map((item) => `${SAYS[item.when]}: ${sayItem(item)}`)].join(' · '),
    top: [
      section(text),
      ...reminder.items
        .slice(0, MOST_ITEMS)
        .flatMap((item) => (reminder.isOver ? [section(sayItem(item))] : withButtons(item, SAYS[item.when]))),
    ],
    bottom: reminder.items.length > MOST_ITEMS ? [more(reminder.items.length)] : [],
  });
}

const SAYS = { before: 'Soon due', due: 'Due now', after: 'Overdue' } as const satisfies Record<ReminderWhen, string>;

/** `/incident todo`: what is open, incident by incident, for one person. */
export function todoCard(lists: readonly FollowUpList[], now: Instant, none: string): Card {
  const all = lists.flatMap((list) => openItems(list).map((item) => ({ list, item })));
  if (all.length === 0) return sentence(none);
  const title = all.length === 1 ? 'One follow-up is open' : `${all.length} follow-ups are open`;
  const sorted = all.toSorted((a, b) => a.item.dueAt - b.item.dueAt);
  return card({
    text: [title, ...sorted.map(({ item }) => sayItem(item))].join(' · '),
    top: [
      header(title),
      ...sorted
        .slice(0, MOST_ITEMS)
        .flatMap(({ list, item }) => withButtons(item, `${overdue(item, now)}after ${safe(nameOf(list), 120)}`)),
    ],
    bottom: all.length > MOST_ITEMS ? [more(all.length)] : [],
  });
}

function withButtons(item: FollowUp, note?: string): readonly KnownBlock[] {
  const says = section([sayItem(item), ...(note === undefined ? [] : [`_${note}_`])].join('\n'));
  if (item.done || item.token === null) return [says];
  const { token } = item;
  const confirm = { title: 'Is it done?', text: `${item.title}. Nobody is reminded of it after this.`, yes: 'It is done' };
  return [
    says,
    buttons(
      button(ACTIONS.followUpDone, 'Done', token, { confirm }),
      button(ACTIONS.followUpTake, item.taken ? 'Take it over' : 'Take it', token),
      button(ACTIONS.followUpLater, 'Later…', token),
    ),
  ];
}

function sayItem(item: FollowUp): string {
  const { title, owner, taken, done, dueAt, postponed } = item;
  if (done) return `~${safe(title, 150)}~ done by ${who(done.by)}`;
  const has = taken ? `${who(taken.by)} has it` : `for ${safe(owner, 40)}`;
  const last = postponed.at(-1);
  const moved = last ? `, moved by ${who(last.by)}: ${safe(last.reason, 200)}` : '';
  return `*${safe(title, 150)}*, ${has}, due ${moment(dueAt)}${moved}`;
}

function overdue({ dueAt }: FollowUp, now: Instant): string {
  return now > dueAt ? `overdue for ${sayDuration(now - dueAt)}, ` : '';
}

function more(all: number): KnownBlock {
  return context(`… and ${all - MOST_ITEMS} more. \`/incident todo all\` lists what is due first.`);
}

function nameOf({ title, drill }: FollowUpList): string {
  return drill ? `Drill: ${title}` : title;
}
