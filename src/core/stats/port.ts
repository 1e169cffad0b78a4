import type { Health } from './health.ts';
import type { Month } from './months.ts';
import type { Score } from '../trigger/event.ts';

/** What `/rollback stats` shows, and what App Home shows of it. */
export type Stats = {
  readonly health: readonly Health[];
  readonly months: readonly Month[];
  readonly alerts: AlertScore;
  readonly triggers: readonly { readonly rule: string; readonly scores: Readonly<Record<Score, number>> }[];
};

/** What became of the groups of alerts that came in. */
export type AlertScore = {
  readonly groups: number;
  readonly open: number;
  readonly alerts: number;
  readonly toIncident: number;
  /** How many alerts each source has ever sent. */
  readonly bySource: Readonly<Record<string, number>>;
};

/** Figures over all that ever happened. */
export type Statistics = { read(): Promise<Stats> };
