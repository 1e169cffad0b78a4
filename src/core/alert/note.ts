import type { Instant } from '../brand.ts';
import { sha256 } from '../digest.ts';
import type { Alert, Notice } from './alert.ts';
import type { AlertFact } from './event.ts';
import { MOST_ALERTS, MOST_MORE } from './state.ts';
import type { AlertGroup, AlertState, GroupAlert } from './state.ts';

type Noted = Extract<AlertFact, { type: 'alerts-noted' }>;

/** What is left of a key where there is no room for the alert. */
const DIGITS = 12;
/**
 * An alert that is resolved and said to fire since the same moment as before is what another replica said too late, for as long
 * as that may take; after that it has really come back. It is shorter than the shortest pause between two notifications of a group.
 */
const LATE_MS = 4 * 60_000;

/** What a notice makes known: each alert by its key, when it began and what it is; what was known already is only counted. */
export function newsIn(state: AlertState, { source, group, title, left, alerts, at }: Notice): Noted {
  const news = startOf(state);
  for (const alert of alerts) take(news, alert, at);
  const { fired, more, resolved, fewer, overflowed, repeats } = news;
  return { type: 'alerts-noted', source, group, title, left, saidAt: at, fired, more, resolved, fewer, overflowed, repeats };
}

/**
 * A notice in parts of which none speaks of an alert in two ways. What ended and fires again in one breath has done both, in the
 * order of when it began, and that of the notice where it began at once. There are two parts at most: what lies before is history.
 */
export function inOrder(notice: Notice): readonly Notice[] {
  const first: Alert[] = [];
  const last: Alert[] = [];
  for (const all of Map.groupBy(notice.alerts, ({ key }) => key).values()) {
    const inTime = all.toSorted((a, b) => a.startsAt - b.startsAt);
    const end = inTime.at(-1)!;
    const before = inTime.findLast(({ status }) => status !== end.status);
    if (before) first.push(before);
    last.push(...(before ? [end] : all));
  }
  return [...(first.length > 0 ? [{ ...notice, alerts: first }] : []), { ...notice, alerts: last }];
}

type News = {
  /** What is known, and what became known meanwhile. */
  readonly known: Map<string, GroupAlert>;
  readonly hidden: Set<string>;
  firing: number;
  readonly fired: Alert[];
  readonly more: string[];
  readonly resolved: { key: string; endsAt: Instant | null }[];
  readonly fewer: string[];
  overflowed: boolean;
  repeats: number;
};

function startOf(state: AlertState): News {
  const { alerts, more } = state.status === 'none' ? { alerts: [], more: [] } : (state satisfies AlertGroup);
  const known = new Map(alerts.map((alert) => [alert.key, alert]));
  const firing = alerts.filter(({ status }) => status === 'firing').length;
  return { known, hidden: new Set(more), firing, fired: [], more: [], resolved: [], fewer: [], overflowed: false, repeats: 0 };
}

function take(news: News, alert: Alert, at: Instant): void {
  const known = news.known.get(alert.key);
  const digest = digestOfKey(alert.key);
  if (alert.status === 'resolved') {
    if (news.hidden.delete(digest)) news.fewer.push(digest);
    else if (known?.status === 'firing' && isEndOf(alert, known, at)) resolve(news, known, alert, at);
    else news.repeats += 1;
  } else if (known?.status === 'firing' || news.hidden.has(digest) || (known && isLate(alert, known, at))) news.repeats += 1;
  else fire(news, alert, digest, at);
}

/** A source may find that what fires began earlier than it said; what was over before that began is the end of something else. */
function isEndOf({ startsAt, endsAt }: Alert, known: GroupAlert, at: Instant): boolean {
  return at >= known.saidAt && (startsAt >= known.startsAt || (endsAt ?? at) > known.startsAt);
}

function isLate({ startsAt }: Alert, known: GroupAlert, at: Instant): boolean {
  return at < (startsAt > known.startsAt ? known.saidAt : known.saidAt + LATE_MS);
}

function fire(news: News, alert: Alert, digest: string, at: Instant): void {
  if (news.firing < MOST_ALERTS) {
    news.firing += 1;
    news.fired.push(alert);
    news.known.set(alert.key, { ...alert, saidAt: at });
  } else if (news.hidden.size < MOST_MORE) {
    news.hidden.add(digest);
    news.more.push(digest);
  } else news.overflowed = true;
}

function resolve(news: News, known: GroupAlert, { key, endsAt }: Alert, at: Instant): void {
  news.firing -= 1;
  news.resolved.push({ key, endsAt });
  news.known.set(key, { ...known, status: 'resolved', saidAt: at });
}

function digestOfKey(key: string): string {
  return sha256(key).slice(0, DIGITS);
}
