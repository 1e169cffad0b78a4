import type { RunId, StreamId } from '../core/brand.ts';
import type { Actor, Wanted } from '../core/incident/event.ts';
import type { IncidentState, Run } from '../core/incident/state.ts';
import { runOf } from '../core/incident/state.ts';
import type { AnyChange, Change, Kind } from '../core/kinds.ts';
import type { Clock, Store } from '../core/ports.ts';
import type { Applied, Journal } from './journal.ts';

export type MakingWayParts = {
  readonly journal: Pick<Journal, 'applyTo' | 'apply' | 'load' | 'onChange'>;
  readonly store: Pick<Store, 'streamOf'>;
  readonly clock: Clock;
  /** The bot ends, so nothing is waited for any more. */
  readonly bot: AbortSignal;
};

/** What is started, and whether on a protected target: only that is in earnest. */
export type Start = Wanted & { readonly by: Actor; readonly isProtected: boolean };

/** What became of a start, and the runs of drills that ended for it. */
export type WayMade = { readonly applied: Applied<Kind>; readonly madeWay: readonly RunId[] };

/** More drills than these at once are no practice. */
const MOST_DRILLS = 10;
/** How long is waited for a step of a drill that is at work. */
const STEP_ENDS_WITHIN_MS = 30_000;

/**
 * Writes what starts a run. What is in earnest never waits for practice: where only a drill holds what the run changes, the drill
 * ends in the same append. Where a step of the drill is at work it begins nothing more, and that step is waited for, for a while.
 */
export async function startOverDrills(parts: MakingWayParts, start: Start, changes: readonly AnyChange[]): Promise<WayMade> {
  const { journal } = parts;
  const ways = new Map<RunId, Way>();
  for (let tries = 0; ; tries += 1) {
    const applied = await journal.applyTo([...changesOf(start, [...ways.values()]), ...changes]);
    if (applied.status !== 'held' || !start.isProtected || tries >= MOST_DRILLS) return { applied, madeWay: [...ways.keys()] };
    const way = await drillHolding(parts, applied.by as RunId);
    if (way === null) return { applied, madeWay: [] };
    if (!ways.has(way.run)) ways.set(way.run, way);
    else if (!(await stopsSoon(parts, start, way))) return { applied, madeWay: [] };
  }
}

type Way = { readonly stream: StreamId; readonly run: RunId };

async function drillHolding({ store, journal }: MakingWayParts, run: RunId): Promise<Way | null> {
  const stream = await store.streamOf({ run });
  if (stream === null) return null;
  const { state } = await journal.load(stream);
  return state.status === 'open' && state.drill ? { stream, run } : null;
}

/** One change a stream, because an append names each only once. */
function changesOf({ by, procedure, target }: Start, ways: readonly Way[]): readonly Change<'incident'>[] {
  const streams = [...new Set(ways.map(({ stream }) => stream))];
  return streams.map((stream) => ({
    stream,
    commands: ways
      .filter((way) => way.stream === stream)
      .map(({ run }) => ({ kind: 'make-way', run, by, wanted: { procedure, target } }) as const),
  }));
}

/** Has the drill begin nothing more, and waits until its run is over; false where that takes too long, or takes a person. */
async function stopsSoon({ journal, clock, bot }: MakingWayParts, start: Start, way: Way): Promise<boolean> {
  const { stream, run } = way;
  const over = Promise.withResolvers<void>();
  const giveUp = (): void => over.resolve();
  const look = async (): Promise<void> => {
    if (!isAtWork((await journal.load(stream)).state, run)) over.resolve();
  };
  const unsubscribe = journal.onChange((changed) => {
    if (changed === stream) look().catch(over.reject);
  });
  const cancel = clock.after(STEP_ENDS_WITHIN_MS, giveUp);
  bot.addEventListener('abort', giveUp, { once: true });
  try {
    await journal.applyTo(changesOf(start, [way]));
    await look();
    if (bot.aborted) giveUp();
    await over.promise;
  } finally {
    unsubscribe();
    cancel();
    bot.removeEventListener('abort', giveUp);
  }
  return endedIn((await journal.load(stream)).state, run);
}

/** The end of the last step and that of the run are two appends, so the run is waited for as long as a step may be at work. */
function isAtWork(state: IncidentState, id: RunId): boolean {
  const run = runOf(state, id);
  return run !== undefined && run.progress.status !== 'finished' && !run.steps.some(isUnknown);
}

function isUnknown({ state }: Run['steps'][number]): boolean {
  return state.status === 'unknown';
}

function endedIn(state: IncidentState, id: RunId): boolean {
  return runOf(state, id)?.progress.status === 'finished';
}
