import type { Json } from '../state/model.ts';
import { refuse, refuseArguments, type Refusal } from './answer.ts';

/** The arguments of one call as they came: strings from a form, anything from JSON. */
export type Arguments = Json;

/** A textual argument, or an empty string. */
export function textOf(args: Arguments, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function flagOf(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1;
}

/** An argument that is an object or list: itself in JSON, spelled out as JSON in a form. Undefined when it is absent or no JSON. */
export function structureOf(args: Arguments, name: string): unknown {
  const value = args[name];
  return typeof value === 'string' ? parsedJson(value) : (value ?? undefined);
}

/** Blocks or attachments: a list, null when absent. What is in it is still to be checked. */
export function listOf(args: Arguments, name: 'blocks' | 'attachments', error: string): Json[] | null | Refusal {
  if (args[name] === undefined || args[name] === null || args[name] === '') return null;
  const list = structureOf(args, name);
  return Array.isArray(list) ? list : refuse(error);
}

/** Cuts one page out of a list. A cursor says where the next page begins, and an empty one ends the list. */
export function pageOf<T>(args: Arguments, items: readonly T[], fallback: number): { items: T[]; next: string } | Refusal {
  const limit = limitOf(args, fallback);
  if (typeof limit !== 'number') return limit;
  const start = startOf(textOf(args, 'cursor'));
  if (start === null) return refuse('invalid_cursor');
  const end = start + limit;
  return { items: items.slice(start, end), next: end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '' };
}

/** What Slack calls missing: a required argument that is absent, null or empty. */
export function missingOf(args: Arguments, required: readonly string[]): string[] {
  return required.filter((name) => args[name] === undefined || args[name] === null || args[name] === '');
}

export function parsedJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function startOf(cursor: string): number | null {
  if (cursor === '') return 0;
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  return match ? Number(match[1]) : null;
}

/** The page size of a list, within Slack's bounds. */
function limitOf(args: Arguments, fallback: number, max = 1000): number | Refusal {
  if (args.limit === undefined || args.limit === null || args.limit === '') return fallback;
  const limit = Number(args.limit);
  if (!Number.isInteger(limit)) return refuseArguments(['must provide an integer [json-pointer:/limit]']);
  if (limit > max) return refuseArguments([`must be less than ${max + 1} [json-pointer:/limit]`]);
  if (limit < 0) return refuse('invalid_limit');
  return limit === 0 ? fallback : limit;
}
