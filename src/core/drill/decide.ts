import type { Instant, TokenId } from '../brand.ts';
import { digestOf } from '../digest.ts';
import { sharedRoles } from '../incident/find.ts';
import { LONGEST_REASON, said } from '../incident/said.ts';
import { sayList } from '../procedure/nearest.ts';
import type { DrillCommand } from './command.ts';
import type { PinnedDrill } from './drill.ts';
import { due } from './due.ts';
import type { DrillFact, MissedWhy } from './event.ts';
import { refuse } from './refusal.ts';
import type { DrillRefusal } from './refusal.ts';
import { nextOccurrence } from './schedule.ts';
import { isNear, opensUntil } from './state.ts';
import type { DrillState, Planned } from './state.ts';

type Decision = readonly DrillFact[] | DrillRefusal;
type Of<Kind extends DrillCommand['kind']> = Extract<DrillCommand, { kind: Kind }>;

/** The rules of a drill's timetable: everybody is told before it begins, and what was missed is said and never begun late. */
export function decide(state: DrillState, command: DrillCommand, clock: Instant): Decision {
  // A clock that was put back makes nothing happen again.
  const now = state.status === 'none' ? clock : (Math.max(clock, state.lastAt) as Instant);
  if (command.kind === 'keep') return keep(state, command, now);
  if (command.kind === 'start-now') return startNow(state, command, now);
  if (state.status !== 'planned') return refuse('not-planned');
  const { next } = state;
  switch (command.kind) {
    case 'sign-up':
      return signUp(next, command);
    case 'skip':
      return skip(next, command);
    case 'note-started': {
      const { incident, run } = command;
      if (due(state, now).length === 0) return refuse('not-due');
      return [{ type: 'drill-started', incident, run, by: { kind: 'rollbot' }, planned: true }];
    }
    case 'give-up-starting':
      return due(state, now).length === 0 ? refuse('not-due') : [missed('could-not-start', command.says)];
    default:
      return command satisfies never;
  }
}

function keep(state: DrillState, { drill, token, upSince }: Of<'keep'>, now: Instant): Decision {
  if (state.status !== 'planned') return drill ? [plan(drill, token, afterLast(state, now))] : [];
  const { next } = state;
  if (!drill) return [missed('removed', 'It no longer stands in rollbot.yml.')];
  if (now >= next.occurrence.startsAt) {
    const why = whyMissed(next, now, upSince);
    return why ? [why, plan(drill, token, now)] : [];
  }
  const wanted = plan(drill, next.token, afterLast(state, now));
  if (wanted.occurrence.startsAt !== next.occurrence.startsAt) {
    const moved = isAnnounced(next) ? [missed('moved', 'rollbot.yml has another time for it now.')] : [];
    return [...moved, { ...wanted, token }];
  }
  return [...(digestOf(drill) === digestOf(next.drill) ? [] : [wanted]), ...announced(next, now)];
}

function plan(drill: PinnedDrill, token: TokenId, after: Instant): Extract<DrillFact, { type: 'drill-planned' }> {
  return { type: 'drill-planned', drill, occurrence: nextOccurrence(drill.schedule, after), token };
}

/** What was begun before its time, or skipped, is over: its own time does not come again. */
function afterLast(state: DrillState, now: Instant): Instant {
  const last = state.status === 'none' ? null : state.last;
  return last === null || last.end.how === 'missed' ? now : (Math.max(now, last.planned.occurrence.startsAt) as Instant);
}

/** Of two notices that are due at once only the later one is given. */
function announced({ occurrence, announcedAt }: Planned, now: Instant): readonly DrillFact[] {
  if (announcedAt['hour-before'] !== null) return [];
  if (now >= occurrence.hourBeforeAt) return [{ type: 'drill-announced', notice: 'hour-before' }];
  return now >= occurrence.dayBeforeAt && announcedAt['day-before'] === null ? [{ type: 'drill-announced', notice: 'day-before' }] : [];
}

/** Nobody is taken by surprise: what was not announced an hour before is not begun. A bot that was there was not down. */
function whyMissed(next: Planned, now: Instant, upSince: Instant): DrillFact | null {
  const { drill, occurrence, announcedAt } = next;
  if (announcedAt['hour-before'] === null) {
    return upSince <= occurrence.hourBeforeAt
      ? missed('could-not-start', `Rollbot could not announce it, so nobody was told. ${SEE_LOG}`)
      : missed('bot-was-down', 'Rollbot was down when it should have been announced, so nobody was told.');
  }
  if (now < opensUntil(next)) return null;
  if (drill.starts !== 'itself') return missed('nobody-started', 'Nobody started it in time.');
  return upSince <= occurrence.startsAt
    ? missed('could-not-start', `Rollbot tried to begin it and failed. ${SEE_LOG}`)
    : missed('bot-was-down', 'Rollbot was down when it should have begun.');
}

const SEE_LOG = 'Its log says why.';

function missed(why: MissedWhy, says: string): DrillFact {
  return { type: 'drill-missed', why, says };
}

function isAnnounced({ announcedAt }: Planned): boolean {
  return announcedAt['day-before'] !== null || announcedAt['hour-before'] !== null;
}

function signUp(next: Planned, { token, by }: Of<'sign-up'>): Decision {
  if (token !== null && token !== next.token) return refuse('no-longer-asked');
  return next.signedUp.some(({ id }) => id === by.id) ? refuse('signed-up-already') : [{ type: 'drill-signed-up', by }];
}

function skip(next: Planned, { token, by, roles, allowed, reason }: Of<'skip'>): Decision {
  if (token !== null && token !== next.token) return refuse('no-longer-asked');
  if (sharedRoles(roles, allowed).length === 0) return refuse('not-in-role', `It needs ${sayList(allowed)}.`);
  return reason.trim() === '' ? refuse('reason-needed') : [{ type: 'drill-skipped', by, reason: said(reason, LONGEST_REASON) }];
}

/** By hand it may be begun at any time; near the planned time it is the planned one. */
function startNow(state: DrillState, { token, incident, run, by }: Of<'start-now'>, now: Instant): Decision {
  if (state.status === 'none') return refuse('not-planned');
  const next = state.status === 'planned' ? state.next : null;
  if (token !== null && token !== next?.token) return refuse('no-longer-asked');
  return [{ type: 'drill-started', incident, run, by, planned: next !== null && isNear(next, now) }];
}
