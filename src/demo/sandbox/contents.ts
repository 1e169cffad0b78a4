import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { CATALOGUE } from './catalogue.ts';
import type { Folders } from './folders.ts';

/** Says which Redis this is, so that a procedure can make sure before it deletes anything. */
export const MARKER_KEY = 'rollbot:marker';
export const MARKER = 'sandbox-production-cache';

const SESSIONS = 25;
const SESSION_SECONDS = 86_400;

/** What shares the Redis with the cache and has to survive a rollback of it: the marker and who is logged in. */
export async function seedRedis(redis: Redis): Promise<void> {
  const batch = redis.pipeline().set(MARKER_KEY, MARKER);
  for (let each = 1; each <= SESSIONS; each += 1) batch.set(`session:${each}`, JSON.stringify({ customer: each }), 'EX', SESSION_SECONDS);
  const results = await batch.exec();
  const failed = results?.find(([error]) => error !== null);
  if (failed?.[0]) throw failed[0];
}

/** Deletes what a sandbox keeps in its Redis, and nothing else. */
export async function clearRedis(redis: Redis): Promise<void> {
  for (const match of [MARKER_KEY, 'session:*', 'page:*', 'warm:*']) {
    for await (const keys of redis.scanStream({ match, count: 1000 }))
      if ((keys as string[]).length > 0) await redis.unlink(...(keys as string[]));
  }
}

/** The jobs of the operations host: two that warm the cache, two that have nothing to do with it. */
export function crontabOf(jobs: string): string {
  return `# Operations host of the shop
SHELL=/bin/bash
*/5 * * * * ${warmingCommand(jobs, 'best-sellers')}
*/15 * * * * ${warmingCommand(jobs, 'catalogue')}
0 3 * * * date >> backup.log
30 * * * * date >> session-report.log
`;
}

export function warmingCommand(jobs: string, what: 'best-sellers' | 'catalogue'): string {
  return `bash "${jobs}/scripts/cache-warming.sh" ${what}`;
}

/** The nightly export of the database, which the warming jobs read. */
export async function writeExport({ home }: Folders): Promise<void> {
  await writeFile(join(home, 'catalogue-export.jsonl'), CATALOGUE.map((product) => `${JSON.stringify(product)}\n`).join(''));
}
