import type { Timed } from '../stream-kind.ts';
import type { FollowUpFact } from './event.ts';
import type { FollowUp, FollowUpList, FollowUpState } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'followup-1';

export const INITIAL: FollowUpState = { status: 'none' };

/** Folds one event into the follow-ups of an incident. Total: it never throws. */
export function evolve(state: FollowUpState, event: Timed<FollowUpFact>): FollowUpState {
  if (event.type === 'follow-ups-opened') return opened(state, event);
  if (state.status === 'none') return state;
  const items = state.items.map((item) => (item.id === event.item ? changed(item, event) : item));
  return withItems(state, items, event);
}

function opened(state: FollowUpState, event: Extract<Timed<FollowUpFact>, { type: 'follow-ups-opened' }>): FollowUpState {
  const { incident, title, drill, at } = event;
  const known = state.status === 'none' ? [] : state.items;
  const fresh = event.items
    .filter(({ id }) => !known.some((item) => item.id === id))
    .map((item): FollowUp => ({ ...item, openedAt: at, token: null, taken: null, done: null, postponed: [], slot: 0, reminders: [] }));
  const list = state.status === 'none' ? { incident, title, drill } : state;
  return withItems(list, [...known, ...fresh], event);
}

function withItems(
  { incident, title, drill }: Pick<FollowUpList, 'incident' | 'title' | 'drill'>,
  items: readonly FollowUp[],
  { at: lastAt }: Timed<FollowUpFact>,
): FollowUpState {
  return { status: items.every(({ done }) => done) ? 'closed' : 'open', incident, title, drill, items, lastAt };
}

function changed(item: FollowUp, event: Exclude<Timed<FollowUpFact>, { type: 'follow-ups-opened' }>): FollowUp {
  const { at } = event;
  switch (event.type) {
    case 'buttons-given':
      return { ...item, token: item.token ?? event.token };
    case 'taken':
      return { ...item, taken: { by: event.by, at } };
    case 'done':
      return { ...item, done: item.done ?? { by: event.by, at } };
    case 'postponed': {
      const { by, reason, to } = event;
      return { ...item, dueAt: to, slot: 0, postponed: [...item.postponed, { by, from: item.dueAt, reason, at }] };
    }
    case 'reminded':
      return { ...item, slot: event.slot, reminders: [...item.reminders, { when: event.when, at, dueAt: item.dueAt }] };
    default:
      event satisfies never;
      return item;
  }
}
