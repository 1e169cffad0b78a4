import type { Instant } from '../brand.ts';
import type { Actor } from '../incident/event.ts';
import type { Hold } from './state.ts';

/** A hold in a sentence: since when, by whom and why. */
export function sayHold({ at, by, run, reason }: Hold): string {
  return `It is held since ${sayMoment(at)} by ${run === null ? sayActor(by) : `run ${run}`}: ${reason.replace(/\.$/, '')}.`;
}

/** A moment in words, to the minute; in UTC, because it is read by machines and people in many places. */
function sayMoment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sayActor(actor: Actor): string {
  return actor.kind === 'person' ? actor.name : 'Rollbot';
}
