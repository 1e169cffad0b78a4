import type { Instant } from '../brand.ts';
import { sha256 } from '../digest.ts';
import { MASK } from '../redaction.ts';
import { maskTokens } from '../token-mask.ts';

/** What a monitoring system says of one thing, in words that are the same for all of them. */
export type Alert = {
  /** Names the thing within its source. */
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  /** With the key it names one occurrence; the time of receipt where the source does not say. */
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
  readonly title: string;
  readonly summary: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** The target that it speaks of, where it names one. */
  readonly target: string | null;
  readonly value: number | null;
  readonly link: string | null;
};

/** What a source says at once about one group of alerts. */
export type Notice = {
  readonly source: string;
  /** Names the group within its source. */
  readonly group: string;
  readonly title: string;
  readonly alerts: readonly Alert[];
  /** How many more there are that the source has left out. */
  readonly left: number;
  /** When it came in. */
  readonly at: Instant;
};

const LONGEST_NAME = 200;
const LONGEST_TITLE = 150;
const LONGEST_TEXT = 300;
const LONGEST_VALUE = 120;
const LONGEST_LINK = 500;
const MOST_LABELS = 20;
/** Kept before others where there are too many. */
const FIRST = ['alertname', 'severity', 'rollbot_target', 'service', 'job', 'instance'];

/** An alert within bounds, whatever was sent. Names that are too long become digests of themselves, so that two never become one. */
export function bounded(alert: Alert): Alert {
  const { key, title, summary, labels, value, link } = alert;
  return {
    ...alert,
    key: boundedName(key),
    title: boundedTitle(title),
    summary: summary === null ? null : cut(summary, LONGEST_TEXT),
    labels: boundedLabels(labels),
    value: value !== null && Number.isFinite(value) ? value : null,
    link: link !== null && link.length <= LONGEST_LINK && /^https?:\/\/[^\s<>|]+$/.test(link) ? link : null,
  };
}

/** The name of a group or of an alert, or its digest where it is too long. */
export function boundedName(name: string): string {
  return name.length <= LONGEST_NAME ? name : sha256(name);
}

/** The title of a group or of an alert, as much of it as is kept. */
export function boundedTitle(title: string): string {
  return cut(title, LONGEST_TITLE);
}

function boundedLabels(labels: Alert['labels']): Alert['labels'] {
  const names = Object.keys(labels).toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(
    names
      .filter((name) => name.length <= LONGEST_VALUE)
      .slice(0, MOST_LABELS)
      .map((name) => [name, cut(labels[name] ?? '', LONGEST_VALUE)]),
  );
}

function placeOf(label: string): number {
  return FIRST.includes(label) ? FIRST.indexOf(label) : FIRST.length;
}

/** A message of a program that failed may have its password in it. */
function cut(text: string, max: number): string {
  const whole = maskTokens(text.toWellFormed(), MASK);
  return whole.length <= max ? whole : `${whole.slice(0, max - 1).toWellFormed()}…`;
}
