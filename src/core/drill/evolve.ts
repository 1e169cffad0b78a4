import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { DrillFact } from './event.ts';
import type { DrillEnd, DrillRecord, DrillState, Planned } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'drill-1';

export const INITIAL: DrillState = { status: 'none' };

/** Folds one event into what is known of a drill. Total: it never throws. */
export function evolve(before: DrillState, event: Timed<DrillFact>): DrillState {
  const record: DrillRecord = before.status === 'none' ? unseen(event.at) : { ...recordOf(before), lastAt: event.at };
  if (event.type === 'drill-planned') return { ...record, status: 'planned', next: planned(before, event) };
  if (before.status !== 'planned') return before.status === 'none' ? before : { ...record, ...begun(event), status: 'idle' };
  const { next } = before;
  const end = endOf(event);
  if (end) return { ...record, ...begun(event), status: 'idle', last: { planned: next, end } };
  return { ...record, ...begun(event), status: 'planned', next: told(next, event) };
}

function unseen(at: Instant): DrillRecord {
  return { last: null, begun: null, lastAt: at };
}

function recordOf({ last, begun: before, lastAt }: DrillRecord): DrillRecord {
  return { last, begun: before, lastAt };
}

/** What was said of the same time before still holds. */
function planned(before: DrillState, { drill, occurrence, token, at }: Extract<Timed<DrillFact>, { type: 'drill-planned' }>): Planned {
  if (before.status === 'planned' && before.next.occurrence.startsAt === occurrence.startsAt) return { ...before.next, drill };
  return { drill, occurrence, token, plannedAt: at, announcedAt: { 'day-before': null, 'hour-before': null }, signedUp: [] };
}

function begun(event: Timed<DrillFact>): Partial<DrillRecord> {
  if (event.type !== 'drill-started') return {};
  const { incident, run, by, at } = event;
  return { begun: { incident, run, by, at } };
}

function endOf(event: Timed<DrillFact>): DrillEnd | null {
  switch (event.type) {
    case 'drill-started': {
      const { incident, run, by, at } = event;
      return event.planned ? { how: 'started', incident, run, by, at } : null;
    }
    case 'drill-skipped':
      return { how: 'skipped', by: event.by, reason: event.reason, at: event.at };
    case 'drill-missed':
      return { how: 'missed', why: event.why, says: event.says, at: event.at };
    default:
      return null;
  }
}

function told(next: Planned, event: Timed<DrillFact>): Planned {
  if (event.type === 'drill-announced') return { ...next, announcedAt: { ...next.announcedAt, [event.notice]: event.at } };
  if (event.type !== 'drill-signed-up' || next.signedUp.some(({ id }) => id === event.by.id)) return next;
  return { ...next, signedUp: [...next.signedUp, event.by] };
}
