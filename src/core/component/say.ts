import type { Instant } from '../brand.ts';
import type { Actor } from '../incident/event.ts';
import type { Hold, Release } from './state.ts';

/** A hold in a sentence: since when, by whom and why. */
export function sayHold({ at, by, run, reason }: Hold): string {
  return `It is held since ${sayMoment(at)} by ${run === null ? sayActor(by) : `run ${run}`}: ${reason.replace(/\.$/, '')}.`;
}

/** Why a release counts as good, in words that follow its name. */
export function sayVerified({ verified }: Release): string {
  if (!verified) return 'not verified';
  const how = verified.by.kind === 'rollbot' ? 'by itself, after it was healthy for long enough' : `by ${verified.by.name}`;
  return `verified on ${sayMoment(verified.at)} ${how}`;
}

/** A moment in words, to the minute; in UTC, because it is read by machines and people in many places. */
function sayMoment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sayActor(actor: Actor): string {
  return actor.kind === 'person' ? actor.name : 'Rollbot';
}
