import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { VendorFact } from './event.ts';
import { REMIND_MS } from './state.ts';
import type { VendorState } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'vendor-1';

export const INITIAL: VendorState = { status: 'none' };

/** Folds one event into what is known of a vendor in an incident. Total: it never throws. */
export function evolve(state: VendorState, event: Timed<VendorFact>): VendorState {
  const { at } = event;
  const remindAt = (at + REMIND_MS) as Instant;
  if (event.type === 'vendor-asked') {
    const { incident, vendor, why, text, owner, by: askedBy, token } = event;
    const number = state.status === 'none' ? 1 : state.number + 1;
    const asked = { number, token, incident, vendor, why, text, owner, askedBy, askedAt: at };
    return { status: 'open', ...asked, mail: { status: 'none' }, reminders: 0, remindAt, over: null };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'task-taken':
      return { ...state, owner: { name: event.by.name, person: event.by.id }, remindAt };
    case 'mail-intended':
      return { ...state, mail: { status: 'intended', by: event.by, at } };
    case 'mail-noted':
      return state.mail.status === 'none'
        ? state
        : { ...state, mail: { status: event.status, by: state.mail.by, at, says: event.says }, remindAt };
    case 'owner-reminded':
      return { ...state, reminders: event.number, remindAt };
    case 'task-over':
      return { ...state, status: 'closed', over: { by: event.by, says: event.says, at } };
    default:
      event satisfies never;
      return state;
  }
}
