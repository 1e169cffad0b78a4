import type { Act, Scene } from './act.ts';
import type { Hit, Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';

/** A flush deletes every key of whatever database it reaches. */
export const flushDatabase: Rule = {
  id: 'flush-database',
  about: 'a Redis database that is flushed without an approval and without a look at which one it is',
  why: `FLUSHDB deletes every key of the database that the connection happens to reach: on the wrong host or number that is somebody else's, and some hosts have one database only, where FLUSHDB is FLUSHALL and takes sessions and queues too. Then every visitor asks the origin at once. Nothing brings the keys back.

Delete what was written: "redis: { unlink: 'prefix:*', cap: … }" goes through the keys in batches and refuses more than the cap. Where the whole database has to go, "redis: { command: [FLUSHDB] }" is accepted if the step is approved and a preflight check reads a marker from the same url and compares it by "expect: { equals: … }". From redis-cli it is not accepted, because nobody can see which database that is, and FLUSHALL is not accepted at all.`,
  bad: `steps:
  - id: clear
    title: Clear the cache
    redis: [FLUSHDB]
    effect: destructive
    because: every key of the database is deleted
    approve: { by: [devops-engineer] }
    undo: { none: nothing brings deleted keys back }
`,
  good: `preflight:
  - title: This is the cache of the target
    redis: [GET, 'rollbot:marker']
    expect: { equals: '\${target.cache_marker}' }
steps:
  - id: clear
    title: Clear the cache
    redis: [FLUSHDB]
    effect: destructive
    because: every key of the database is deleted
    approve: { by: [devops-engineer] }
    undo: { none: nothing brings deleted keys back }
`,
  find: (act, scene) =>
    act.asks
      ? []
      : [...flushIn(act, scene), ...act.shell.calls.filter(flushes).map((call) => ({ says: say(`"${sayCall(call)}"`), at: call.at }))],
};

const FLUSH = /^flush(?:db|all)$/i;
const FLUSH_PATH = /\/flush(?:db|all)(?:$|[/?#])/i;
const CLIENTS = ['redis-cli', 'valkey-cli', 'keydb-cli'];

function flushIn(act: Act, scene: Scene): readonly Hit[] {
  const { action } = act;
  switch (action.kind) {
    case 'redis-command':
      if (!FLUSH.test(action.command[0] ?? '')) return [];
      return /db$/i.test(action.command[0] ?? '') && isGuarded(act, action.url, scene) ? [] : [{ says: say(action.command.join(' ')) }];
    case 'redis-unlink':
      return /^[*?]*\*[*?]*$/.test(action.match) && !isGuarded(act, action.url, scene) ? [{ says: say(`unlink ${action.match}`) }] : [];
    case 'http':
      return FLUSH_PATH.test(action.url) || (Array.isArray(action.json) && FLUSH.test(String(action.json[0])))
        ? [{ says: say(action.url) }]
        : [];
    default:
      return [];
  }
}

/** Approved, and only after a key of the same database has said whose it is. */
function isGuarded({ step }: Act, url: string, { acts }: Scene): boolean {
  const marker = acts.some(({ item, action, expect }) => {
    const reads = action.kind === 'redis-command' && action.url === url && !/^ping$/i.test(action.command[0] ?? '');
    return reads && item[0] === 'preflight' && expect?.equals !== undefined;
  });
  return marker && step?.approve !== undefined;
}

function flushes({ name, args, stdin }: Call): boolean {
  if (name === 'curl') return args.some(({ text }) => FLUSH_PATH.test(text));
  if (!CLIENTS.includes(name)) return false;
  return args.some(({ text }) => FLUSH.test(text)) || (stdin.text ?? '').split(/\s+/).some((word) => FLUSH.test(word));
}

function say(found: string): string {
  return `Found ${found}, which deletes every key of whatever database it reaches; expected "unlink" of a prefix, or FLUSHDB with "approve" behind a preflight check of a marker on the same url.`;
}
