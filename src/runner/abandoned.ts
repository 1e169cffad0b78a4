import type { RunId, StepId, StreamId, TokenId } from '../core/brand.ts';
import type { IncidentState } from '../core/incident/state.ts';
import type { Ids, Log } from '../core/ports.ts';
import type { Journal } from './journal.ts';

export type AbandonedParts = {
  readonly journal: Pick<Journal, 'apply'>;
  readonly ids: Pick<Ids, 'token'>;
  readonly log: Log;
  readonly executor: string;
  /** Whether this process writes such an intent, or acts on it, at this moment. */
  readonly isAtWork: (at: { readonly run: RunId; readonly step: StepId }) => boolean;
};

/**
 * Says of an intent of our own on which nobody acts that its result is not known: the journal had written it and could not say so,
 * and without this it would seem to run until the next start.
 */
export async function loseAbandoned(parts: AbandonedParts, stream: StreamId, state: IncidentState): Promise<void> {
  const { journal, ids, log, executor, isAtWork } = parts;
  const runs = state.status === 'none' ? [] : state.runs.filter(({ progress }) => progress.status !== 'finished');
  for (const run of runs) {
    for (const { plan, state: at } of run.steps) {
      if (at.status !== 'intended' || at.intent.executor !== executor || isAtWork({ run: run.id, step: plan.id })) continue;
      const lost = { run: run.id, step: plan.id, attempt: at.intent.attempt };
      const applied = await journal.apply(stream, {
        kind: 'lose-step',
        ...lost,
        reason: 'unclear',
        alive: false,
        token: ids.token() as TokenId,
      });
      if (applied.status === 'done') log.error(lost, 'a step was begun in the journal, and nobody acts on it');
    }
  }
}
