import type { MetricPlace } from '../core/reading/port.ts';
import type { Reading } from '../core/reading/reading.ts';
import type { Clock, Log } from '../core/ports.ts';

export type PollerParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Reads once; never fails for what the world does. */
  readonly read: (place: MetricPlace) => Promise<Reading>;
  /** How often a metric is to be read, as the settings have it now. */
  readonly everyMs: (place: MetricPlace) => number;
};

export type Poller = {
  readonly now: (place: MetricPlace) => Promise<Reading>;
  readonly last: (place: MetricPlace) => readonly Reading[];
  readonly subscribe: (place: MetricPlace, listener: Listener) => () => void;
  readonly stop: () => Promise<void>;
};

type Listener = (reading: Reading) => void;
type Poll = { readonly listeners: Set<Listener>; kept: readonly Reading[]; cancel: () => void };

/** An hour of a metric that is read every 15 s. */
const KEPT = 240;
/** First readings are so far apart at least, so that what is watched is not asked for everything in the same instant. */
const APART_MS = 137;
const FIRST_WITHIN_MS = 2000;

/** Reads each metric that somebody wants again and again, each at its own pace and never twice at once. */
export function createPoller({ clock, log, read, everyMs }: PollerParts): Poller {
  const polls = new Map<string, Poll>();
  /** The last reading of each metric that was begun: the next one waits for it. */
  const reading = new Map<string, Promise<Reading>>();
  let begun = 0;
  let stopped = false;

  async function now(place: MetricPlace): Promise<Reading> {
    const key = keyOf(place);
    const before = reading.get(key);
    const next = (async () => {
      await before;
      return await readOnce(place);
    })();
    reading.set(key, next);
    const answer = await next;
    if (reading.get(key) === next) reading.delete(key);
    hand(place, answer);
    return answer;
  }

  async function readOnce(place: MetricPlace): Promise<Reading> {
    if (stopped) return { at: clock.now(), why: 'Rollbot is being stopped, so nothing is read any more.' };
    try {
      return await read(place);
    } catch (error) {
      log.error({ ...place, error }, 'a metric could not be read');
      return { at: clock.now(), why: 'Rollbot itself broke off while it was read.' };
    }
  }

  function hand(place: MetricPlace, answer: Reading): void {
    const poll = polls.get(keyOf(place));
    if (!poll || stopped) return;
    poll.kept = [...poll.kept, answer].slice(-KEPT);
    for (const listener of poll.listeners) {
      try {
        listener(answer);
      } catch (error) {
        log.error({ ...place, error }, 'a reading could not be dealt with');
      }
    }
  }

  /** Sets the time of the next reading from the beginning of this one, so that a slow answer does not slow down the pace. */
  function schedule(place: MetricPlace, poll: Poll, waitMs: number): void {
    poll.cancel = clock.after(waitMs, () => void look(place, poll));
  }

  async function look(place: MetricPlace, poll: Poll): Promise<void> {
    const beganMs = clock.monotonicMs();
    await now(place);
    if (stopped || polls.get(keyOf(place)) !== poll) return;
    schedule(place, poll, Math.max(0, beganMs + everyMs(place) - clock.monotonicMs()));
  }

  function begin(place: MetricPlace): Poll {
    const poll: Poll = { listeners: new Set(), kept: [], cancel: () => {} };
    polls.set(keyOf(place), poll);
    schedule(place, poll, (begun * APART_MS) % Math.min(FIRST_WITHIN_MS, everyMs(place)));
    begun += 1;
    return poll;
  }

  return {
    now,
    last: (place) => polls.get(keyOf(place))?.kept ?? [],
    subscribe(place, listener) {
      if (stopped) return () => {};
      const key = keyOf(place);
      const poll = polls.get(key) ?? begin(place);
      // Of its own, so that the same function may be given twice.
      const own: Listener = (answer) => listener(answer);
      poll.listeners.add(own);
      return () => {
        poll.listeners.delete(own);
        if (poll.listeners.size > 0 || polls.get(key) !== poll) return;
        poll.cancel();
        polls.delete(key);
      };
    },
    async stop() {
      stopped = true;
      for (const poll of polls.values()) poll.cancel();
      await Promise.allSettled(reading.values());
      polls.clear();
    },
  };
}

function keyOf({ target, metric }: MetricPlace): string {
  return `${target}/${metric}`;
}
