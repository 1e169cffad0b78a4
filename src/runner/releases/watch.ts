import type { Instant, StreamId } from '../../core/brand.ts';
import { streamOf } from '../../core/component/place.ts';
import type { Place } from '../../core/component/place.ts';
import type { ComponentState } from '../../core/component/state.ts';
import { parseDuration } from '../../core/duration.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, Clock, Log, Store } from '../../core/ports.ts';
import type { Deployable, Settings } from '../../core/settings.ts';
import type { Journal } from '../journal.ts';
import { pinTarget } from '../orders.ts';
import { readDeployable } from './reading.ts';
import type { ReadingParts } from './reading.ts';

export type WatchParts = ReadingParts & {
  readonly catalog: Catalog;
  readonly journal: Journal;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
};

/** Reads which versions run, as often as `rollbot.yml` says, and remembers what the journal knows of them. */
export type ReleaseWatch = {
  /** What is known at this moment; nothing is asked. */
  known(place: Place): ComponentState;
  /** Reads now, and answers when it is known. Where nothing can be read, what was known stays known. */
  look(place: Place): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

const EVERY_MS = 60_000;
/** How often the settings are looked at for what is new in them. */
const SWEEP_MS = 30_000;

/** Builds the watch. One reading of a deployable at a time, each with an end; nothing is written where nothing has changed. */
export function createReleaseWatch(parts: WatchParts): ReleaseWatch {
  const { catalog, clock, journal, log, store } = parts;
  const states = new Map<string, ComponentState>();
  const looking = new Map<string, Promise<void>>();
  const timers = new Map<string, () => void>();
  const ending = new AbortController();

  async function remember(stream: StreamId<'component'>): Promise<void> {
    states.set(stream, (await store.load(stream)).state);
  }

  async function lookOnce(place: Place): Promise<void> {
    const stream = streamOf(place);
    const deployable = deployableAt(catalog.settings(), place);
    const target = catalog.settings().targets[place.target];
    if (deployable && target) {
      const read = await readDeployable(parts, pinTarget(catalog, { name: place.target, target }), deployable, ending.signal);
      if (ending.signal.aborted) return;
      const lastReadAt = await lastReadOf(store, stream);
      const goodAfterMs = deployable['good-after'] === undefined ? null : (parseDuration(deployable['good-after']) ?? null);
      await journal.apply(stream, { kind: 'note-reading', ...read, everyMs: everyOf(deployable), goodAfterMs, lastReadAt });
      await store.setFact(factOf(stream), clock.now());
    }
    await remember(stream);
  }

  async function look(place: Place): Promise<void> {
    const stream = streamOf(place);
    const current = looking.get(stream) ?? lookOnce(place).finally(() => looking.delete(stream));
    looking.set(stream, current);
    await current.catch((error: unknown) => log.error({ ...place, error }, 'what runs could not be noted'));
  }

  /** Looks, and looks again after its time; ends where the settings name it no longer. */
  function follow(place: Place): void {
    const deployable = deployableAt(catalog.settings(), place);
    const stream = streamOf(place);
    timers.delete(stream);
    if (!deployable || ending.signal.aborted) return;
    timers.set(
      stream,
      clock.after(everyOf(deployable), () => follow(place)),
    );
    void look(place);
  }

  async function sweep(): Promise<void> {
    await catalog.refresh().catch((error: unknown) => log.error({ error }, 'the settings could not be read again'));
    if (ending.signal.aborted) return;
    for (const place of placesOf(catalog.settings())) if (!timers.has(streamOf(place))) follow(place);
    // Only now: a clock that jumps must not make it read the same files a thousand times.
    timers.set(
      'sweep',
      clock.after(SWEEP_MS, () => void sweep()),
    );
  }

  journal.onChange((stream) => {
    if (!isOfKind(stream, 'component')) return;
    remember(stream).catch((error: unknown) => log.error({ stream, error }, 'what is known of it could not be read'));
  });

  return {
    known: (place) => states.get(streamOf(place)) ?? { status: 'none' },
    look,
    async start() {
      for (const stream of await store.streams({ kind: 'component' })) {
        await remember(stream).catch((error: unknown) => log.error({ stream, error }, 'what is known of it could not be read'));
      }
      await sweep();
    },
    async stop() {
      ending.abort('bot-stopped');
      for (const cancel of timers.values()) cancel();
      await Promise.allSettled(looking.values());
    },
  };
}

function placesOf({ targets }: Settings): readonly Place[] {
  return Object.entries(targets).flatMap(([target, { deployables = {} }]) =>
    Object.keys(deployables).map((deployable) => ({ target, deployable })),
  );
}

function deployableAt({ targets }: Settings, { target, deployable }: Place): Deployable | undefined {
  const all = (Object.hasOwn(targets, target) ? targets[target]?.deployables : undefined) ?? {};
  return Object.hasOwn(all, deployable) ? all[deployable] : undefined;
}

function everyOf({ every }: Deployable): number {
  return (every === undefined ? undefined : parseDuration(every)) ?? EVERY_MS;
}

/** When a deployable was read last is no event: it is kept beside the journal, one row for each. */
function factOf(stream: StreamId<'component'>): string {
  return `read at: ${stream}`;
}

async function lastReadOf(store: Store, stream: StreamId<'component'>): Promise<Instant | null> {
  const at = await store.getFact(factOf(stream));
  return typeof at === 'number' ? (at as Instant) : null;
}
