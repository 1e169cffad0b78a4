import { describe as suite, expect, test } from 'vitest';

import { describe, totalBlockText, validateMessageBlocks, validateView, viewBytes } from '../../../../src/demo/slack/schema/index.ts';
import { home, modal, mrkdwn, option, plain, richText } from './samples.ts';

const button = (action_id: string) => ({ type: 'button', text: plain('Go'), action_id });
const cell = { type: 'raw_text', text: 'x' };
const table = { type: 'table', rows: [[cell]] };
const dataTable = { type: 'data_table', caption: 'c', rows: [[cell], [cell]] };
const inContainer = (...child_blocks: object[]) => ({ type: 'container', title: plain('t'), child_blocks });
const markdown = (length: number) => ({ type: 'markdown', text: '🔥'.repeat(length) });
const tableOf = (length: number) => ({ type: 'table', rows: [[cell, { type: 'raw_text', text: 'x'.repeat(length - 1) }]] });
const lines = (...blocks: object[]) => describe(validateMessageBlocks(blocks));

suite('ids', () => {
  test('the same action_id may stand in two blocks', () => {
    expect(lines({ type: 'actions', elements: [button('a')] }, { type: 'actions', elements: [button('a')] })).toEqual([]);
  });

  test.each([
    ['actions', { type: 'actions', elements: [button('a'), button('b'), button('a')] }, '/elements/2'],
    ['a card', { type: 'card', actions: [button('a'), button('a')] }, '/actions/1'],
    ['a block in a container', inContainer({ type: 'actions', elements: [button('a'), button('a')] }), '/child_blocks/0/elements/1'],
    [
      'a card in a carousel',
      { type: 'carousel', elements: [{ type: 'card', actions: [button('a'), button('a')] }] },
      '/elements/0/actions/1',
    ],
  ])('but not twice in %s', (_, block, pointer) => {
    expect(lines(block)).toEqual([`\`action_id\` "a" already exists [json-pointer:/blocks/0${pointer}/action_id]`]);
  });

  test('a block_id may stand once in a message, containers included', () => {
    const divider = { type: 'divider', block_id: 'a' };
    expect(lines(divider, { type: 'divider', block_id: 'b' })).toEqual([]);
    expect(lines(divider, divider)).toEqual(['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]']);
    expect(lines(divider, inContainer(divider))).toEqual([
      '`block_id` "a" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
    ]);
  });

  test('and once in a view', () => {
    const divider = { type: 'divider', block_id: 'a' };
    expect(describe(validateView({ ...home, blocks: [divider, divider] }))).toEqual([
      '`block_id` "a" already exists [json-pointer:/view/blocks/1/block_id]',
    ]);
  });
});

suite('how many of a kind a message takes', () => {
  const plan = { type: 'plan', title: 't' };

  test.each([
    ['two tables', [table, table], ['only_one_table_allowed']],
    ['a table and a data table', [table, dataTable], ['only_one_table_allowed']],
    ['a second table in a container', [table, inContainer(table)], ['only_one_table_allowed']],
    ['two plans', [plan, plan], ['too many plan blocks']],
    ['one of each', [table, plan], []],
  ])('%s', (_, blocks, expected) => {
    expect(lines(...blocks)).toEqual(expected);
  });

  test('12 000 characters of markdown in all blocks together', () => {
    expect(lines(markdown(6000), markdown(6000))).toEqual([]);
    expect(lines(markdown(6000), { type: 'divider' }, markdown(6001))).toEqual([
      'must be less than 12001 characters [json-pointer:/blocks/2/text]',
    ]);
  });

  test('10 000 characters in all cells of a table together', () => {
    expect(lines(tableOf(10_000))).toEqual([]);
    expect(lines(tableOf(10_001))).toEqual(['must be less than 10001 characters [json-pointer:/blocks/0/rows]']);
  });
});

suite('fields that depend on each other', () => {
  test.each([
    [
      'a section without text and fields',
      { type: 'section', block_id: 's' },
      'must define either `text` or `fields` [json-pointer:/blocks/0]',
    ],
    [
      'a container without a title',
      { type: 'container', child_blocks: [richText] },
      'must define either `title` or `rich_text_title` [json-pointer:/blocks/0]',
    ],
    [
      'an empty card',
      { type: 'card', subtitle: plain('s') },
      'must define at least one of `hero_image`, `title`, `actions`, `body` [json-pointer:/blocks/0]',
    ],
    [
      'a container that is collapsed but cannot be',
      { ...inContainer(richText), default_collapsed: true },
      'must define `is_collapsible` to use `default_collapsed` [json-pointer:/blocks/0/default_collapsed]',
    ],
    [
      'a data table with a formatted header',
      {
        ...dataTable,
        rows: [
          [cell, richText],
          [cell, cell],
        ],
      },
      'unsupported type: rich_text [json-pointer:/blocks/0/rows/0/1/type]',
    ],
  ])('%s', (_, block, line) => {
    expect(lines(block)).toEqual([line]);
  });

  const [a, b, c] = [option('a'), option('b'), option('c')];

  test.each([
    ['static_select', { options: [a, b], initial_option: c }, 'initial_option'],
    ['static_select', { option_groups: [{ label: plain('g'), options: [a] }], initial_option: b }, 'initial_option'],
    ['static_select', { options: [a], initial_option: { ...a, description: plain('other') } }, 'initial_option'],
    ['radio_buttons', { options: [a, b], initial_option: c }, 'initial_option'],
    ['checkboxes', { options: [a, b], initial_options: [a, c] }, 'initial_options'],
    ['multi_static_select', { options: [a, b], initial_options: [c] }, 'initial_options'],
  ])('the initial choice of a %s must be offered exactly so', (type, parts, field) => {
    expect(lines({ type: 'actions', elements: [{ type, ...parts }] })).toEqual([
      `must be one of the provided options [json-pointer:blocks/0/elements/0/${field}]`,
    ]);
  });

  test('the order of an option does not matter', () => {
    const turned = { value: 'a', text: { text: 'a', type: 'plain_text' } };
    expect(lines({ type: 'actions', elements: [{ type: 'static_select', options: [a], initial_option: turned }] })).toEqual([]);
  });
});

suite('views', () => {
  const input = { type: 'input', label: plain('l'), element: { type: 'plain_text_input', focus_on_load: true } };

  test('a home tab needs no submit button for its inputs', () => {
    expect(validateView({ ...home, blocks: [input] })).toEqual([]);
  });

  test('only one element can have the focus', () => {
    expect(describe(validateView({ ...modal, blocks: [input, input] }))).toEqual([
      '`focus_on_load` can be true for one element only [json-pointer:/view/blocks/1/element/focus_on_load]',
    ]);
  });

  test('small limits and rules are reported together, but only once the schema is satisfied', () => {
    const view = { type: 'modal', title: plain('x'.repeat(25)), blocks: [{ ...input, label: plain('x') }] };
    expect(describe(validateView(view))).toEqual([
      'must be less than 25 characters [json-pointer:/view/title/text]',
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    ]);
    expect(describe(validateView({ ...view, blocks: [{ type: 'nope' }] }))).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      'unsupported type: nope [json-pointer:/view/blocks/0/type]',
    ]);
  });

  test('the size of a view is counted in bytes as sent', () => {
    expect([viewBytes({ a: 'é🔥' }), viewBytes(undefined)]).toEqual([14, 0]);
  });
});

suite('the text of all blocks', () => {
  test.each([
    ['texts, not ids or values', [{ type: 'actions', block_id: 'long-id', elements: [{ ...button('long-id'), value: 'value' }] }], 2],
    ['markdown by code points', [{ type: 'markdown', text: '🔥🔥' }], 2],
    ['tasks of a plan', [{ type: 'plan', title: 'abc', tasks: [{ task_id: 'id', title: 'de', status: 'complete' }] }], 5],
    ['rich text', [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'abcd' }] }] }], 4],
    ['fields and containers', [inContainer({ type: 'section', fields: [mrkdwn('ab'), mrkdwn('c')] })], 4],
    ['nothing', undefined, 0],
  ])('counts %s', (_, blocks, length) => {
    expect(totalBlockText(blocks)).toBe(length);
  });
});
