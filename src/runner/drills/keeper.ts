import type { Instant, StreamId, TokenId } from '../../core/brand.ts';
import { drillNamed, nameOf, streamOf } from '../../core/drill/drill.ts';
import { due, nextDueAt } from '../../core/drill/due.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Clock, Log, Store } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';
import { startDrill } from './start.ts';
import type { DrillStartParts } from './start.ts';

export type KeeperParts = DrillStartParts & {
  readonly journal: Journal;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
};

/** Keeps the timetables of all drills: whatever is due of one is done once, however many look at it. */
export type Keeper = { start(): Promise<void>; stop(): Promise<void> };

const SHORTEST_WAIT_MS = 1000;
/** `rollbot.yml` may have changed, and a timer holds no longer than some weeks. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** What failed is tried again while there is time: a drill may begin for five minutes. */
const AGAIN_AFTER_MS = 30_000;

/** Builds it. One round at a time; what is due comes from the state alone. */
export function createKeeper(parts: KeeperParts): Keeper {
  const { clock, log, journal } = parts;
  const life = { stopped: false };
  let cancel: (() => void) | null = null;
  let round: Promise<void> | null = null;
  let again = false;
  const upSince = clock.now();

  function wake(): void {
    again = true;
    round ??= goRound().finally(() => {
      round = null;
      if (again) wake();
    });
  }

  async function goRound(): Promise<void> {
    while (again && !life.stopped) {
      again = false;
      const waitMs = await keepAll(parts, upSince).catch((error: unknown) => {
        log.error({ error }, 'the timetables of drills could not be kept, and will be tried again');
        return LONGEST_WAIT_MS;
      });
      cancel?.();
      if (!life.stopped) cancel = clock.after(waitMs, wake);
    }
    again = false;
  }

  const unsubscribe = journal.onChange((stream) => {
    if (!life.stopped && isOfKind(stream, 'drill')) wake();
  });

  return {
    async start() {
      wake();
      await round;
    },
    async stop() {
      life.stopped = true;
      unsubscribe();
      cancel?.();
      await round;
    },
  };
}

/** Looks at every timetable once; answers how long there is nothing to do. */
async function keepAll(parts: KeeperParts, upSince: Instant): Promise<number> {
  const { catalog, store, clock, log } = parts;
  await catalog.refresh();
  const planned = (await store.streams({ kind: 'drill' })).map(nameOf);
  const names = [...new Set([...Object.keys(catalog.settings().drills ?? {}), ...planned])];
  let waitMs = LONGEST_WAIT_MS;
  for (const name of names) {
    try {
      const at = await keepOne(parts, streamOf(name), { name, upSince });
      if (at !== null) waitMs = Math.min(waitMs, Math.max(SHORTEST_WAIT_MS, at - clock.now()));
    } catch (error) {
      // One broken timetable keeps no other from being kept.
      log.error({ drill: name, error }, 'the timetable of a drill could not be kept');
      waitMs = Math.min(waitMs, AGAIN_AFTER_MS);
    }
  }
  return waitMs;
}

/** When it is to be looked at again, or null. */
async function keepOne(
  parts: KeeperParts,
  stream: StreamId<'drill'>,
  { name, upSince }: { readonly name: string; readonly upSince: Instant },
): Promise<number | null> {
  const { catalog, journal, clock, ids } = parts;
  const drill = drillNamed(catalog.settings(), name);
  const { readOnly } = await journal.load(stream);
  if (readOnly !== null) return null;
  await journal.apply(stream, { kind: 'keep', drill, token: ids.token() as TokenId, upSince });
  const { state } = await journal.load(stream);
  if (due(state, clock.now()).length > 0) await begin(parts, stream);
  return nextDueAt(state);
}

/** Whoever wins its append has begun it; what can't begin now does not begin later by itself. */
async function begin(parts: KeeperParts, stream: StreamId<'drill'>): Promise<void> {
  const { journal, log } = parts;
  const { state } = await journal.load(stream);
  if (state.status !== 'planned') return;
  const { drill } = state.next;
  const started = await startDrill(parts, { drill, planned: state.next }, null, (ids) => ({ kind: 'note-started', ...ids }));
  if (started.status === 'started') return log.info({ drill: drill.name, ...started }, 'a drill has begun by itself');
  log.error({ drill: drill.name, says: started.says }, 'a drill could not begin');
  await journal.apply(stream, { kind: 'give-up-starting', says: started.says });
}
