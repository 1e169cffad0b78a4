import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { CLOUDFLARE_FAULTS } from './cloudflare/faults.ts';
import { MARKER, MARKER_KEY } from './contents.ts';
import type { RedisGate } from './redis-gate.ts';

/** What can go wrong in the middle of a rollback. */
export const SABOTAGES = [
  /** `crontab -l` fails; installing a table still works, so a careless pipeline wipes it. */
  'crontab-unreadable',
  /** `wrangler deploy` changes nothing and exits with 1. */
  'deploy-fails',
  /** `wrangler deploy` never ends and changes nothing. */
  'deploy-hangs',
  /** `wrangler deploy` does its work, and then exits with 1. */
  'deployed-but-exit-1',
  /** Every connection to Redis is cut and new ones are refused; the data stays. */
  'redis-down',
  /** The marker says that this is another Redis. */
  'wrong-redis',
  /** A forgotten machine with no crontab of ours keeps warming the cache. */
  'warming-returns',
  /** A third of the requests fails for a reason that no deployment cures. */
  'service-stays-sick',
  ...CLOUDFLARE_FAULTS,
] as const;

export type SabotageName = (typeof SABOTAGES)[number];

export type Saboteur = {
  readonly isOn: (name: SabotageName) => boolean;
  readonly begin: (name: SabotageName) => Promise<void>;
  readonly end: (name: SabotageName) => Promise<void>;
};

/** Switches faults on and off. Each is a file in a folder as well, where the stand-in tools look. */
export function createSaboteur({ folder, gate, redis }: { folder: string; gate: RedisGate; redis: Redis }): Saboteur {
  const on = new Set<SabotageName>();

  async function apply(name: SabotageName, begins: boolean): Promise<void> {
    if (name === 'redis-down') await (begins ? gate.shut() : gate.open());
    if (name === 'wrong-redis') await redis.set(MARKER_KEY, begins ? 'somebody-elses-cache' : MARKER);
  }

  return {
    isOn: (name) => on.has(name),
    async begin(name) {
      on.add(name);
      await writeFile(join(folder, name), '');
      await apply(name, true);
    },
    async end(name) {
      if (!on.delete(name)) return;
      await rm(join(folder, name), { force: true });
      await apply(name, false);
    },
  };
}
