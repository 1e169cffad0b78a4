import type { RedisUnlink } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import { failed } from './deed.ts';
import type { Deed } from './deed.ts';
import { withRedis } from './redis-connection.ts';
import type { RedisCall } from './redis-connection.ts';
import { countKeys, sayKeys, scanKeys } from './redis-keys.ts';

const REPORT_EVERY_MS = 1000;

/** Deletes the keys that match a pattern, in batches with a rest between them; above its cap it deletes none at all. */
export async function redisUnlink(action: RedisUnlink<string>, context: DeedContext): Promise<Deed> {
  const { url, match, cap } = action;
  return await withRedis(url, context, async (call) => {
    const total = await countKeys(call, match, cap);
    if (cap !== undefined && total > cap) {
      return failed(`More than ${sayKeys(cap)} match "${match}", so none was deleted: look at the pattern, or raise the step's cap.`);
    }
    if (total === 0) return { status: 'done', already: true, says: `No key matches "${match}".`, value: 0, json: 0, text: '0' };
    const deleted = await deleteAll(call, action, total, context);
    return {
      status: 'done',
      says: `${sayKeys(deleted)} of the pattern "${match}" deleted.`,
      value: deleted,
      json: deleted,
      text: String(deleted),
    };
  });
}

async function deleteAll(
  call: RedisCall,
  { match, batch, pauseMs }: RedisUnlink<string>,
  total: number,
  context: DeedContext,
): Promise<number> {
  const { clock, deadline, output } = context;
  let deleted = 0;
  let reportAt = clock.monotonicMs();
  const soFar = (): string => `${sayKeys(deleted)} of ${total.toLocaleString('en-US')} had been deleted.`;
  for await (const page of scanKeys((command) => call(command, { writes: true, soFar }), match, batch)) {
    for (let at = 0; at < page.length; at += batch) {
      deleted += Number(await call(['UNLINK', ...page.slice(at, at + batch)], { writes: true, soFar }));
      // A pause that the deadline ends is followed by a call that says so.
      await deadline.pause(pauseMs);
    }
    if (clock.monotonicMs() >= reportAt) {
      output.say(soFar());
      reportAt = clock.monotonicMs() + REPORT_EVERY_MS;
    }
  }
  return deleted;
}
