import type { Instant } from '../brand.ts';
import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import type { IncidentFact } from './event.ts';
import { evolveRun } from './evolve-run.ts';
import { refuse } from './refusal.ts';
import { runOf } from './state.ts';
import type { IncidentState } from './state.ts';
import { verdictOf } from './verdict.ts';

/**
 * Ends the run of a drill for something in earnest, at once where nothing of it acts. A step that acts, or of which nobody knows
 * whether it did, is never left behind: the run keeps what it holds until that is over, and begins nothing more.
 */
export function makeWay(state: IncidentState, { run: id, by, wanted }: Extract<Command, { kind: 'make-way' }>, now: Instant): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  // It holds nothing any more, and its drill may be closed by now: that keeps nobody from starting.
  if (run.progress.status === 'finished') return [];
  if (state.status !== 'open' || !state.drill) return refuse('claim-held');
  const isStopping = run.progress.status === 'stopping';
  const way = { type: 'run-made-way', run: id, by, wanted } as const satisfies IncidentFact;
  const verdict = verdictOf(isStopping ? run : evolveRun(run, { ...way, at: now }));
  const end: readonly IncidentFact[] = verdict.kind === 'finish' ? [{ type: 'run-finished', run: id, outcome: verdict.outcome }] : [];
  return [...(isStopping ? [] : [way]), ...end];
}
