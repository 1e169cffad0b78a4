import type { RedisCall } from './redis-connection.ts';

/** Keys per SCAN where a step does not say. */
const PAGE = 1000;
/** SCAN may give a key twice; so many keys are remembered in order to count each only once. */
const MOST_REMEMBERED = 1_000_000;

/** All keys that match, in pages as SCAN gives them: a server is never blocked for longer than one page takes. */
export async function* scanKeys(call: RedisCall, match: string, page: number): AsyncGenerator<readonly string[]> {
  let cursor = '0';
  do {
    const [next, keys] = (await call(['SCAN', cursor, 'MATCH', match, 'COUNT', String(page)])) as readonly [string, readonly string[]];
    cursor = next;
    yield keys;
  } while (cursor !== '0');
}

/** How many keys match; counting ends early as soon as there are more than `most`. */
export async function countKeys(call: RedisCall, match: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  const seen = new Set<string>();
  let beyond = 0;
  for await (const keys of scanKeys(call, match, PAGE)) {
    for (const key of keys) {
      if (seen.size < MOST_REMEMBERED) seen.add(key);
      else if (!seen.has(key)) beyond += 1;
    }
    if (seen.size + beyond > most) break;
  }
  return seen.size + beyond;
}

/** `1,234 keys`, `1 key`. */
export function sayKeys(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'key' : 'keys'}`;
}
