import { parseDuration } from '../duration.ts';
import { metricOf } from '../reading/metric.ts';
import type { Metrics } from '../reading/schema.ts';
import type { Action, Bounds, Expect, GitEdit, Poll, Probe, RowCount } from './action.ts';
import type { Actions, Expect as ExpectSource, Probe as ProbeSource } from './action-schema.ts';

/** Where a Redis action goes that names no database of its own. */
export const DEFAULT_REDIS_URL = '${target.redis_url}';
/** Where an SQL action goes that names no database of its own. */
export const DEFAULT_SQL_URL = '${secrets.database_url}';
const LOCK_TIMEOUT_MS = 5000;
const EVERY_MS = 2000;
const UNLINK_BATCH = 500;
const UNLINK_PAUSE_MS = 10;

/** Which keys of a step, check or undo can say what it does; exactly one of them is allowed. */
export const ACTION_KEYS = [
  'run',
  'shell',
  'http',
  'redis',
  'sql',
  'git',
  'file',
  'wait',
  'manual',
  'announce',
] as const satisfies readonly (keyof Actions)[];

/**
 * The one action of a step, check or undo with its shorthands written out, and what it reads of `metrics` put in. Throws where
 * there is none: the catalog refuses that first.
 */
export function actionOf(source: Actions, metrics?: Metrics): Action {
  if (source.run) return runOf(source.run);
  if (source.shell !== undefined) return shellOf(source.shell);
  if (source.http !== undefined) return httpOf(source.http);
  if (source.redis) return redisOf(source.redis);
  if (source.sql !== undefined) return sqlOf(source.sql);
  if (source.git) return gitOf(source.git);
  if (source.metric !== undefined) return { kind: 'metric', name: source.metric, metric: metricOf(metrics, source.metric) };
  if (source.file) return fileOf(source.file);
  if (source.wait) return actionOf(source.wait, metrics);
  if (source.manual) return { kind: 'manual', ...source.manual };
  if (source.announce) return announceOf(source.announce);
  throw new Error('A step without an action reached the plan.');
}

/** An action with what it has to observe, and how often it is asked. */
export function probeOf(source: Actions & Pick<ProbeSource, 'expect'> & Polling, metrics?: Metrics): Probe {
  const expect = source.wait?.expect ?? source.expect;
  const poll = pollOf(source.wait ?? source);
  return { action: actionOf(source, metrics), ...(expect && { expect: expectOf(expect) }), ...(poll && { poll }) };
}

/** Milliseconds of a duration that the schema has let through. */
export function ms(duration: string): number {
  const read = parseDuration(duration);
  if (read === undefined) throw new Error(`"${duration}" is no duration.`);
  return read;
}

type Polling = { readonly within?: string | undefined; readonly every?: string | undefined; readonly times?: number | undefined };

function pollOf(source: Polling): Poll | undefined {
  if (source.within === undefined) return undefined;
  return { everyMs: source.every === undefined ? EVERY_MS : ms(source.every), withinMs: ms(source.within), times: source.times ?? 1 };
}

function expectOf(source: ExpectSource): Expect {
  const { equals, not, contains, matches, beside } = source;
  return {
    ...(equals !== undefined && { equals }),
    ...(not !== undefined && { not }),
    ...(contains !== undefined && { contains }),
    ...(matches !== undefined && { matches }),
    ...boundsOf(source),
    ...(beside && { beside: { pointer: beside.pointer, ...boundsOf(beside) } }),
  };
}

/** Bounds with their figures read: `60%` is 0.6. */
export function boundsOf(source: Pick<ExpectSource, 'above' | 'below' | 'at-least' | 'at-most'>): Bounds {
  const { above, below, 'at-least': atLeast, 'at-most': atMost } = source;
  return {
    ...(above !== undefined && { above: figure(above) }),
    ...(below !== undefined && { below: figure(below) }),
    ...(atLeast !== undefined && { atLeast: figure(atLeast) }),
    ...(atMost !== undefined && { atMost: figure(atMost) }),
  };
}

/** `60%` is 0.6. */
function figure(source: number | string): number {
  return typeof source === 'number' ? source : Number((Number(source.slice(0, -1)) / 100).toPrecision(12));
}

function runOf(source: NonNullable<Actions['run']>): Action {
  if (Array.isArray(source)) return { kind: 'run', argv: source, exit: [0] };
  const { argv, cwd, stdin, exit } = source;
  return { kind: 'run', argv, ...(cwd !== undefined && { cwd }), ...(stdin !== undefined && { stdin }), exit: exit ?? [0] };
}

function shellOf(source: NonNullable<Actions['shell']>): Action {
  if (typeof source === 'string') return { kind: 'shell', script: source, env: {}, exit: [0] };
  const { script, cwd, env, exit } = source;
  return { kind: 'shell', script, ...(cwd !== undefined && { cwd }), env: env ?? {}, exit: exit ?? [0] };
}

function httpOf(source: NonNullable<Actions['http']>): Action {
  if (typeof source === 'string') return { kind: 'http', method: 'GET', url: source, headers: {} };
  const { url, method, headers, json, status, pointer } = source;
  return {
    kind: 'http',
    method: method ?? 'GET',
    url,
    headers: headers ?? {},
    ...(json !== undefined && { json }),
    ...(status && { status }),
    ...(pointer !== undefined && { pointer }),
  };
}

function redisOf(source: NonNullable<Actions['redis']>): Action {
  if (Array.isArray(source)) return { kind: 'redis-command', url: DEFAULT_REDIS_URL, command: source };
  const url = source.url ?? DEFAULT_REDIS_URL;
  if ('command' in source) return { kind: 'redis-command', url, command: source.command };
  if ('count' in source) return { kind: 'redis-count', url, match: source.count };
  const { unlink, batch, pause, cap } = source;
  const pauseMs = pause === undefined ? UNLINK_PAUSE_MS : ms(pause);
  return { kind: 'redis-unlink', url, match: unlink, batch: batch ?? UNLINK_BATCH, pauseMs, ...(cap !== undefined && { cap }) };
}

function sqlOf(source: NonNullable<Actions['sql']>): Action {
  if (typeof source === 'string') return { kind: 'sql', url: DEFAULT_SQL_URL, query: source, values: [], lockTimeoutMs: LOCK_TIMEOUT_MS };
  const { url, query, values, rows, 'lock-timeout': lockTimeout } = source;
  return {
    kind: 'sql',
    url: url ?? DEFAULT_SQL_URL,
    query,
    values: (values ?? []).map(String),
    ...(rows !== undefined && { rows: rowsOf(rows) }),
    lockTimeoutMs: lockTimeout === undefined ? LOCK_TIMEOUT_MS : ms(lockTimeout),
  };
}

function rowsOf(rows: number | { 'at-least'?: number | undefined; 'at-most'?: number | undefined }): RowCount {
  if (typeof rows === 'number') return { atLeast: rows, atMost: rows };
  const { 'at-least': atLeast, 'at-most': atMost } = rows;
  return { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
}

function announceOf({ text, status, to = 'incident' }: NonNullable<Actions['announce']>): Action {
  return { kind: 'announce', text, ...(status !== undefined && { status }), to: typeof to === 'string' ? [to] : to };
}

function gitOf(source: NonNullable<Actions['git']>): Action {
  const { repo } = source;
  if ('resolve' in source) {
    const { resolve, fetch, within } = source;
    return { kind: 'git-resolve', repo, ref: resolve, ...(fetch !== undefined && { fetch }), ...(within !== undefined && { within }) };
  }
  if ('same' in source) return { kind: 'git-same', repo, paths: source.same, at: source.at, and: source.and };
  return restoreOf(source);
}

function restoreOf(source: Exclude<NonNullable<Actions['git']>, { resolve: string } | { same: string[] }>): Action {
  const { repo, restore: paths = [], at, onto, edit, write, publish } = source;
  const changed = [...new Set([...paths, ...[...(edit ?? []), ...(write ?? [])].map(({ file }) => file)])];
  const what = at === undefined ? `Change ${changed.join(', ')}` : `Take ${changed.join(', ')} back to ${at}`;
  return {
    kind: 'git-restore',
    repo,
    paths,
    ...(at !== undefined && { at }),
    ...(edit && { edits: edit.map(editOf) }),
    ...(write && { writes: write }),
    onto,
    message: source.message ?? `${what}\n\nRollbot run \${run.id}.`,
    ...(publish && { publish: publishOf(publish) }),
  };
}

function editOf({
  file,
  find,
  pattern,
  with: replacement,
  count,
}: {
  file: string;
  find?: string | undefined;
  pattern?: string | undefined;
  with: string;
  count?: number | string | undefined;
}): GitEdit<string> {
  return { file, find: pattern === undefined ? { text: find ?? '' } : { pattern }, with: replacement, count: count ?? 1 };
}

function publishOf({
  remote,
  branch,
  'fast-forward': fastForward,
}: {
  remote: string;
  branch: string;
  'fast-forward'?: string | undefined;
}) {
  return { remote, branch, ...(fastForward !== undefined && { fastForward }) };
}

function fileOf(source: NonNullable<Actions['file']>): Action {
  if ('remove' in source) return { kind: 'file-remove', path: source.remove };
  if ('replace' in source)
    return { kind: 'file-replace', path: source.replace, find: source.find, with: source.with, count: source.count ?? 1 };
  const { write, content, mode } = source;
  return { kind: 'file-write', path: write, content, ...(mode !== undefined && { mode }) };
}
