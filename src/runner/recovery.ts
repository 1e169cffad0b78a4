import type { StreamId, TokenId } from '../core/brand.ts';
import type { Run, RunStep } from '../core/incident/state.ts';
import type { Clock, Ids, Log, Steps, Store } from '../core/ports.ts';
import type { Journal } from './journal.ts';
import type { Orphans } from './orphans.ts';

export type RecoveryParts = {
  readonly journal: Journal;
  readonly store: Store;
  readonly steps: Steps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly executor: string;
  readonly orphans: Orphans;
};

const RETRY_MS = 60_000;

/**
 * Looks at every step that an earlier process had begun and never finished: one whose processes are still alive is
 * watched until they end, the others are unknown from now on. Answers with how many there were; `end` stops looking again.
 */
export async function recover(parts: RecoveryParts): Promise<{ found: number; end: () => void }> {
  const retries = new Set<() => void>();
  let found = 0;
  for (const stream of await parts.store.streams({ includeClosed: true })) found += await recoverStream(parts, retries, stream);
  return { found, end: () => retries.forEach((end) => end()) };
}

/** One stream that can't be read must not keep the others from being looked after; it is tried again later. */
async function recoverStream(parts: RecoveryParts, retries: Set<() => void>, stream: StreamId): Promise<number> {
  let found = 0;
  try {
    const { state, readOnly } = await parts.journal.load(stream);
    if (state.status === 'none' || readOnly !== null) return 0;
    for (const run of state.runs) {
      if (run.progress.status === 'finished') continue;
      for (const step of run.steps) if (await recoverStep(parts, stream, run, step)) found += 1;
    }
  } catch (error) {
    parts.log.error({ stream, error }, 'could not look after what an earlier process left in this stream, and will try again');
    const cancel = parts.clock.after(RETRY_MS, () => {
      retries.delete(cancel);
      void recoverStream(parts, retries, stream);
    });
    retries.add(cancel);
  }
  return found;
}

async function recoverStep(parts: RecoveryParts, stream: StreamId, run: Run, step: RunStep): Promise<boolean> {
  const { state, plan, attempt } = step;
  const at = { run: run.id, step: plan.id, attempt };
  if (state.status === 'unknown' && state.alive) {
    parts.orphans.watch(stream, at, state.intent.process);
    return true;
  }
  if (state.status !== 'intended' || state.intent.executor === parts.executor) return false;
  const { process } = state.intent;
  const alive = process !== null && (await parts.steps.isAlive(process));
  parts.log.warn({ ...at, alive, effect: plan.effect }, 'a step was begun and its result is not known');
  await parts.journal.apply(stream, { kind: 'lose-step', ...at, reason: 'crash', alive, token: parts.ids.token() as TokenId });
  if (alive) parts.orphans.watch(stream, at, process);
  return true;
}
