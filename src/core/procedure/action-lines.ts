import { sayDuration } from '../duration.ts';
import { sayFilled } from '../fill.ts';
import type { Filled, ResolvedAction, Tree } from './action.ts';
import { sayAudience } from './announce-places.ts';
import { sayRowCount } from './row-count.ts';

/** What an action does, in lines that can be read before it is approved and after it ran. Secrets stand as their names. */
export function linesOfAction(action: ResolvedAction): readonly string[] {
  switch (action.kind) {
    case 'run':
      return [
        `$ ${action.argv.map(word).join(' ')}`,
        ...optional('in', action.cwd),
        ...(action.stdin === undefined ? [] : ['with on its input:', sayFilled(action.stdin)]),
      ];
    case 'shell':
      return [
        ...optional('in', action.cwd),
        ...Object.entries(action.env).map(([name, value]) => `${name}=${word(value)}`),
        'bash:',
        action.script.trimEnd(),
      ];
    case 'http':
      return [
        `${action.method} ${sayFilled(action.url)}`,
        ...Object.entries(action.headers).map(([name, value]) => `${name}: ${sayFilled(value)}`),
        ...(action.json === undefined ? [] : [JSON.stringify(sayTree(action.json), null, 2)]),
      ];
    case 'redis-command':
      return [`redis ${sayFilled(action.url)}`, action.command.map(word).join(' ')];
    case 'redis-unlink': {
      const { url, match, batch, cap } = action;
      const most = cap === undefined ? '' : `, refused above ${cap} keys`;
      return [`redis ${sayFilled(url)}`, `delete every key that matches ${word(match)} (UNLINK, ${batch} at a time${most})`];
    }
    case 'redis-count':
      return [`redis ${sayFilled(action.url)}`, `count the keys that match ${word(action.match)}`];
    case 'sql':
      return sqlLines(action);
    case 'git-resolve':
      return [`git in ${sayFilled(action.repo)}`, `find the commit of ${word(action.ref)}`, ...optional('contained in', action.within)];
    case 'git-restore':
      return gitRestore(action);
    case 'git-same':
      return [`git in ${sayFilled(action.repo)}`, `compare ${action.paths.join(', ')} at ${word(action.at)} and ${word(action.and)}`];
    case 'metric':
      return metricLines(action);
    case 'file-write':
      return [`write ${sayFilled(action.path)}${action.mode === undefined ? '' : ` (mode ${action.mode})`}:`, sayFilled(action.content)];
    case 'file-replace':
      return [
        `in ${sayFilled(action.path)}, exactly ${sayTimes(action.count)}, replace`,
        sayFilled(action.find),
        'by',
        sayFilled(action.with),
      ];
    case 'file-remove':
      return [`remove ${sayFilled(action.path)}`];
    case 'file-restore':
      return [`put back ${sayFilled(action.path)} as it was before ${action.of}`];
    case 'announce':
      return [
        `announce ${sayAudience(action.to)}${action.status === undefined ? '' : `, with the status ${action.status}`}:`,
        sayFilled(action.text),
      ];
    case 'manual':
      return [action.instructions];
    default:
      return action satisfies never;
  }
}

function sqlLines({ url, query, values, rows, lockTimeoutMs }: Extract<ResolvedAction, { kind: 'sql' }>): readonly string[] {
  return [
    `postgres ${sayFilled(url)}, in one transaction that waits ${sayDuration(lockTimeoutMs)} for a lock:`,
    query.trimEnd(),
    ...values.map((value, index) => `$${index + 1} = ${word(value)}`),
    ...(rows ? [`rolled back unless it returns or changes ${sayRowCount(rows)}`] : []),
  ];
}

function metricLines({ name, metric }: Extract<ResolvedAction, { kind: 'metric' }>): readonly string[] {
  if (metric === null) return [`read the metric ${name}`];
  const { title, source } = metric;
  if (source.kind === 'endpoint') return [`read ${title} (${name}): ${source.pointer} of ${sayFilled(source.url)}`];
  return [`read ${title} (${name}) from the Prometheus at ${sayFilled(source.url)}:`, sayFilled(source.query)];
}

function gitRestore(action: Extract<ResolvedAction, { kind: 'git-restore' }>): readonly string[] {
  const { repo, paths, at, edits = [], writes = [], onto, message, publish } = action;
  const straight = publish?.fastForward === undefined ? '' : `, and fast-forward ${sayFilled(publish.fastForward)}`;
  return [
    `git in ${sayFilled(repo)}`,
    `on top of ${word(onto)}:`,
    ...(at === undefined ? [] : [`take ${paths.join(', ')} back to how they were at ${word(at)}`]),
    ...edits.flatMap(({ file, find, with: replacement, count }) => [
      `in ${file}, exactly ${sayTimes(count)}, replace`,
      'text' in find ? sayFilled(find.text) : `/${sayFilled(find.pattern)}/`,
      'by',
      sayFilled(replacement),
    ]),
    ...writes.flatMap(({ file, content }) => [`write ${file}:`, sayFilled(content)]),
    'commit:',
    sayFilled(message),
    ...(publish ? [`push to ${publish.remote} ${sayFilled(publish.branch)}${straight}`] : []),
  ];
}

function sayTimes(count: number | Filled): string {
  const times = typeof count === 'number' ? String(count) : sayFilled(count);
  return times === '1' ? 'once' : `${times} times`;
}

function optional(label: string, text: Filled | undefined): readonly string[] {
  return text === undefined ? [] : [`${label} ${sayFilled(text)}`];
}

/** One word of a command line, quoted where a shell would take it apart. */
function word(filled: Filled): string {
  const text = sayFilled(filled);
  return /^[\w@%+=:,./${}-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function sayTree(tree: Tree<Filled>): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (isFilled(tree)) return sayFilled(tree);
  if (Array.isArray(tree)) return tree.map((each: Tree<Filled>) => sayTree(each));
  return Object.fromEntries(Object.entries(tree).map(([key, each]) => [key, sayTree(each)]));
}

function isFilled(tree: object): tree is Exclude<Filled, string> {
  return '$pieces' in tree;
}
