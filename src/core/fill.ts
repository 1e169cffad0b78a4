import type { Action, Expect, Filled, GitEdit, Tree } from './procedure/action.ts';
import { itemsOf, listText } from './procedure/list-text.ts';
import type { ReleaseRule } from './procedure/planned-step.ts';
import type { Metric } from './reading/metric.ts';
import { parseText, writeReference } from './reference.ts';
import type { Reference } from './reference.ts';

/** Where references find their values; secrets are known by name only. */
export type FillContext = {
  readonly run: string;
  readonly params: Readonly<Record<string, string>>;
  readonly target: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** The outputs of finished steps, by step id. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Leave what is not known yet as it stands, for a dry run. */
  readonly lenient?: boolean;
};

/** A release with its versions, as far as they are known. */
export type FilledRelease = { readonly deployable: string; readonly version: string | null; readonly insteadOf: string | null };

/** A reference that has no value here, as a sentence for whoever runs the procedure. */
export class Unfillable extends Error {
  readonly code = 'unfillable';
}

/** Fills in an action's references; secrets stay references. Throws `Unfillable` when a value is missing. */
export function fillAction(action: Action, context: FillContext): Action<Filled> {
  const fill = (text: string): Filled => fillText(text, context);
  const fillAll = (texts: Readonly<Record<string, string>>): Record<string, Filled> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));
  switch (action.kind) {
    case 'run':
      return { ...action, argv: action.argv.map(fill), ...fillOptional(action, ['cwd', 'stdin'], fill) };
    case 'shell':
      return { ...action, env: fillAll(action.env), ...fillOptional(action, ['cwd'], fill) };
    case 'http': {
      const json = action.json === undefined ? {} : { json: fillTree(action.json, context) };
      return {
        ...action,
        url: fillText(action.url, context, forUrl),
        headers: fillAll(action.headers),
        ...json,
      };
    }
    case 'redis-command':
      return { ...action, url: fill(action.url), command: action.command.map(fill) };
    case 'redis-unlink':
    case 'redis-count':
      return { ...action, url: fill(action.url), match: fillText(action.match, context, forGlob) };
    case 'sql':
      return { ...action, url: fill(action.url), values: action.values.map(fill) };
    case 'git-resolve':
      return { ...action, repo: fill(action.repo), ref: fill(action.ref), ...fillOptional(action, ['within'], fill) };
    case 'git-restore': {
      const publish = action.publish && {
        publish: { ...action.publish, branch: fill(action.publish.branch), ...fillOptional(action.publish, ['fastForward'], fill) },
      };
      const { repo, onto, message, edits, writes } = action;
      return {
        ...action,
        repo: fill(repo),
        ...fillOptional(action, ['at'], fill),
        onto: fill(onto),
        message: fill(message),
        ...(edits && { edits: edits.map((edit) => fillEdit(edit, context)) }),
        ...(writes && { writes: writes.map(({ file, content }) => ({ file, content: fill(content) })) }),
        ...publish,
      };
    }
    case 'git-same':
      return { ...action, repo: fill(action.repo), at: fill(action.at), and: fill(action.and) };
    case 'metric':
      return { ...action, metric: action.metric && fillMetric(action.metric, context) };
    case 'file-write':
      return { ...action, path: fill(action.path), content: fill(action.content) };
    case 'file-replace':
      return { ...action, path: fill(action.path), find: fill(action.find), with: fill(action.with) };
    case 'file-remove':
    case 'file-restore':
      return { ...action, path: fill(action.path) };
    case 'announce':
      return { ...action, text: fill(action.text) };
    case 'manual':
      return action;
    default:
      return action satisfies never;
  }
}

/** Fills in where a metric is read; what is put into its query was found harmless when the settings were read. */
export function fillMetric(metric: Metric, context: FillContext): Metric<Filled> {
  const fill = (text: string): Filled => fillText(text, context);
  const { source } = metric;
  const headers = Object.fromEntries(Object.entries(source.headers).map(([name, text]) => [name, fill(text)]));
  const url = fill(source.url);
  if (source.kind === 'endpoint') return { ...metric, source: { ...source, url, headers } };
  const { query, samples } = source;
  return {
    ...metric,
    source: { kind: 'prometheus', url, query: fill(query), ...(samples !== undefined && { samples: fill(samples) }), headers },
  };
}

/** Fills in what a probe has to observe. */
export function fillExpect(expect: Expect, context: FillContext): Expect<Filled> {
  return {
    ...expect,
    ...(expect.equals === undefined ? {} : { equals: fillTree(expect.equals, context) }),
    ...(expect.not === undefined ? {} : { not: fillTree(expect.not, context) }),
    ...(expect.contains === undefined ? {} : { contains: fillText(expect.contains, context) }),
  };
}

/** The versions that a step is about; null where one has no value yet. */
export function fillRelease(rule: ReleaseRule, context: FillContext): FilledRelease {
  const fill = (text: string | undefined): string | null => {
    try {
      const filled = text === undefined ? null : fillText(text, context);
      return typeof filled === 'string' ? filled : null;
    } catch (error) {
      if (error instanceof Unfillable) return null;
      throw error;
    }
  };
  return { deployable: rule.deployable, version: fill(rule.version), insteadOf: fill(rule.insteadOf) };
}

/** A sentence for people, in which what has no value yet is left as it stands. */
export function fillSentence(text: string, context: FillContext): string {
  try {
    return sayFilled(fillText(text, { ...context, lenient: true }));
  } catch (error) {
    if (error instanceof Unfillable) return text;
    throw error;
  }
}

/** Writes a filled text for people: secrets as `${secrets.name}`. */
export function sayFilled(filled: Filled): string {
  if (typeof filled === 'string') return filled;
  return filled.$pieces.map((piece) => (typeof piece === 'string' ? piece : `\${secrets.${piece.secret}}`)).join('');
}

function fillEdit(edit: GitEdit<string>, context: FillContext): GitEdit<Filled> {
  const fill = (text: string): Filled => fillText(text, context);
  const fillPattern = (text: string): Filled => fillText(text, context, forPattern, forPattern);
  const find = 'text' in edit.find ? { text: fill(edit.find.text) } : { pattern: fillPattern(edit.find.pattern) };
  const count = typeof edit.count === 'number' ? edit.count : fill(edit.count);
  return { ...edit, find, with: fill(edit.with), count };
}

function fillOptional<Key extends string>(
  from: { readonly [key in Key]?: string },
  keys: readonly Key[],
  fill: (text: string) => Filled,
): { [key in Key]?: Filled } {
  const filled: { [key in Key]?: Filled } = {};
  for (const key of keys) {
    const text = from[key];
    if (text !== undefined) filled[key] = fill(text);
  }
  return filled;
}

/** How a value is written so that it stays a value in the place where it is put; throws `Unfillable` where it can't be. */
type Encode = (value: string) => string;

/** Percent-encoding leaves dots alone, and a part of a path that is only dots would lead elsewhere. */
function forUrl(value: string): string {
  if (value === '.' || value === '..' || !value.isWellFormed()) throw new Unfillable(`"${value.toWellFormed()}" can't be put into a URL.`);
  return encodeURIComponent(value);
}

function forGlob(value: string): string {
  return value.replaceAll(/[*?[\]\\]/g, String.raw`\$&`);
}

/** What is filled in stands for itself. */
function forPattern(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function asItIs(value: string): string {
  return value;
}

/** What the target's settings say is put in as it stands, unless it is said otherwise: it may be a whole address. */
function fillText(text: string, context: FillContext, encode: Encode = asItIs, encodeTarget: Encode = asItIs): Filled {
  const pieces = parseText(text);
  if ('mistake' in pieces) throw new Unfillable(pieces.mistake);
  const filled = pieces.map((piece) => (typeof piece === 'string' ? piece : fillReference(piece, context, encode, encodeTarget)));
  return filled.every((piece) => typeof piece === 'string') ? filled.join('') : { $pieces: filled };
}

function fillReference(reference: Reference, context: FillContext, encode: Encode, encodeTarget: Encode): string | { secret: string } {
  const [name = '', output = ''] = reference.path;
  switch (reference.scope) {
    case 'run':
      return context.run;
    case 'params':
      return required(own(context.params, name), reference, context, 'is not a parameter of this run', encode);
    case 'target':
      return required(own(context.target, name), reference, context, 'is not set for this target in rollbot.yml', encodeTarget);
    case 'steps': {
      const outputs = Object.hasOwn(context.outputs, name) ? context.outputs[name] : undefined;
      return required(own(outputs, output), reference, context, 'has no value, because that step has not given it', encode);
    }
    case 'secrets':
      if (!context.secrets.includes(name))
        throw new Unfillable(`${writeReference(reference)} is not among the target's secrets in rollbot.yml.`);
      return { secret: name };
    default:
      return reference.scope satisfies never;
  }
}

function required(value: string | undefined, reference: Reference, context: FillContext, why: string, encode: Encode = asItIs): string {
  if (value !== undefined) return encode(value);
  if (context.lenient) return writeReference(reference);
  throw new Unfillable(`${writeReference(reference)} ${why}.`);
}

function fillTree(tree: Tree<string>, context: FillContext): Tree<Filled> {
  if (typeof tree === 'string') return fillText(tree, context);
  if (Array.isArray(tree)) return tree.map((each: Tree<string>) => fillTree(each, context));
  if (typeof tree !== 'object' || tree === null) return tree;
  const list = listText(tree);
  if (list !== undefined) return fillList(list, context);
  return Object.fromEntries(Object.entries(tree).map(([key, each]) => [key, fillTree(each, context)]));
}

/** The text is taken apart after it was filled in, and its items are texts whatever stands in them. */
function fillList(text: string, context: FillContext): readonly string[] {
  const filled = fillText(text, context);
  const items = typeof filled === 'string' ? itemsOf(filled) : null;
  if (!items) throw new Unfillable(`"${sayFilled(filled)}" is no list: write its items with commas between them.`);
  return items;
}

function own(record: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
