import { canonicalJson } from '../core/digest.ts';
import type { RedisCommand } from '../core/procedure/action.ts';
import { writes } from '../core/procedure/effect.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { withRedis } from './redis-connection.ts';

/** Sends one command; its reply is what was observed. */
export async function redisCommand(action: RedisCommand<string>, context: DeedContext): Promise<Deed> {
  return await withRedis(action.url, context, async (call) => {
    const reply = await call(action.command, { writes: writes(action) !== 'no' || context.effect !== 'read' });
    const text = typeof reply === 'string' ? reply : canonicalJson(reply);
    context.output.say(text);
    return { status: 'done', says: `Redis answered ${(action.command[0] ?? '').toUpperCase()}.`, value: reply, json: reply, text };
  });
}
