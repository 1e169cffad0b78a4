import type { Path } from '../finding.ts';

/**
 * What a text may refer to. `values` are parameters and outputs of steps, which come from outside: they fill a `whole` text,
 * stand at the `start` of a path, or in any `part` where they are encoded or only read. Target variables and the run's id are
 * the team's own and may be part of any of these texts.
 */
export type Place = {
  readonly values: 'none' | 'whole' | 'start' | 'part' | 'after-host';
  readonly secrets: boolean;
  readonly hint?: string;
};

const FIXED: Place = { values: 'none', secrets: false };
const VALUE: Place = { values: 'whole', secrets: false };
const PATH: Place = { values: 'start', secrets: false };
const SECRET: Place = { values: 'whole', secrets: true };
const PATTERN: Place = { ...FIXED, hint: 'A pattern from outside could match everything.' };
const PROGRAM: Place = { ...FIXED, hint: 'What runs is fixed.' };

const PLACES: Readonly<Record<string, Place>> = {
  'run.argv.0': PROGRAM,
  'run.argv': VALUE,
  'run.cwd': PATH,
  'run.stdin': SECRET,
  'shell.env': SECRET,
  'shell.cwd': PATH,
  'http.url': { values: 'after-host', secrets: false },
  'http.headers': SECRET,
  'http.json': SECRET,
  'redis.command.0': PROGRAM,
  'redis.command': VALUE,
  'redis.unlink': PATTERN,
  'redis.count': PATTERN,
  'redis.url': { values: 'none', secrets: true },
  'sql.values': SECRET,
  'sql.url': { values: 'none', secrets: true },
  'git.resolve': VALUE,
  'git.at': VALUE,
  'git.onto': VALUE,
  'git.and': VALUE,
  'git.within': FIXED,
  'git.repo': FIXED,
  'git.message': { values: 'part', secrets: false },
  'git.publish.branch': FIXED,
  'git.publish.fast-forward': FIXED,
  'git.edit': FIXED,
  'git.write': FIXED,
  'announce.text': { values: 'part', secrets: false },
  because: { values: 'part', secrets: false },
  'file.write': PATH,
  'file.replace': PATH,
  'file.remove': PATH,
  'file.content': VALUE,
  'file.find': VALUE,
  'file.with': VALUE,
  'releases.version': VALUE,
  'releases.instead-of': VALUE,
  'expect.equals': VALUE,
  'expect.not': VALUE,
  'expect.contains': VALUE,
};

/** The short forms stand for the field of the long form that they fill. */
const SHORT: Readonly<Record<string, string>> = { run: 'argv', redis: 'command', http: 'url', shell: 'script', sql: 'query' };
const NESTED = ['wait', 'check', 'undo'];

/** What the text at a path of a procedure may refer to; `undefined` where references are not filled in at all. */
export function placeOf(path: Path): Place | undefined {
  const [kind, ...rest] = insideItem(path);
  if (typeof kind !== 'string') return undefined;
  if (kind === 'http' && path.at(-1) === '$list') return VALUE;
  const short = rest.length === 0 || typeof rest[0] === 'number' ? SHORT[kind] : undefined;
  const fields = [kind, ...(short ? [short] : []), ...rest];
  for (let length = Math.min(3, fields.length); length >= 1; length -= 1) {
    const name = fields.slice(0, length).join('.');
    if (Object.hasOwn(PLACES, name)) return PLACES[name];
  }
  return undefined;
}

/** Whether a text is a script, which takes what varies from its environment. */
export function isScript(path: Path): boolean {
  const [kind, field] = insideItem(path);
  return kind === 'shell' && (field === undefined || field === 'script');
}

/** Whether a text is a query, which takes what varies from its values. */
export function isQuery(path: Path): boolean {
  const [kind, field] = insideItem(path);
  return kind === 'sql' && (field === undefined || field === 'query');
}

function insideItem(path: Path): Path {
  if (!['preflight', 'steps', 'verify'].includes(String(path[0]))) return [];
  const first = path.findIndex((step, index) => index >= 2 && !NESTED.includes(String(step)));
  return first === -1 ? [] : path.slice(first);
}
