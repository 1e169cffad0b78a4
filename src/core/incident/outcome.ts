import type { RunOutcome } from './event.ts';
import type { Run, RunStep } from './state.ts';

/** How a run ended, in words that follow "is" or stand alone. */
export const OUTCOME_SAYS = {
  verified: 'done and verified',
  'nothing-to-do': 'done: there was nothing to do',
  'preflight-failed': 'not started: a check before it failed, and nothing was changed',
  denied: 'ended: it was denied',
  expired: 'ended: nobody approved it in time',
  failed: 'ended: it failed',
  undone: 'undone',
  'undo-failed': 'ended: the undo failed',
  stopped: 'stopped',
} as const satisfies Record<RunOutcome, string>;

/** What is to be said of an item that its run has never come to, and never will because it is over; null while it may. */
export function notReached({ progress }: Pick<Run, 'progress'>, { state }: Pick<RunStep, 'state'>): string | null {
  if (progress.status !== 'finished') return null;
  switch (state.status) {
    case 'pending':
      return '';
    case 'awaiting-approval':
      return 'not run: nobody had approved it when the run ended';
    case 'approved':
      return 'not run: it was approved when the run ended';
    case 'asking':
      return 'not answered';
    default:
      return null;
  }
}
