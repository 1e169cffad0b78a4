import type { Action } from './action.ts';
import type { Effect, PlannedStep } from './planned-step.ts';
import { sqlWipes, sqlWrites } from './sql-text.ts';

/** Redis commands that change nothing and don't block a server; everything else counts as a write. `KEYS` blocks, so it is not among them. */
const REDIS_READS = new Set(
  `BITCOUNT BITPOS DBSIZE ECHO EXISTS EXPIRETIME GET GETBIT GETRANGE HEXISTS HGET HGETALL HKEYS HLEN HMGET HSTRLEN HVALS INFO LASTSAVE LINDEX LLEN
  LPOS LRANGE MGET PEXPIRETIME PING PTTL ROLE SCARD SISMEMBER SMEMBERS SMISMEMBER STRLEN TIME TTL TYPE XINFO XLEN XRANGE XREVRANGE ZCARD ZCOUNT
  ZMSCORE ZRANGE ZRANGEBYSCORE ZRANK ZREVRANK ZSCORE`.split(/\s+/),
);
const REDIS_READS_OF_TWO_WORDS = new Set([
  'CLIENT INFO',
  'CONFIG GET',
  'LATENCY LATEST',
  'MEMORY USAGE',
  'OBJECT ENCODING',
  'OBJECT IDLETIME',
  'SLOWLOG LEN',
]);
const REDIS_WIPES = new Set(['FLUSHDB', 'FLUSHALL', 'UNLINK', 'DEL', 'GETDEL']);

/** What an action can break where its author does not say: it is destructive unless it only reads, or says something that is said once however often it is done. */
export function defaultEffect(action: Action): Effect {
  if (action.kind === 'announce') return 'idempotent';
  return writes(action) === 'no' ? 'read' : 'destructive';
}

/** Whether an action changes anything; `maybe` where only its author can know, because it is a program or calls functions. */
export function writes(action: Action): 'yes' | 'no' | 'maybe' {
  switch (action.kind) {
    case 'run':
    case 'shell':
      return 'maybe';
    case 'http':
      return action.method === 'GET' || action.method === 'HEAD' ? 'no' : 'yes';
    case 'redis-command':
      return isRedisRead(action.command) ? 'no' : 'yes';
    case 'sql':
      return sqlWrites(action.query) ? 'yes' : 'maybe';
    case 'redis-count':
    case 'git-resolve':
    case 'git-same':
    case 'metric':
      return 'no';
    case 'redis-unlink':
    case 'git-restore':
    case 'file-write':
    case 'file-replace':
    case 'file-remove':
    case 'file-restore':
    case 'manual':
    case 'announce':
      return 'yes';
    default:
      return action satisfies never;
  }
}

/** Whether what an action takes away can't come back by running anything: such an action is destructive whatever its author says. */
export function wipes(action: Action): boolean {
  if (action.kind === 'sql') return sqlWipes(action.query);
  return action.kind === 'redis-unlink' || (action.kind === 'redis-command' && REDIS_WIPES.has(commandName(action.command)));
}

/** Whether the step's own kind can tell if it has already happened, so that `guarded` needs no `check:`. */
export function guardsItself(action: Action): boolean {
  return action.kind === 'git-restore' || action.kind.startsWith('file-');
}

/**
 * Whether an attempt whose result was lost may be made again without asking: it is harmless, or its kind finds what it has done
 * already, and hands on the same outputs.
 */
export function repeatsByItself({ effect, check, probe }: Pick<PlannedStep, 'effect' | 'check' | 'probe'>): boolean {
  return effect === 'read' || effect === 'idempotent' || (effect === 'guarded' && !check && guardsItself(probe.action));
}

function isRedisRead(command: readonly string[]): boolean {
  return REDIS_READS.has(commandName(command)) || REDIS_READS_OF_TWO_WORDS.has(command.slice(0, 2).join(' ').toUpperCase());
}

function commandName(command: readonly string[]): string {
  return (command[0] ?? '').toUpperCase();
}
