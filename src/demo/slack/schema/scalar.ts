import { failed, tooLong, wrongType } from './error.ts';
import type { SchemaError } from './error.ts';
import type { NumberNode, StringNode } from './node.ts';

/** The length that Slack counts: code points, so that an emoji is one. */
export function codePoints(text: string): number {
  return Array.from(text).length;
}

/** Checks a string; only the first broken rule is reported. */
export function checkString(node: StringNode, value: unknown, pointer: string): SchemaError[] {
  if (typeof value !== 'string') return [wrongType(pointer, 'must provide a string')];
  const broken = brokenForm(node, value, pointer) ?? brokenLength(node, value, pointer);
  return broken === null ? [] : [broken];
}

/** Checks a number; Slack words its limits as if they were exclusive, though they aren't. */
export function checkNumber(node: NumberNode, value: unknown, pointer: string): SchemaError[] {
  if (node.is === 'integer' && !Number.isInteger(value)) return [wrongType(pointer, 'must provide an integer')];
  if (typeof value !== 'number') return [wrongType(pointer, 'must provide a number')];
  const { min = -Infinity, max = Infinity } = node;
  if (value > max) return [failed(pointer, `must be less than ${max}`, { type: 'maximum', expected: max, got: value })];
  if (value < min) return [failed(pointer, `must be greater than ${min}`, { type: 'minimum', expected: min, got: value })];
  return [];
}

function brokenForm({ oneOf, pattern, format }: StringNode, got: string, pointer: string): SchemaError | null {
  if (oneOf !== undefined && !oneOf.includes(got)) {
    return failed(pointer, 'must be a valid enum value', { type: 'enum', expected: oneOf, got });
  }
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(got)) {
    return failed(pointer, `input must match regex pattern: ${pattern}`, { type: 'pattern', expected: pattern, got });
  }
  if (format === 'date' && !isDate(got)) {
    return failed(pointer, `input must be a valid: ${format}`, { type: 'format', expected: format, got });
  }
  return null;
}

function brokenLength({ min = 0, max = Infinity }: StringNode, text: string, pointer: string): SchemaError | null {
  const got = codePoints(text);
  if (got > max) return tooLong(pointer, max, got);
  if (got < min) return failed(pointer, `must be more than ${min - 1} characters`, { type: 'min_length', expected: min, got });
  return null;
}

function isDate(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u.test(text);
}
