import type { RunId } from '../core/brand.ts';
import { isShared } from '../core/claims.ts';
import { sayDuration } from '../core/duration.ts';
import type { Run } from '../core/incident/state.ts';
import { runOf } from '../core/incident/state.ts';
import type { Clock, Store } from '../core/ports.ts';
import type { Applied, Journal } from './journal.ts';

export type Held = Extract<Applied, { status: 'held' }>;
export type HeldParts = { readonly store: Pick<Store, 'streamOf'>; readonly journal: Pick<Journal, 'load'>; readonly clock: Clock };

/** Nothing queues in silence: who holds what, since when, and what to do about it. */
export async function sayHeld({ store, journal, clock }: HeldParts, held: Held): Promise<string> {
  const stream = await store.streamOf({ run: held.by as RunId });
  const run = stream === null ? undefined : runOf((await journal.load(stream)).state, held.by as RunId);
  const who = run
    ? `${run.procedure.id} (run ${run.id}, started by ${run.startedBy.kind === 'person' ? run.startedBy.name : 'Rollbot'}${isShared(held.key) ? ` on ${run.target.name}` : ''})`
    : `run ${held.by}`;
  const since = sayDuration(clock.now() - held.since);
  return `${held.key} is held by ${who} since ${since} ago. ${run?.madeWay ? sayMakingWay(run) : sayWait(held.by)}`;
}

function sayWait(run: string): string {
  return `Wait until it is finished, or stop it with \`/rollback stop ${run}\`.`;
}

/** A drill is never left with something of which nobody knows whether it happened. */
function sayMakingWay({ id, steps }: Run): string {
  const acts = steps.find(({ state }) => state.status === 'intended');
  if (acts) {
    return `It is a drill and makes way, but its step "${acts.plan.title}" is still at work. Start again when that is over; \`/rollback stop ${id}\` kills it.`;
  }
  const unknown = steps.find(({ state }) => state.status === 'unknown');
  const what = unknown ? ` whether "${unknown.plan.title}" happened` : ' what became of it';
  return `It is a drill and makes way, but nobody knows${what}. Say so in its channel, then start again.`;
}
