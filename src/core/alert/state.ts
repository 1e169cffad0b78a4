import type { Instant, StreamId, TokenId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { Alert } from './alert.ts';
import type { History } from './flapping.ts';

/** What is known of one group of alerts. */
export type AlertState = { readonly status: 'none' } | AlertGroup;

/** `open` while one of its alerts is firing. */
export type AlertGroup = {
  readonly status: 'open' | 'closed';
  readonly source: string;
  readonly group: string;
  readonly title: string;
  /** Those that are remembered one by one; at most `MOST_ALERTS`, the firing ones first of all. */
  readonly alerts: readonly GroupAlert[];
  /** Digests of the keys of those that are firing besides them. */
  readonly more: readonly string[];
  /** There were more than even those. */
  readonly overflowed: boolean;
  /** How many more the source has left out. */
  readonly left: number;
  /** How many alerts have ever fired in it. */
  readonly firedEver: number;
  readonly episode: Episode;
  /** The one before, whose message may still have to say that it is over. */
  readonly before: Episode | null;
  readonly history: History;
  readonly flapping: boolean;
  readonly silence: { readonly until: Instant; readonly by: Person } | null;
  readonly incident: { readonly stream: StreamId; readonly by: Actor; readonly at: Instant } | null;
};

/** From a first alert until the group is quiet; one message in chat. While a group flaps or is silenced, it goes on. */
export type Episode = {
  readonly number: number;
  /** Stands on its buttons. */
  readonly token: TokenId;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** How many alerts have fired in it, and how often that was said again. */
  readonly fired: number;
  readonly resolved: number;
  readonly repeats: number;
  /** How often the group has come back in it. */
  readonly returns: number;
  /** The storm in which it has no message of its own. */
  readonly storm: number | null;
};

/** An alert, and when that was said which holds of it now. */
export type GroupAlert = Alert & { readonly saidAt: Instant };

/** How many alerts of a group are remembered one by one, and how many more by a digest alone. */
export const MOST_ALERTS = 100;
export const MOST_MORE = 5000;

/** How many alerts of a group are firing. */
export function firingIn({ alerts, more }: Pick<AlertGroup, 'alerts' | 'more'>): number {
  return alerts.filter(({ status }) => status === 'firing').length + more.length;
}
