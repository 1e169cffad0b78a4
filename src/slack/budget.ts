import type { Clock } from '../core/ports.ts';

/** What goes first where not everything may go at once. */
export const PRIORITIES = ['approval', 'page', 'progress', 'output', 'alert'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How much may go out: `burst` at once, then one each `everyMs`. */
export type Rate = { readonly burst: number; readonly everyMs: number };

export type Budget = {
  /** Resolves with whether it had to wait, as soon as one more call of this bucket may be made: the urgent first, then first come. */
  turn(bucket: string, priority: Priority): Promise<boolean>;
  /** Lets nothing of a bucket out for so long, because Slack said so. */
  pause(bucket: string, ms: number): void;
  /** Lets everything out that waits, so that nothing hangs while the bot stops. */
  end(): void;
};

/** All edits of the workspace share 50 a minute; a burst of 10 and then 40 a minute never goes over. */
export const UPDATE_BUCKET = 'chat.update';
const UPDATE_RATE: Rate = { burst: 10, everyMs: 1500 };
/** A channel takes a message a second, and puts up with a short burst. */
const POST_RATE: Rate = { burst: 5, everyMs: 1000 };

/** Progress of one message need not be shown more often than this. */
const MESSAGE_RATE: Rate = { burst: 3, everyMs: 2000 };
/** Nobody reads the counts of a storm second by second. */
const ALERT_RATE: Rate = { burst: 2, everyMs: 10_000 };

/** The bucket of new messages in a channel. */
export function postBucket(channel: string): string {
  return `post ${channel}`;
}

/** The bucket of one message's edits. */
export function messageBucket(channel: string, ts: string): string {
  return `message ${channel} ${ts}`;
}

/** The bucket of the edits of one message about alerts. */
export function alertBucket(channel: string, ts: string): string {
  return `alert ${channel} ${ts}`;
}

/** A token bucket with a queue for each kind of call, on the given clock. */
export function createBudget(clock: Clock, rateOf: (bucket: string) => Rate = usualRate): Budget {
  const buckets = new Map<string, Bucket>();
  let ended = false;
  const bucketOf = (name: string): Bucket => {
    const known = buckets.get(name);
    if (known) return known;
    const rate = rateOf(name);
    const made: Bucket = { rate, left: rate.burst, at: clock.monotonicMs(), pausedUntil: 0, queue: [], timer: null };
    buckets.set(name, made);
    return made;
  };
  return {
    turn(name, priority) {
      const bucket = bucketOf(name);
      if (ended || (bucket.queue.length === 0 && take(bucket, clock))) return Promise.resolve(false);
      return new Promise((resolve) => {
        enqueue(bucket, { priority: PRIORITIES.indexOf(priority), go: () => resolve(true) });
        serve(bucket, clock);
      });
    },
    pause(name, ms) {
      const bucket = bucketOf(name);
      bucket.pausedUntil = Math.max(bucket.pausedUntil, clock.monotonicMs() + ms);
      bucket.left = Math.min(bucket.left, 1);
    },
    end() {
      ended = true;
      for (const bucket of buckets.values()) {
        bucket.timer?.();
        for (const waiting of bucket.queue.splice(0)) waiting.go();
      }
    },
  };
}

type Waiting = { readonly priority: number; readonly go: () => void };
type Bucket = {
  readonly rate: Rate;
  readonly queue: Waiting[];
  left: number;
  at: number;
  pausedUntil: number;
  timer: (() => void) | null;
};

function usualRate(bucket: string): Rate {
  if (bucket === UPDATE_BUCKET) return UPDATE_RATE;
  if (bucket.startsWith('alert ')) return ALERT_RATE;
  return bucket.startsWith('message ') ? MESSAGE_RATE : POST_RATE;
}

function enqueue(bucket: Bucket, waiting: Waiting): void {
  const behind = bucket.queue.findIndex((other) => other.priority > waiting.priority);
  bucket.queue.splice(behind === -1 ? bucket.queue.length : behind, 0, waiting);
}

function serve(bucket: Bucket, clock: Clock): void {
  if (bucket.timer) return;
  while (bucket.queue.length > 0 && take(bucket, clock)) bucket.queue.shift()?.go();
  if (bucket.queue.length === 0) return;
  bucket.timer = clock.after(msUntilNext(bucket, clock), () => {
    bucket.timer = null;
    serve(bucket, clock);
  });
}

function take(bucket: Bucket, clock: Clock): boolean {
  refill(bucket, clock);
  if (bucket.left < 1 || clock.monotonicMs() < bucket.pausedUntil) return false;
  bucket.left -= 1;
  return true;
}

function refill(bucket: Bucket, clock: Clock): void {
  const now = clock.monotonicMs();
  bucket.left = Math.min(bucket.rate.burst, bucket.left + (now - bucket.at) / bucket.rate.everyMs);
  bucket.at = now;
}

function msUntilNext(bucket: Bucket, clock: Clock): number {
  const pause = bucket.pausedUntil - clock.monotonicMs();
  return Math.max(1, Math.ceil(pause), Math.ceil((1 - bucket.left) * bucket.rate.everyMs));
}
