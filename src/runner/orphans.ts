import type { RunId, StepId, StreamId } from '../core/brand.ts';
import type { Clock, Log, Steps } from '../core/ports.ts';
import type { Journal } from './journal.ts';

export type OrphanParts = { readonly journal: Journal; readonly steps: Steps; readonly clock: Clock; readonly log: Log };

/** Processes that outlive what began them: the bot itself, or an end that even SIGKILL did not bring about in time. */
export type Orphans = {
  /** Looks until the process is gone, and notes that; until then nothing may run its step again. */
  watch(stream: StreamId, at: At, process: Process | null): void;
  end(): void;
};

type At = { readonly run: RunId; readonly step: StepId; readonly attempt: number };
type Process = { readonly pgid: number; readonly startedAt: string };

const WATCH_EVERY_MS = 1000;

/** Builds the watch; it looks once a second at each of them. */
export function createOrphans({ journal, steps, clock, log }: OrphanParts): Orphans {
  const timers = new Set<() => void>();

  function watch(stream: StreamId, at: At, process: Process | null): void {
    const cancel = clock.after(WATCH_EVERY_MS, () => {
      timers.delete(cancel);
      look(stream, at, process).catch((error: unknown) => {
        log.error({ ...at, error }, 'could not look after a process that outlived its bot');
        watch(stream, at, process);
      });
    });
    timers.add(cancel);
  }

  async function look(stream: StreamId, at: At, process: Process | null): Promise<void> {
    if (process !== null && (await steps.isAlive(process))) watch(stream, at, process);
    else await journal.apply(stream, { kind: 'note-orphan-ended', ...at });
  }

  return { watch, end: () => timers.forEach((cancel) => cancel()) };
}
