import type { Instant } from '../brand.ts';

/**
 * The last states of a group, `1` where it was firing, the newest at the end, and when that one was noted. Nagios notes one at
 * every check; here one is noted at each change, and one more for each quiet stretch of time.
 */
export type History = { readonly states: string; readonly at: Instant };

const LENGTH = 21;
const STRETCH_MS = 5 * 60_000;
/** Of change in percent: it flaps from the upper one on, until it is down at the lower one. */
const HIGH = 30;
const LOW = 20;

/** A group that nobody has heard of was quiet. */
export function quiet(at: Instant): History {
  return { states: '0'.repeat(LENGTH), at };
}

/** The history with what the group is at this moment. */
export function noted(history: History, firing: boolean, now: Instant): History {
  const { states } = until(history, now);
  return { states: `${states}${firing ? '1' : '0'}`.slice(-LENGTH), at: now };
}

/** Whether a group flaps at this moment; between the two thresholds it does what it did before. */
export function flapsAt(history: History, before: boolean, now: Instant): boolean {
  const percent = changeOf(until(history, now).states);
  return percent >= HIGH || (before && percent > LOW);
}

/** When a group that flaps will be quiet again if nothing more changes. */
export function quietFrom(history: History): Instant {
  let { states } = history;
  let stretches = 0;
  for (; changeOf(states) > LOW; stretches += 1) states = longer(states, 1);
  return (history.at + stretches * STRETCH_MS) as Instant;
}

/** Each change counts by its age, 0.75 for the oldest and 1.25 for the newest. */
export function changeOf(states: string): number {
  let sum = 0;
  for (let index = 1; index < LENGTH; index += 1) {
    if (states[index] !== states[index - 1]) sum += 0.75 + ((index - 1) * 0.5) / (LENGTH - 2);
  }
  return (sum * 100) / (LENGTH - 1);
}

function until({ states, at }: History, now: Instant): History {
  const stretches = Math.max(0, Math.floor((now - at) / STRETCH_MS));
  return { states: longer(states, Math.min(stretches, LENGTH)), at };
}

function longer(states: string, by: number): string {
  return `${states}${(states.at(-1) ?? '0').repeat(by)}`.slice(-LENGTH);
}
