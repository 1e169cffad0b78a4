import { writes } from '../../procedure/effect.ts';
import type { RedisCommand, RedisCount, RedisUnlink } from '../../procedure/action.ts';
import { Inexpressible, wordOf, wordsOf } from '../word.ts';

/** Commands that leave the same when they come twice, which redis-cli makes happen by itself when an answer is lost. */
const SAME_TWICE = new Set(
  'DEL EXPIRE EXPIREAT FLUSHALL FLUSHDB HDEL HMSET HSET LTRIM MSET PERSIST PEXPIRE PEXPIREAT PSETEX SADD SET SETEX SREM UNLINK ZADD ZREM'.split(
    ' ',
  ),
);

/** One command, by redis-cli. */
export function redisCommandLines(action: RedisCommand<string>): readonly string[] {
  const { url, command } = action;
  const name = (command[0] ?? '').toUpperCase();
  if (writes(action) !== 'no' && !SAME_TWICE.has(name)) {
    throw new Inexpressible(`redis-cli sends a command once more when its answer is lost, and ${name} done twice is not ${name} done once`);
  }
  return [`redis_command ${wordOf(url)} ${wordsOf(command)}`];
}

/** Keys that match are deleted in batches. */
export function redisUnlinkLines({ url, match, batch, pauseMs, cap }: RedisUnlink<string>): readonly string[] {
  return [`redis_unlink ${wordOf(url)} ${pattern(match)} ${batch} ${pauseMs / 1000} ${cap === undefined ? "''" : cap}`];
}

/** Keys that match are counted. */
export function redisCountLines({ url, match }: RedisCount<string>): readonly string[] {
  return [`redis_count ${wordOf(url)} ${pattern(match)}`];
}

function pattern(match: string): string {
  return wordOf(match, { values: 'in_glob' });
}
