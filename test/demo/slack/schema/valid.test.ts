import type { AnyBlock } from '@slack/types';
import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { catalog } from '../../../../src/demo/slack/schema/tables/catalog.ts';
import { dataTable, home, inputElements, messageBlocks, modal, newerBlocks, plain } from './samples.ts';

suite('what Slack documents is accepted', () => {
  const blocks: AnyBlock[] = [...messageBlocks, ...newerBlocks, dataTable];

  test.each(blocks.map((block) => [block.type, block]))('a %s block in a message passes', (_, block) => {
    expect(describe(validateMessageBlocks([block]))).toEqual([]);
  });

  test('a whole message of different blocks passes', () => {
    const together = messageBlocks.filter(({ type }) => type !== 'data_table');
    expect(describe(validateMessageBlocks(together))).toEqual([]);
  });

  test('an empty list of blocks passes', () => {
    expect(validateMessageBlocks([])).toEqual([]);
  });

  test('a modal and a home tab pass, also when their type is demanded', () => {
    expect([describe(validateView(modal)), describe(validateView(modal, 'modal'))]).toEqual([[], []]);
    expect([describe(validateView(home)), describe(validateView(home, 'home'))]).toEqual([[], []]);
  });

  test.each(inputElements.map((element) => [element.type, element]))('a %s passes in the input of a modal', (_, element) => {
    const input = { type: 'input', label: plain('Label'), element };
    expect(describe(validateView({ type: 'modal', title: plain('Title'), submit: plain('Go'), blocks: [input] }))).toEqual([]);
  });

  test('a field that JavaScript left undefined counts as absent', () => {
    expect(validateMessageBlocks([{ type: 'divider', block_id: undefined }])).toEqual([]);
  });

  test('the samples show every block and every element that can be posted', () => {
    const shown = new Set(typesIn([...blocks, modal, home]));
    const known = [...Object.keys(catalog.blocks), ...Object.keys(catalog.elements), ...Object.keys(catalog.rich)];
    expect(known.filter((type) => type !== 'file' && !shown.has(type))).toEqual([]);
  });
});

suite('the tables', () => {
  test('refer only to types that exist', () => {
    expect(danglingIn(catalog)).toEqual([]);
  });
});

function typesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'type' && typeof part === 'string' ? [part] : typesIn(part)));
}

function danglingIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const dangling = 'from' in value && 'of' in value && Array.isArray(value.of) ? value.of.filter((name) => !isIn(value.from, name)) : [];
  return [...dangling.map(String), ...Object.values(value).flatMap(danglingIn)];
}

function isIn(table: unknown, name: unknown): boolean {
  return Object.entries(catalog).some(([key, types]) => key === table && Object.hasOwn(types, String(name)));
}
