import { failed, missing, tooLong, wrongType } from './error.ts';
import type { SchemaError } from './error.ts';
import type { AllOfNode, Catalog, ChoiceNode, ListNode, Node, ObjectNode, Surface, TextNode, TextType } from './node.ts';
import { isRecord } from './record.ts';
import type { Fields } from './record.ts';
import { checkNumber, checkString, codePoints } from './scalar.ts';

/** What a check needs to know. What Slack only looks at once the schema is satisfied is collected in `late`. */
export interface Scope {
  catalog: Catalog;
  surface: Surface;
  late: SchemaError[];
}

/** From here on a text's limit is part of Slack's schema; smaller ones are checked late, and reported without the text object's own line. */
const SCHEMA_LIMIT = 2000;

/** Checks a value as Slack's validator does: the same errors in the same order. */
export function check(node: Node, value: unknown, pointer: string, scope: Scope): SchemaError[] {
  switch (node.is) {
    case 'any':
      return [];
    case 'string':
      return checkString(node, value, pointer);
    case 'integer':
    case 'number':
      return checkNumber(node, value, pointer);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType(pointer, 'must be a boolean')];
    case 'list':
      return checkList(node, value, pointer, scope);
    case 'object':
      return checkObject(node, value, pointer, scope);
    case 'text':
      return checkText(node, value, pointer, scope);
    case 'choice':
      return checkChoice(node, value, pointer, scope);
    case 'allOf':
      return checkAll(node, value, pointer, scope);
    default:
      return node satisfies never;
  }
}

function checkList(node: ListNode, value: unknown, pointer: string, scope: Scope): SchemaError[] {
  if (!Array.isArray(value)) return [wrongType(pointer, 'must provide an array')];
  const { min = 0, max = Infinity } = node;
  const got = value.length;
  if (got > max) return [failed(pointer, `no more than ${max} items allowed`, { type: 'max_items', expected: max, got })];
  if (got < min) return [failed(pointer, `must provide at least ${min} items`, { type: 'min_items', expected: min, got })];
  const errors = value.flatMap((item: unknown, index) => check(node.of, item, `${pointer}/${index}`, scope));
  if (errors.length > 0 || node.unique !== true || new Set(value).size === got) return errors;
  return [failed(pointer, 'Input contains duplicate items', { type: 'unique_items', got: value })];
}

function checkObject(node: ObjectNode, value: unknown, pointer: string, scope: Scope): SchemaError[] {
  if (!isRecord(value)) return [wrongType(pointer, 'must provide an object')];
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const { minFields = 0, either = [], required = [] } = node;
  if (keys.length < minFields) return [tooFewFields(pointer, minFields, keys.length)];
  const absent = required.flatMap((names) => absentOf(names, keys, pointer));
  if (absent.length > 0) return absent;
  const errors = [...checkFields(node, value, pointer, scope), ...unknownKeys(node, keys, pointer, scope.surface)];
  if (either.length > 0 && !either.some((name) => keys.includes(name))) scope.late.push(failed(pointer, mustDefine(either)));
  return errors;
}

function checkFields(node: ObjectNode, value: Fields, pointer: string, scope: Scope): SchemaError[] {
  return Object.entries(node.fields)
    .filter(([name, field]) => value[name] !== undefined && isKnown(field, scope.surface))
    .flatMap(([name, field]) => check(field, value[name], `${pointer}/${escapeKey(name)}`, scope));
}

function unknownKeys(node: ObjectNode, keys: readonly string[], pointer: string, surface: Surface): SchemaError[] {
  if (node.open === true) return [];
  const known = (key: string) => Object.hasOwn(node.fields, key) && isKnown(node.fields[key], surface);
  return keys
    .filter((key) => !known(key))
    .map((key) => failed(pointer, `invalid additional property: ${key}`, { type: 'additional_properties', got: key }));
}

function checkText(node: TextNode, value: unknown, pointer: string, scope: Scope): SchemaError[] {
  const [first = 'plain_text', ...others] = node.types;
  const wrongTag = others.length > 0 ? checkTag(value, node.types, pointer) : [];
  if (wrongTag.length > 0) return wrongTag;
  const type = node.types.find((name) => isRecord(value) && value.type === name) ?? first;
  const isTight = node.max < SCHEMA_LIMIT;
  const errors = checkAll({ is: 'allOf', of: [textLimit(isTight ? Infinity : node.max), textBody(type)] }, value, pointer, scope);
  if (errors.length > 0 || !isRecord(value) || typeof value.text !== 'string') return errors;
  const length = codePoints(value.text);
  if (isTight && length > node.max) scope.late.push(tooLong(`${pointer}/text`, node.max, length));
  return [];
}

function checkChoice(node: ChoiceNode, value: unknown, pointer: string, scope: Scope): SchemaError[] {
  const table = scope.catalog[node.from];
  const wrongTag = checkTag(
    value,
    node.of.filter((name) => isKnown(table[name], scope.surface)),
    pointer,
  );
  if (wrongTag.length > 0 || !isRecord(value)) return wrongTag;
  const chosen = table[String(value.type)];
  if (chosen === undefined) return [];
  return check(
    chosen.is === 'object' ? { ...chosen, fields: { type: { is: 'string' }, ...chosen.fields } } : chosen,
    value,
    pointer,
    scope,
  );
}

function checkTag(value: unknown, types: readonly string[], pointer: string): SchemaError[] {
  if (!isRecord(value)) return [wrongType(pointer, 'must provide an object')];
  if (value.type === undefined) return [missing(pointer, 'type')];
  if (typeof value.type !== 'string') return [wrongType(`${pointer}/type`, 'must provide a string')];
  if (types.includes(value.type)) return [];
  return [failed(`${pointer}/type`, `unsupported type: ${value.type}`, { type: 'enum', expected: types })];
}

function checkAll(node: AllOfNode, value: unknown, pointer: string, scope: Scope): SchemaError[] {
  const errors = node.of.flatMap((part) => check(part, value, pointer, scope));
  if (errors.length === 0) return [];
  return [failed(pointer, 'failed to match all allowed schemas', { type: 'all_of' }), ...errors];
}

function textLimit(max: number): ObjectNode {
  return { is: 'object', open: true, fields: { text: { is: 'string', max } } };
}

function textBody(type: TextType): ObjectNode {
  const flag = type === 'plain_text' ? 'emoji' : 'verbatim';
  const text = { is: 'string', min: 1 } as const;
  return { is: 'object', required: ['type', 'text'], fields: { type: { is: 'string', oneOf: [type] }, text, [flag]: { is: 'boolean' } } };
}

function absentOf(names: string | readonly string[], keys: readonly string[], pointer: string): SchemaError[] {
  if (typeof names === 'string') return keys.includes(names) ? [] : [missing(pointer, names)];
  const present = names.filter((name) => keys.includes(name)).length;
  if (present === 0) return names.slice(0, 1).map((name) => missing(pointer, name));
  return present === 1 ? [] : [failed(pointer, 'failed to match exactly one allowed schema', { type: 'one_of' })];
}

function tooFewFields(pointer: string, min: number, got: number): SchemaError {
  return failed(pointer, `must have minimum ${min} properties`, { type: 'min_properties', expected: min, got });
}

function mustDefine(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length === 2 ? `must define either ${quoted.join(' or ')}` : `must define at least one of ${quoted.join(', ')}`;
}

function isKnown(node: Node | undefined, surface: Surface): boolean {
  return node !== undefined && (node.surfaces === undefined || node.surfaces.includes(surface));
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
