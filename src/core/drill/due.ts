import type { Instant } from '../brand.ts';
import { opensUntil } from './state.ts';
import type { DrillState, Planned } from './state.ts';

/** What a drill is owed beside being kept: nothing, or its start. */
export type DrillEffect = { readonly do: 'start'; readonly planned: Planned };

/** Derives what is owed from the state alone: one that starts by itself does so at its time, and only where people were told. */
export function due(state: DrillState, now: Instant): readonly DrillEffect[] {
  if (state.status !== 'planned') return [];
  const { next } = state;
  const isTime = now >= next.occurrence.startsAt && now < opensUntil(next);
  return next.drill.starts === 'itself' && isTime && next.announcedAt['hour-before'] !== null ? [{ do: 'start', planned: next }] : [];
}

/** When its timetable has to be looked at again; null where there is no next time. */
export function nextDueAt(state: DrillState): Instant | null {
  if (state.status !== 'planned') return null;
  const { drill, occurrence, announcedAt } = state.next;
  if (announcedAt['hour-before'] === null) return announcedAt['day-before'] === null ? occurrence.dayBeforeAt : occurrence.hourBeforeAt;
  return drill.starts === 'itself' ? occurrence.startsAt : opensUntil(state.next);
}
