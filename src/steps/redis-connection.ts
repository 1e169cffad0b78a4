import { Redis } from 'ioredis';
import type { Json } from '../core/digest.ts';
import type { DeedContext } from './context.ts';
import { Ended, failed, reasonIn, unknown } from './deed.ts';
import type { Deed } from './deed.ts';

export type RedisCall = (command: readonly string[], options?: CallOptions) => Promise<Json>;
export type CallOptions = {
  /** Whether the command changes something, so that a lost answer leaves it open whether it happened. */
  readonly writes?: boolean;
  /** What had been done before, for a sentence about a loss. */
  readonly soFar?: () => string;
};

const CONNECT_MS = 5000;
const NO_URL =
  "The URL of the database can't be read, so nothing was done: it has to begin with redis:// or rediss://, and special characters of its password are written as %XX.";

/** Opens a connection for one step. A command is sent once: never queued, never sent again by itself. */
export async function withRedis(url: string, context: DeedContext, work: (call: RedisCall) => Promise<Deed>): Promise<Deed> {
  if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? '')) return failed(NO_URL);
  const redis = connection(url);
  const trouble: { last: unknown } = { last: null };
  redis.on('error', (error: unknown) => (trouble.last = error));
  try {
    const connected = await context.deadline.within(redis.connect().catch((error: unknown) => refuse(trouble.last ?? error)));
    if (!connected)
      return context.deadline.signal.reason === 'timeout'
        ? failed('Redis could not be reached in time, so nothing was done.')
        : context.deadline.deed();
    return await work(async (command, options = {}) => await callOnce(redis, command, options, context));
  } finally {
    redis.disconnect();
  }
}

function connection(url: string): Redis {
  return new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: CONNECT_MS,
    disableClientInfo: true,
    protocol: 2,
  });
}

function refuse(error: unknown): never {
  throw new Ended(failed(`Redis could not be reached, so nothing was done: ${sayError(error)}.`));
}

async function callOnce(
  redis: Redis,
  command: readonly string[],
  { writes = false, soFar }: CallOptions,
  context: DeedContext,
): Promise<Json> {
  const [name = '', ...args] = command;
  const before = soFar ? ` ${soFar()}` : '';
  try {
    const reply = context.deadline.signal.aborted ? null : await context.deadline.within(redis.call(name, ...args));
    if (reply) return jsonOf(reply.value);
  } catch (error) {
    if (isReply(error)) throw new Ended(failed(`Redis refused ${name.toUpperCase()}: ${sayError(error)}.${before}`));
    if (!writes) throw new Ended(failed(`The connection to Redis was lost while it was read: ${sayError(error)}.${before}`));
    throw new Ended(
      unknown(
        'connection-lost',
        `The connection to Redis was lost before ${name.toUpperCase()} was answered, so nobody knows whether it happened.${before}`,
      ),
    );
  }
  const deed = context.deadline.deed();
  throw new Ended(
    !writes && deed.reason === 'timeout' ? failed(`Redis did not answer in time.${before}`) : { ...deed, says: deed.says + before },
  );
}

function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

function jsonOf(reply: unknown): Json {
  if (Array.isArray(reply)) return reply.map(jsonOf);
  if (reply instanceof Error) return `error: ${reply.message}`;
  if (typeof reply === 'bigint') return String(reply);
  return typeof reply === 'number' || typeof reply === 'string' || typeof reply === 'boolean' ? reply : null;
}

/** Redis's own words can be many; the step's sentence ends them itself. */
function sayError(error: unknown): string {
  return reasonIn(error).replace(/\.$/, '');
}
