import type { FollowUps } from '../../src/core/followup/port.ts';
import { currentReminders } from '../../src/core/followup/reminders.ts';
import { FOLLOW_UP_REFUSALS } from '../../src/core/followup/refusal.ts';
import type { Instant } from '../../src/core/brand.ts';
import { followUpListCard, reminderCard, todoCard } from '../../src/slack/cards/follow-up-card.ts';
import { laterView } from '../../src/slack/cards/forms.ts';
import { Afterwards, DAY, OVER, POST_MORTEM, ROOT_CAUSE } from '../core/followup/scenes.ts';
import { settings } from './story.ts';

const UNKNOWN = { status: 'refused', says: FOLLOW_UP_REFUSALS['no-such-follow-up'], stream: null } as const;

/** An installation that nothing was left to be done in. */
export const NO_FOLLOW_UPS: FollowUps = {
  list: async () => await Promise.resolve([]),
  find: async () => await Promise.resolve(null),
  take: async () => await Promise.resolve(UNKNOWN),
  finish: async () => await Promise.resolve(UNKNOWN),
  postpone: async () => await Promise.resolve(UNKNOWN),
  onChange: () => () => undefined,
};

function after(...deeds: readonly ((after: Afterwards) => unknown)[]): Afterwards {
  const made = new Afterwards();
  for (const deed of deeds) deed(made);
  return made;
}

const taken = (a: Afterwards): unknown => a.who('dana', 'take');
const moved = (a: Afterwards): unknown => a.later('dana', OVER + 3 * DAY, '<!channel> the *log* is at the vendor & late');
const finished = (a: Afterwards): unknown => ['f1', 'f2', 'f3'].map((id) => a.who('dana', 'finish', id));
const many = new Afterwards(
  Array.from({ length: 30 }, (_, index) => ({ ...ROOT_CAUSE, title: `${'Look into it '.repeat(11)}${index}` })),
  false,
);
const drill = new Afterwards([{ ...ROOT_CAUSE, drills: true }], true);

function reminded(made: Afterwards, withSettings = true): object {
  const reminder = currentReminders(made.list).at(-1);
  if (!reminder) throw new Error('Nobody was reminded.');
  return reminderCard({ list: made.list, reminder, settings: withSettings ? settings : null });
}

const none = 'Nothing is left to be done after any incident.';

/** What people read about follow-ups. */
export const FOLLOW_UP_CARDS: Readonly<Record<string, object>> = {
  'follow-ups-open': followUpListCard(after().list),
  'follow-ups-moved': followUpListCard(after(taken, moved, (a) => a.who('priya', 'finish', 'f3')).list),
  'follow-ups-done': followUpListCard(after(finished).list),
  'follow-ups-many': followUpListCard(many.list),
  'follow-ups-drill': followUpListCard(drill.list),
  'reminder-before': reminded(after((a) => a.waits(18 * 60 * 60_000))),
  'reminder-due-taken': reminded(after(taken, (a) => a.waits(DAY))),
  'reminder-overdue-several': reminded(after((a) => a.waits(8 * DAY, 8 * DAY))),
  'reminder-direct': reminded(
    after(taken, (a) => a.waits(DAY)),
    false,
  ),
  'reminder-done': reminded(
    after(
      (a) => a.waits(DAY),
      (a) => a.who('dana', 'finish'),
    ),
  ),
  'todo-two-incidents': todoCard([after(taken).list, new Afterwards([POST_MORTEM]).list], (OVER + 2 * DAY) as Instant, none),
  'todo-nothing': todoCard([after(finished).list], OVER, none),
  'form-later': laterView('Find the root cause <!here>', (OVER + DAY) as Instant, {
    channel: 'C050OPS',
    responseUrl: null,
    token: 'T-f1',
  }),
};
