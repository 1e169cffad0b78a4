import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { StormFact } from './event.ts';
import type { Storm, StormState, Weather } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'storm-1';

export const INITIAL: StormState = { status: 'none' };

const CALM: Weather = { status: 'calm', opened: [], storm: null, quarantine: null };
const MOST_OPENED = 100;

/** Folds one event into what is known of all alerts. Total: it never throws. */
export function evolve(before: StormState, event: Timed<StormFact>): StormState {
  const state = before.status === 'none' ? CALM : before;
  switch (event.type) {
    case 'group-counted':
      return { ...state, opened: opened(state, event, MOST_OPENED, event.withinMs) };
    case 'storm-began': {
      const { at: since, limit, withinMs, groups, alerts } = event;
      const number = (state.storm?.number ?? 0) + 1;
      const storm = { number, since, until: null, limit, withinMs, groups, alerts, heldBack: 0, resolved: 0 };
      return { ...state, status: 'storm', storm };
    }
    case 'group-held-back': {
      const { alerts } = event;
      const { limit, withinMs } = state.storm ?? { limit: MOST_OPENED, withinMs: 0 };
      const counted = changed(state, (storm) => ({
        groups: storm.groups + 1,
        alerts: storm.alerts + alerts,
        heldBack: storm.heldBack + 1,
      }));
      return { ...counted, opened: opened(state, event, limit, withinMs) };
    }
    case 'more-held-back':
      return changed(state, (storm) => ({ alerts: storm.alerts + event.alerts }));
    case 'held-back-resolved':
      return changed(state, (storm) => ({ resolved: storm.resolved + 1 }));
    case 'held-back-returned':
      return changed(state, (storm) => ({ resolved: storm.resolved - 1 }));
    case 'storm-ended':
      return { ...changed(state, () => ({ until: event.at })), status: 'calm' };
    case 'quarantine-noted': {
      const { at, source, says, kept } = event;
      return { ...state, quarantine: { number: (state.quarantine?.number ?? 0) + 1, at, source, says, kept } };
    }
    default:
      event satisfies never;
      return before;
  }
}

/** When a storm will be over if no more groups open: once no more than half of what begins one have opened of late. */
export function calmFrom(state: StormState): Instant | null {
  if (state.status !== 'storm' || !state.storm) return null;
  const { limit, withinMs } = state.storm;
  const last = state.opened.at(-1 - Math.floor(limit / 2));
  return ((last?.at ?? state.storm.since) + withinMs) as Instant;
}

function opened(
  { opened: before }: Weather,
  { at, alerts }: { readonly at: Instant; readonly alerts: number },
  most: number,
  withinMs: number,
): Weather['opened'] {
  return [...before.filter((each) => at - each.at < withinMs), { at, alerts }].slice(-most);
}

function changed(state: Weather, change: (storm: Storm) => Partial<Storm>): Weather {
  return state.storm ? { ...state, storm: { ...state.storm, ...change(state.storm) } } : state;
}
