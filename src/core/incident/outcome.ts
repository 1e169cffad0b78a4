import type { RunOutcome } from './event.ts';

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
