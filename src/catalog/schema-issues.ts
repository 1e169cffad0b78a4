import type { z } from 'zod';
import { didYouMean, sayList } from '../core/procedure/nearest.ts';
import type { Finding, Path } from './finding.ts';
import { knownKeys } from './known-keys.ts';

type Issue = z.core.$ZodIssue;
type Context = { readonly schema: z.ZodType; readonly data: unknown };

/** What the schema found, as sentences that say what stands there and what was expected. */
export function findingsOf(issues: readonly Issue[], context: Context): readonly Finding[] {
  return issues.filter((issue) => !isEcho(issue, issues)).flatMap((issue) => sayIssue(issue, issue.path.map(stepOf), context));
}

/** A rule about a whole map says nothing new where one of its keys is unknown. */
function isEcho(issue: Issue, issues: readonly Issue[]): boolean {
  if (issue.code !== 'custom') return false;
  return issues.some((other) => other.code === 'unrecognized_keys' && other.path.join('.') === issue.path.join('.'));
}

function sayIssue(issue: Issue, path: Path, context: Context): readonly Finding[] {
  const found = at(context.data, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, context));
  if (issue.code === 'invalid_union') return sayUnion(issue, path, context);
  if (issue.code === 'invalid_key') {
    return [{ path, on: 'key', says: `Found the key "${path.at(-1)}", expected ${issue.issues[0]?.message ?? 'another name'}.` }];
  }
  return [say(path, found, expectedBy(issue))];
}

function say(path: Path, found: unknown, expected: string): Finding {
  if (found === undefined) return { path, says: `"${path.at(-1)}" is missing; expected ${expected}.` };
  return { path, says: `Found ${sayValue(found)}, expected ${expected}.` };
}

function unknownKey(path: Path, key: string, { schema }: Context): Finding {
  const known = knownKeys(schema, path);
  const where: Path = [...path, key];
  if (known.includes(key))
    return { path: where, on: 'key', says: `"${key}" can't stand beside the other keys here; expected one form or the other.` };
  const near = didYouMean(key, known);
  return { path: where, on: 'key', says: near ? `Unknown key "${key}".${near}` : `Unknown key "${key}"; expected ${sayList(known)}.` };
}

/** The mistakes of the form that was most likely meant: of the right type, with the least that is wrong. */
function sayUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, context: Context): readonly Finding[] {
  const meant = issue.errors.filter((branch) => !branch.some((each) => each.path.length === 0 && each.code === 'invalid_type'));
  const [best] = meant.toSorted((a, b) => weigh(a) - weigh(b));
  if (!best) {
    const types = new Set(issue.errors.flatMap((branch) => branch.map(expectedBy)));
    return [say(path, at(context.data, path), sayList([...types]))];
  }
  const unknown = best.filter((each) => each.code === 'unrecognized_keys' && each.path.length === 0);
  return (unknown.length > 0 ? unknown : best).flatMap((each) => sayIssue(each, [...path, ...each.path.map(stepOf)], context));
}

function weigh(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 2 * issue.keys.length : 1), 0);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
};

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return sayList(issue.values.map(String));
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'a text that is not empty'
        : `at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' in it' : '';
}

const LONGEST = 60;

/** A value as it is quoted in a mistake. */
function sayValue(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function at(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

function stepOf(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step;
}
