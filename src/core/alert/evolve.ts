import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { AlertFact } from './event.ts';
import { noted, quiet, quietFrom } from './flapping.ts';
import { MOST_ALERTS } from './state.ts';
import type { AlertGroup, AlertState, Episode, GroupAlert } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'alert-3';

/** What is known before anything was said. */
export const INITIAL: AlertState = { status: 'none' };

type Event = Timed<AlertFact>;
type Of<Type extends AlertFact['type']> = Extract<Event, { type: Type }>;

/** Folds one event into what is known of a group. Total: it never throws. */
export function evolve(before: AlertState, event: Event): AlertState {
  if (event.type === 'alerts-noted') return withNews(before.status === 'none' ? unheard(event) : before, event);
  if (before.status === 'none') return before;
  switch (event.type) {
    case 'group-opened':
      return opened(before, event);
    case 'group-raised': {
      const { episode } = before;
      return { ...before, before: episode, episode: { ...episode, number: episode.number + 1, token: event.token, storm: null } };
    }
    case 'group-closed': {
      const { at } = event;
      const history = noted(before.history, false, at);
      return { ...before, status: 'closed', overflowed: false, episode: { ...before.episode, closedAt: at }, history };
    }
    case 'flapping-began':
      return { ...before, flapping: true };
    case 'flapping-ended':
      return { ...before, flapping: false };
    case 'group-silenced':
      return { ...before, silence: { until: event.until, by: event.by } };
    case 'silence-ended':
      return { ...before, silence: null };
    case 'incident-joined':
      return { ...before, incident: { stream: event.stream, by: event.by, at: event.at } };
    case 'held-back':
      return { ...before, episode: { ...before.episode, storm: event.storm } };
    default:
      event satisfies never;
      return before;
  }
}

/** When time alone makes something due: the end of a silence, or of flapping. */
export function nextDueAt(state: AlertState): Instant | null {
  if (state.status === 'none') return null;
  const times = [...(state.silence ? [state.silence.until] : []), ...(state.flapping ? [quietFrom(state.history)] : [])];
  return times.length === 0 ? null : (Math.min(...times) as Instant);
}

function unheard({ source, group, title, at }: Of<'alerts-noted'>): AlertGroup {
  return {
    status: 'closed',
    source,
    group,
    title,
    alerts: [],
    more: [],
    overflowed: false,
    left: 0,
    firedEver: 0,
    episode: NO_EPISODE,
    before: null,
    history: quiet(at),
    flapping: false,
    silence: null,
    incident: null,
  };
}

const NO_EPISODE: Episode = {
  number: 0,
  token: '' as Episode['token'],
  openedAt: 0 as Instant,
  closedAt: null,
  fired: 0,
  resolved: 0,
  repeats: 0,
  returns: 0,
  storm: null,
};

function withNews(state: AlertGroup, event: Of<'alerts-noted'>): AlertGroup {
  const { title, left, saidAt, fired, more, resolved, fewer, overflowed, repeats } = event;
  const ended = new Map(resolved.map(({ key, endsAt }) => [key, endsAt]));
  const gone = new Set(fewer);
  const begun = new Set(fired.map(({ key }) => key));
  const all: readonly GroupAlert[] = [
    ...state.alerts.filter(({ key }) => !begun.has(key)),
    ...fired.map((alert) => ({ ...alert, saidAt })),
  ].map((alert) => {
    const endsAt = ended.get(alert.key);
    return endsAt === undefined ? alert : { ...alert, status: 'resolved', endsAt, saidAt };
  });
  const { episode } = state;
  const firing = fired.length + more.length;
  return {
    ...state,
    title,
    left,
    alerts: remembered(all),
    more: [...state.more, ...more].filter((digest) => !gone.has(digest)),
    overflowed: state.overflowed || overflowed,
    firedEver: state.firedEver + firing,
    episode: {
      ...episode,
      fired: episode.fired + firing,
      resolved: episode.resolved + resolved.length + fewer.length,
      repeats: episode.repeats + repeats,
    },
  };
}

/** Forgets those first that have been resolved for longest. */
function remembered(alerts: readonly GroupAlert[]): readonly GroupAlert[] {
  if (alerts.length <= MOST_ALERTS) return alerts;
  const resolved = alerts.filter(({ status }) => status === 'resolved').toSorted((a, b) => a.saidAt - b.saidAt);
  const forgotten = new Set(resolved.slice(0, alerts.length - MOST_ALERTS));
  return alerts.filter((alert) => !forgotten.has(alert)).slice(0, MOST_ALERTS);
}

/** A new message, unless nobody is to be told; what the news has counted belongs to the episode that begins with it. */
function opened(state: AlertGroup, { token, again, at }: Of<'group-opened'>): AlertGroup {
  const { episode } = state;
  const history = noted(state.history, true, at);
  if (again && episode.number > 0)
    return { ...state, status: 'open', history, episode: { ...episode, closedAt: null, returns: episode.returns + 1 } };
  const firing = state.alerts.filter(({ status }) => status === 'firing').length + state.more.length;
  return {
    ...state,
    status: 'open',
    history,
    incident: null,
    before: episode.number === 0 ? null : { ...episode, fired: episode.fired - firing },
    episode: { ...NO_EPISODE, number: episode.number + 1, token, openedAt: at, fired: firing },
  };
}
