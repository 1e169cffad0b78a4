import type { StreamId } from '../core/brand.ts';
import type { IncidentState } from '../core/incident/state.ts';
import type { Catalog, Clock } from '../core/ports.ts';
import type { Journal } from './journal.ts';

const AT_MOST_EVERY_MS = 1000;

/** Notes, once a run, that a procedure or a target says something else on disk now; the run keeps its own. */
export function createSettingsWatch({ journal, catalog, clock }: { journal: Journal; catalog: Catalog; clock: Clock }) {
  let refreshedAt = Number.NEGATIVE_INFINITY;
  return async function noteSettings(stream: StreamId, state: IncidentState): Promise<void> {
    if (state.status !== 'open' || state.runs.every((run) => run.progress.status === 'finished')) return;
    if (clock.monotonicMs() - refreshedAt >= AT_MOST_EVERY_MS) {
      refreshedAt = clock.monotonicMs();
      await catalog.refresh();
    }
    for (const run of state.runs) {
      if (run.progress.status === 'finished') continue;
      const now = { procedure: catalog.procedure(run.procedure.id)?.hash ?? null, target: catalog.targetHash(run.target.name) };
      for (const what of ['procedure', 'target'] as const) {
        const changed = now[what] !== run[what].hash && !run.settingsChanged.includes(what);
        if (changed) await journal.apply(stream, { kind: 'note-settings', run: run.id, what, now: now[what] });
      }
    }
  };
}
