import type { IncidentId, Instant, RunId, TokenId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { PinnedDrill } from './drill.ts';
import type { MissedWhy, Notice } from './event.ts';
import type { Occurrence } from './schedule.ts';

/** What is known of a drill: the next time, if there is one, and the one before that. */
export type DrillState =
  | { readonly status: 'none' }
  | (DrillRecord & { readonly status: 'idle' })
  | (DrillRecord & { readonly status: 'planned'; readonly next: Planned });

export type DrillRecord = {
  /** The last time that was planned, and what became of it. */
  readonly last: { readonly planned: Planned; readonly end: DrillEnd } | null;
  /** The last one that was begun, in the timetable or beside it. */
  readonly begun: Begun | null;
  readonly lastAt: Instant;
};

/** A time at which it is to be. */
export type Planned = {
  readonly drill: PinnedDrill;
  readonly occurrence: Occurrence;
  /** Stands on the buttons of its announcements. */
  readonly token: TokenId;
  readonly plannedAt: Instant;
  readonly announcedAt: Readonly<Record<Notice, Instant | null>>;
  readonly signedUp: readonly Person[];
};

export type Begun = { readonly incident: IncidentId; readonly run: RunId; readonly by: Actor; readonly at: Instant };
export type DrillEnd =
  | ({ readonly how: 'started' } & Begun)
  | { readonly how: 'skipped'; readonly by: Person; readonly reason: string; readonly at: Instant }
  | { readonly how: 'missed'; readonly why: MissedWhy; readonly says: string; readonly at: Instant };

/** After its time, one that starts by itself does so no later than this. */
const START_WITHIN_MS = 5 * 60_000;

/** Until when it can be started. */
export function opensUntil({ drill, occurrence }: Planned): Instant {
  return (occurrence.startsAt + (drill.starts === 'itself' ? START_WITHIN_MS : drill['open-for'])) as Instant;
}

/** Whether it is near enough that a start by hand is this one. */
export function isNear({ occurrence }: Planned, now: Instant): boolean {
  return now >= occurrence.hourBeforeAt;
}
