import type { RunId, StepId, StreamId, TokenId } from '../core/brand.ts';
import type { Run, RunStep } from '../core/incident/state.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { Clock, Ids, Log, Steps, Store } from '../core/ports.ts';
import type { Journal } from './journal.ts';

export type RecoveryParts = {
  readonly journal: Journal;
  readonly store: Store;
  readonly steps: Steps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly executor: string;
};

const WATCH_EVERY_MS = 1000;

type Process = { readonly pgid: number; readonly startedAt: string };

/**
 * Looks at every step that an earlier process had begun and never finished: one whose processes are still alive is
 * watched until they end, the others are unknown from now on. Answers with how many there were; `end` stops watching.
 */
export async function recover(parts: RecoveryParts): Promise<{ found: number; end: () => void }> {
  const watches = new Set<() => void>();
  let found = 0;
  for (const stream of await parts.store.streams({ includeClosed: true })) {
    found += await recoverStream(parts, watches, stream).catch((error: unknown) => {
      if (!(error instanceof JournalBroken)) throw error;
      parts.log.error({ stream, error }, 'a journal is broken, and its incident is left alone');
      return 0;
    });
  }
  return { found, end: () => watches.forEach((end) => end()) };
}

async function recoverStream(parts: RecoveryParts, watches: Set<() => void>, stream: StreamId): Promise<number> {
  const { state, readOnly } = await parts.journal.load(stream);
  if (state.status === 'none' || readOnly !== null) return 0;
  let found = 0;
  for (const run of state.runs) {
    if (run.progress.status === 'finished') continue;
    for (const step of run.steps) if (await recoverStep(parts, watches, stream, run, step)) found += 1;
  }
  return found;
}

async function recoverStep(parts: RecoveryParts, watches: Set<() => void>, stream: StreamId, run: Run, step: RunStep): Promise<boolean> {
  const { state, plan, attempt } = step;
  const at = { run: run.id, step: plan.id, attempt };
  if (state.status === 'unknown' && state.alive) {
    watch(parts, watches, stream, at, state.intent.process);
    return true;
  }
  if (state.status !== 'intended' || state.intent.executor === parts.executor) return false;
  const { process } = state.intent;
  const alive = process !== null && (await parts.steps.isAlive(process));
  parts.log.warn({ ...at, alive, effect: plan.effect }, 'a step was begun and its result is not known');
  await parts.journal.apply(stream, { kind: 'lose-step', ...at, reason: 'crash', alive, token: parts.ids.token() as TokenId });
  if (alive) watch(parts, watches, stream, at, process);
  return true;
}

type At = { readonly run: RunId; readonly step: StepId; readonly attempt: number };

/** Looks once a second whether a process that outlived its bot is still there. */
function watch(parts: RecoveryParts, watches: Set<() => void>, stream: StreamId, at: At, process: Process | null): void {
  let cancel: (() => void) | null = null;
  const look = async (): Promise<void> => {
    if (process !== null && (await parts.steps.isAlive(process))) {
      again();
      return;
    }
    watches.delete(end);
    await parts.journal.apply(stream, { kind: 'note-orphan-ended', ...at });
  };
  const again = (): void => {
    cancel = parts.clock.after(WATCH_EVERY_MS, () => {
      look().catch((error: unknown) => {
        parts.log.error({ ...at, error }, 'could not look after a process that outlived its bot');
        again();
      });
    });
  };
  const end = (): void => cancel?.();
  watches.add(end);
  again();
}
