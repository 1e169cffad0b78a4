import type { Instant, StreamId } from '../brand.ts';

/** The one stream of this kind. */
export const STORM_STREAM = 'storm/alerts' as StreamId<'storm'>;

export type StormState = { readonly status: 'none' } | Weather;

/** What is known of the alerts of all sources together. */
export type Weather = {
  readonly status: 'calm' | 'storm';
  /** The groups that opened last, oldest first; as many as could begin a storm. */
  readonly opened: readonly { readonly at: Instant; readonly alerts: number }[];
  /** The last storm, also when it is over. */
  readonly storm: Storm | null;
  readonly quarantine: Quarantined | null;
};

export type Storm = {
  readonly number: number;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly limit: number;
  readonly withinMs: number;
  /** All groups and alerts of it, with those that began it. */
  readonly groups: number;
  readonly alerts: number;
  /** The groups that have no message of their own, and how many of those are resolved. */
  readonly heldBack: number;
  readonly resolved: number;
};

export type Quarantined = {
  readonly number: number;
  readonly at: Instant;
  readonly source: string;
  readonly says: string;
  readonly kept: number;
};
