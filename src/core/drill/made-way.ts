import type { RunId } from '../brand.ts';

/** What whoever has started something in earnest is told of the drills that ended for it, behind a sentence; empty where there were none. */
export function sayMadeWay(runs: readonly RunId[] = []): string {
  if (runs.length === 0) return '';
  return runs.length === 1 ? ` A drill (run ${runs[0]}) made way for it.` : ` Drills (runs ${runs.join(', ')}) made way for it.`;
}
