import type { Keyspace } from './redis-keyspace.ts';
import type { Reply } from './resp.ts';

type Command = { readonly arity: readonly [least: number, most: number]; readonly run: (args: readonly string[], keys: Keyspace) => Reply };

const OK: Reply = { kind: 'status', text: 'OK' };
const SYNTAX: Reply = { kind: 'error', text: 'ERR syntax error' };
const NO_INTEGER: Reply = { kind: 'error', text: 'ERR value is not an integer or out of range' };

/** Performs one command as Redis does, for the few commands that a demo needs. */
export function perform(words: readonly string[], keys: Keyspace): Reply {
  const [name = '', ...args] = words;
  const command = COMMANDS.get(name.toLowerCase());
  if (!command)
    return { kind: 'error', text: `ERR unknown command '${name}', with args beginning with: ${args.map((arg) => `'${arg}' `).join('')}` };
  const [least, most] = command.arity;
  if (args.length < least || args.length > most) {
    return { kind: 'error', text: `ERR wrong number of arguments for '${name.toLowerCase()}' command` };
  }
  return command.run(args, keys);
}

const ANY = Number.POSITIVE_INFINITY;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['ping', { arity: [0, 1], run: ([text]) => (text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text)) }],
  ['quit', { arity: [0, 0], run: () => OK }],
  ['hello', { arity: [0, ANY], run: ([version]) => hello(version) }],
  ['client', { arity: [1, ANY], run: ([what = '']) => (what.toLowerCase() === 'id' ? integer(1) : OK) }],
  ['select', { arity: [1, 1], run: ([db]) => (db === '0' ? OK : { kind: 'error', text: 'ERR DB index is out of range' }) }],
  ['get', { arity: [1, 1], run: ([key = ''], keys) => bulk(keys.get(key)) }],
  ['set', { arity: [2, 4], run: set }],
  ['del', { arity: [1, ANY], run: remove }],
  ['unlink', { arity: [1, ANY], run: remove }],
  ['exists', { arity: [1, ANY], run: (names, keys) => integer(names.filter((key) => keys.has(key)).length) }],
  ['type', { arity: [1, 1], run: ([key = ''], keys) => ({ kind: 'status', text: keys.has(key) ? 'string' : 'none' }) }],
  ['keys', { arity: [1, 1], run: ([glob = ''], keys) => list(keys.keys().filter(matcher(glob))) }],
  ['scan', { arity: [1, 5], run: scan }],
  ['expire', { arity: [2, 2], run: expire }],
  ['ttl', { arity: [1, 1], run: ttl }],
  ['dbsize', { arity: [0, 0], run: (_, keys) => integer(keys.size()) }],
  ['flushdb', { arity: [0, 1], run: flush }],
  ['info', { arity: [0, ANY], run: (sections, keys) => bulk(info(sections, keys)) }],
]);

function hello(version: string | undefined): Reply {
  if (version !== undefined && version !== '2') return { kind: 'error', text: 'NOPROTO unsupported protocol version' };
  const facts = ['server', 'redis', 'version', '7.0.0', 'proto', '2', 'mode', 'standalone', 'role', 'master'];
  return list(facts);
}

function set([key = '', value = '', option, seconds]: readonly string[], keys: Keyspace): Reply {
  if (option !== undefined && (option.toLowerCase() !== 'ex' || seconds === undefined)) return SYNTAX;
  if (seconds !== undefined && !isInteger(seconds)) return NO_INTEGER;
  if (seconds !== undefined && Number(seconds) <= 0) return { kind: 'error', text: "ERR invalid expire time in 'set' command" };
  keys.set(key, value, seconds === undefined ? null : Number(seconds) * 1000);
  return OK;
}

function remove(names: readonly string[], keys: Keyspace): Reply {
  return integer(names.filter((key) => keys.remove(key)).length);
}

function expire([key = '', seconds = '']: readonly string[], keys: Keyspace): Reply {
  if (!isInteger(seconds)) return NO_INTEGER;
  const value = keys.get(key);
  if (value === null) return integer(0);
  if (Number(seconds) > 0) keys.set(key, value, Number(seconds) * 1000);
  else keys.remove(key);
  return integer(1);
}

function ttl([key = '']: readonly string[], keys: Keyspace): Reply {
  const left = keys.ttlMs(key);
  if (left === undefined) return integer(-2);
  return integer(left === null ? -1 : Math.round(left / 1000));
}

function flush([how, ...more]: readonly string[], keys: Keyspace): Reply {
  if (more.length > 0 || (how !== undefined && !/^(a?sync)$/i.test(how))) return SYNTAX;
  keys.clear();
  return OK;
}

function scan([cursor = '', ...options]: readonly string[], keys: Keyspace): Reply {
  if (!/^\d+$/.test(cursor)) return { kind: 'error', text: 'ERR invalid cursor' };
  let match = '*';
  let count = '10';
  for (let at = 0; at < options.length; at += 2) {
    const value = options[at + 1];
    const name = options[at]?.toLowerCase();
    if (value === undefined || (name !== 'match' && name !== 'count')) return SYNTAX;
    if (name === 'match') match = value;
    else count = value;
  }
  if (!isInteger(count)) return NO_INTEGER;
  if (Number(count) < 1) return SYNTAX;
  const page = keys.scan(Number(cursor), Number(count));
  return { kind: 'array', items: [bulk(String(page.cursor)), list(page.keys.filter(matcher(match)))] };
}

function info(sections: readonly string[], keys: Keyspace): string {
  const all: Readonly<Record<string, string>> = {
    server: '# Server\r\nredis_version:7.0.0\r\nredis_mode:standalone\r\n',
    memory: `# Memory\r\nused_memory:${keys.usedBytes()}\r\nmaxmemory:0\r\n`,
    replication: '# Replication\r\nrole:master\r\nconnected_slaves:0\r\n',
    keyspace: `# Keyspace\r\n${keys.size() ? `db0:keys=${keys.size()},expires=0,avg_ttl=0\r\n` : ''}`,
  };
  const wanted = sections.length ? sections.map((section) => section.toLowerCase()) : Object.keys(all);
  return wanted.flatMap((section) => all[section] ?? []).join('\r\n');
}

/** Redis' glob: `*`, `?`, `[a-z]`, `[^a]` and `\` before a character that means itself. */
function matcher(glob: string): (key: string) => boolean {
  const source = glob.replace(/\\.|\[\^?[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '[\\s\\S]*';
    if (part === '?') return '[\\s\\S]';
    if (part.length > 1 && part.startsWith('[')) return part;
    return part.replace(/^\\/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const pattern = new RegExp(`^${source}$`);
  return (key) => pattern.test(key);
}

function isInteger(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

function bulk(text: string | null): Reply {
  return { kind: 'bulk', text };
}

function integer(value: number): Reply {
  return { kind: 'integer', value };
}

function list(items: readonly string[]): Reply {
  return { kind: 'array', items: items.map(bulk) };
}
