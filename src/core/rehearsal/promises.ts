import type { Played } from './play.ts';
import { approvedBefore, nothingDestructiveTwice } from './promises-approval.ts';
import { claimsGivenBack, endsAsItSays, nothingAfterTheEnd, nothingHappenedBeforeItEnded } from './promises-end.ts';
import { everythingBeforeIsOver, intentBeforeResult, nothingAfterSomethingWrong } from './promises-order.ts';
import { nothingLeftInSilence, undoneInReverse } from './promises-undo.ts';
import type { Promised } from './reading.ts';

/** What has to be true of every run, whatever happens in it; read from its events, and not from the rules that made them. */
const PROMISES: readonly Promised[] = [
  ({ slips }) => slips,
  intentBeforeResult,
  everythingBeforeIsOver,
  nothingAfterSomethingWrong,
  approvedBefore,
  nothingDestructiveTwice,
  undoneInReverse,
  nothingLeftInSilence,
  endsAsItSays,
  nothingHappenedBeforeItEnded,
  nothingAfterTheEnd,
  claimsGivenBack,
];

/** Every promise that a run has broken. */
export function brokenPromises(played: Played): readonly string[] {
  return [...new Set(PROMISES.flatMap((promise) => promise(played)))];
}
