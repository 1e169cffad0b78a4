import type { RedisCount } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { withRedis } from './redis-connection.ts';
import { countKeys, sayKeys } from './redis-keys.ts';

/** Counts the keys that match a pattern. */
export async function redisCount({ url, match }: RedisCount<string>, context: DeedContext): Promise<Deed> {
  return await withRedis(url, context, async (call) => {
    const count = await countKeys(call, match);
    return { status: 'done', says: `${sayKeys(count)} of the pattern "${match}".`, value: count, json: count, text: String(count) };
  });
}
