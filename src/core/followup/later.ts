import type { Instant } from '../brand.ts';

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/** When a follow-up falls due that is moved to a day: the hour stays what it was, unless that is over already. */
export function laterOn(day: number, dueAt: Instant, now: Instant): Instant {
  return Math.max(day + (dueAt % DAY_MS), now + HOUR_MS) as Instant;
}

/** The midnight at which a day begins, as it is typed (`2026-12-01`); null where it is none. */
export function dayTyped(text: string): number | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The 31st of February would else be a day in March.
  return Number.isNaN(day) || new Date(day).getUTCDate() !== Number(text.slice(8)) ? null : day;
}

/** Whether a day is over altogether. */
export function isDayOver(day: number, now: Instant): boolean {
  return day + DAY_MS <= now;
}
