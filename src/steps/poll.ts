import { sayDuration } from '../core/duration.ts';
import type { Clock, StepAnswer, StepRequest } from '../core/ports.ts';
import type { Poll } from '../core/procedure/action.ts';
import { createDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';

export type Polling = {
  readonly poll: Poll;
  readonly effect: StepRequest['effect'];
  /** The step's own limit, which the window never exceeds. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Asks once, for at most so long. */
  readonly ask: (timeoutMs: number) => Promise<StepAnswer>;
  /** Tells whoever watches how it stands. */
  readonly say: (line: string) => void;
};

/** One question that hangs may not use up the whole window. */
const LONGEST_QUESTION_MS = 30_000;

/** Asks again and again until it holds as often in a row as it should, and never beyond the window. */
export async function pollUntil(polling: Polling): Promise<StepAnswer> {
  const { clock, signal, poll, timeoutMs } = polling;
  const ms = Math.min(poll.withinMs, timeoutMs);
  const window = createDeadline({ clock, signal, ms });
  try {
    return await askWithin(window, clock.monotonicMs() + ms, polling);
  } finally {
    window.release();
  }
}

async function askWithin(window: Deadline, until: number, polling: Polling): Promise<StepAnswer> {
  const { clock, poll, effect, ask, say } = polling;
  let inARow = 0;
  // The last question is often cut off by the end of the window; what was answered before it says more.
  let heard: StepAnswer | null = null;
  for (let asked = 1; ; asked += 1) {
    const askedAt = clock.monotonicMs();
    const answer = await ask(Math.max(0, Math.min(until - askedAt, LONGEST_QUESTION_MS)));
    if (isStopped(window) || (answer.status === 'unknown' && effect !== 'read')) return isStopped(window) ? window.deed() : answer;
    heard = answer.status === 'unknown' ? heard : answer;
    inARow = holds(answer) ? inARow + 1 : 0;
    if (holds(answer) && inARow >= poll.times) return answer;
    const row = poll.times > 1 ? ` (${inARow} of ${poll.times} in a row)` : '';
    say(`Question ${asked}${row}: ${answer.says}`);
    const now = clock.monotonicMs();
    const pauseMs = Math.max(0, askedAt + poll.everyMs - now);
    const goesOn = now + pauseMs < until && (await window.pause(pauseMs));
    if (goesOn) continue;
    return isStopped(window) ? window.deed() : gaveUp(heard ?? answer, asked, poll);
  }
}

function holds(answer: StepAnswer): boolean {
  return answer.status === 'ok' || answer.status === 'already-done';
}

function isStopped({ signal }: Deadline): boolean {
  return signal.aborted && signal.reason !== 'timeout';
}

function gaveUp(last: StepAnswer, asked: number, { withinMs, times }: Poll): StepAnswer {
  const often = times > 1 ? ` ${times} times in a row` : '';
  const says = `It did not hold${often} within ${sayDuration(withinMs)}, asked ${asked === 1 ? 'once' : `${asked} times`}. ${last.says}`;
  if (last.status === 'unknown') return { status: 'failed', says };
  return { ...last, status: 'failed', says };
}
