import { isDeepStrictEqual } from 'node:util';

import { failed, tooLong } from './error.ts';
import type { SchemaError } from './error.ts';
import { blocksIn, elementsIn } from './place.ts';
import type { Place } from './place.ts';
import { recordsIn } from './record.ts';
import { codePoints } from './scalar.ts';
import { textLength } from './text-length.ts';

/** The markdown and the table cells of one message, in code points. */
const MAX_MARKDOWN = 12_000;
const MAX_TABLE_TEXT = 10_000;

/** How many blocks of a kind one message takes; Slack's line names no place. */
const QUOTAS = [
  { types: ['table', 'data_table'], max: 1, message: 'only_one_table_allowed' },
  { types: ['plan'], max: 1, message: 'too many plan blocks' },
  { types: ['data_visualization'], max: 2, message: 'too many data_visualization blocks' },
] as const;

/** What Slack checks once the schema is satisfied, the same for messages and views. */
export function brokenRules(blocks: unknown, pointer: string): SchemaError[] {
  const places = blocksIn(blocks, pointer);
  return [
    ...places.flatMap(ruleErrorsOf),
    ...repeated(places, 'block_id'),
    ...QUOTAS.filter(({ types, max }) => ofType(places, types).length > max).map(({ message }) => failed('', message)),
    ...overflowing(ofType(places, ['markdown']), 'text', MAX_MARKDOWN),
    ...overflowing(ofType(places, ['table', 'data_table']), 'rows', MAX_TABLE_TEXT),
  ];
}

/** What a view must keep on top: a button to submit its inputs, and one focus. */
export function brokenViewRules(view: { type?: unknown; submit?: unknown; blocks?: unknown }): SchemaError[] {
  const places = blocksIn(view.blocks, '/view/blocks');
  const cannotSubmit = view.type === 'modal' && view.submit === undefined;
  const inputs = cannotSubmit ? ofType(places, ['input']) : [];
  const focused = places.flatMap(elementsIn).filter(({ value }) => value.focus_on_load === true);
  return [
    ...inputs.map((place) => failed(`${place.pointer}/input`, 'must define `submit` to use an `input` block in modals')),
    ...focused.slice(1).map((place) => failed(`${place.pointer}/focus_on_load`, '`focus_on_load` can be true for one element only')),
  ];
}

function ruleErrorsOf(place: Place): SchemaError[] {
  const elements = elementsIn(place);
  return [...repeated(elements, 'action_id'), ...elements.flatMap(strangeChoices), ...formattedHeaders(place), ...aimlessCollapse(place)];
}

function repeated(places: readonly Place[], field: 'action_id' | 'block_id'): SchemaError[] {
  const ids = places.map(({ value }) => value[field]);
  return places.flatMap(({ value, pointer }, index) => {
    const id = value[field];
    if (typeof id !== 'string' || ids.indexOf(id) === index) return [];
    return [failed(`${pointer}/${field}`, `\`${field}\` "${id}" already exists`)];
  });
}

/** Slack writes these pointers without the slash in front. */
function strangeChoices({ value, pointer }: Place): SchemaError[] {
  if (value.options === undefined && value.option_groups === undefined) return [];
  const offered = [...recordsIn(value.options), ...recordsIn(value.option_groups).flatMap((group) => recordsIn(group.options))];
  const isOffered = (choice: unknown) => offered.some((option) => isDeepStrictEqual(option, choice));
  const strange = (field: string, chosen: readonly unknown[]) =>
    chosen.every(isOffered) ? [] : [failed(`${pointer.slice(1)}/${field}`, 'must be one of the provided options')];
  return [
    ...strange('initial_option', value.initial_option === undefined ? [] : [value.initial_option]),
    ...strange('initial_options', recordsIn(value.initial_options)),
  ];
}

function formattedHeaders({ value, pointer }: Place): SchemaError[] {
  if (value.type !== 'data_table' || !Array.isArray(value.rows)) return [];
  return recordsIn(value.rows[0]).flatMap((cell, index) =>
    cell.type === 'rich_text' ? [failed(`${pointer}/rows/0/${index}/type`, 'unsupported type: rich_text', { type: 'enum' })] : [],
  );
}

function aimlessCollapse({ value, pointer }: Place): SchemaError[] {
  if (value.default_collapsed !== true || value.is_collapsible === true) return [];
  return [failed(`${pointer}/default_collapsed`, 'must define `is_collapsible` to use `default_collapsed`')];
}

function overflowing(places: readonly Place[], field: string, max: number): SchemaError[] {
  const lengths = places.map(({ value }) => (typeof value[field] === 'string' ? codePoints(value[field]) : textLength(value[field])));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const last = places.at(-1);
  return total > max && last !== undefined ? [tooLong(`${last.pointer}/${field}`, max, total)] : [];
}

function ofType(places: readonly Place[], types: readonly string[]): Place[] {
  return places.filter(({ value }) => types.some((type) => type === value.type));
}
