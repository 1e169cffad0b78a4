import type { SlackClock } from '../clock.ts';
import type { Tier } from './method.ts';

/** Counts calls against Slack's limits, separately for each method and, for posting, each channel. */
export interface RateLimits {
  /** Takes one call; the answer is how many seconds to wait first, 0 when it may go through. */
  take(method: string, tier: Tier, channel: string): number;
}

interface Bucket {
  left: number;
  at: number;
}

interface Rule {
  perMinute: number;
  burst: number;
}

/** A tier's burst is not documented: a minute's worth. Posting was measured as about 25 at once, then one a second. */
const rules: Record<Exclude<Tier, 'posting'> | 'channel' | 'workspace', Rule> = {
  1: { perMinute: 1, burst: 1 },
  2: { perMinute: 20, burst: 20 },
  3: { perMinute: 50, burst: 50 },
  4: { perMinute: 100, burst: 100 },
  special: { perMinute: 600, burst: 600 },
  channel: { perMinute: 60, burst: 25 },
  workspace: { perMinute: 300, burst: 300 },
};

export function createRateLimits(clock: SlackClock): RateLimits {
  const buckets = new Map<string, Bucket>();
  function bucket(key: string, rule: Rule): Bucket {
    const now = clock.now();
    const old = buckets.get(key) ?? { left: rule.burst, at: now };
    const filled = { left: Math.min(rule.burst, old.left + ((now - old.at) * rule.perMinute) / 60_000), at: now };
    buckets.set(key, filled);
    return filled;
  }
  function takeAll(wanted: readonly [string, Rule][]): number {
    const found = wanted.map(([key, rule]) => ({ rule, bucket: bucket(key, rule) }));
    const short = found.find((entry) => entry.bucket.left < 1);
    if (short) return Math.max(1, Math.ceil(((1 - short.bucket.left) * 60) / short.rule.perMinute));
    for (const entry of found) entry.bucket.left -= 1;
    return 0;
  }
  return {
    take(method, tier, channel) {
      if (tier !== 'posting') return takeAll([[method, rules[tier]]]);
      return takeAll([
        [method, rules.workspace],
        [`${method} ${channel}`, rules.channel],
      ]);
    },
  };
}
