import type { Redis } from 'ioredis';
import type { Clock } from '../../core/ports.ts';

/** How full the cache is, by its own account. */
export type CacheState =
  | { readonly status: 'reachable'; readonly memoryBytes: number; readonly limitBytes: number; readonly warmedKeys: number }
  | { readonly status: 'unreachable'; readonly says: string };

/** The cache as the deployed code sees it. A write above the limit is refused, as a hosted Redis does. */
export type Cache = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, seconds: number): Promise<void>;
  measure(): Promise<CacheState>;
  /** Takes what is used now, rounded up, and half a MiB of headroom as the limit from here on. */
  setLimit(): Promise<void>;
  close(): void;
};

const MEASURE_EVERY_MS = 200;
const QUARTER_MIB = 262_144;

export function createCache({ redis, clock }: { redis: Redis; clock: Clock }): Cache {
  let limitBytes = Number.POSITIVE_INFINITY;
  let full = false;
  let cancel: (() => void) | null = null;
  let closed = false;

  async function measure(): Promise<CacheState> {
    try {
      const memoryBytes = await usedBytes(redis);
      full = memoryBytes > limitBytes;
      return { status: 'reachable', memoryBytes, limitBytes, warmedKeys: await countKeys(redis, 'warm:*') };
    } catch (error) {
      // What the client says of its own queue is of no use to anybody who looks at the shop.
      if (redis.status !== 'ready') return { status: 'unreachable', says: 'there is no connection to it' };
      return { status: 'unreachable', says: error instanceof Error ? error.message : String(error) };
    }
  }

  function keepMeasuring(): void {
    if (closed) return;
    cancel = clock.after(MEASURE_EVERY_MS, () => void measure().then(keepMeasuring));
  }
  keepMeasuring();

  return {
    get: (key) => redis.get(key),
    async set(key, value, seconds) {
      if (full) throw new Error('OOM: the cache is above its memory limit and takes no more writes');
      await redis.set(key, value, 'EX', seconds);
    },
    measure,
    async setLimit() {
      limitBytes = (Math.ceil((await usedBytes(redis)) / QUARTER_MIB) + 2) * QUARTER_MIB;
    },
    close() {
      closed = true;
      cancel?.();
    },
  };
}

/** Counts the keys that match, without holding up the server. */
async function countKeys(redis: Redis, match: string): Promise<number> {
  let count = 0;
  for await (const keys of redis.scanStream({ match, count: 1000 })) count += (keys as string[]).length;
  return count;
}

async function usedBytes(redis: Redis): Promise<number> {
  const found = /^used_memory:(\d+)/m.exec(await redis.info('memory'));
  if (!found) throw new Error('the server does not say how much memory it uses');
  return Number(found[1]);
}
