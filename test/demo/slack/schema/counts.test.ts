import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { mrkdwn, option, picture, plain } from './samples.ts';

const times = <Item>(count: number, make: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => make(index));
const options = (count: number) => times(count, (index) => option(String(index)));
const inActions = (element: object) => ({ type: 'actions', elements: [element] });
const dividers = (count: number) => times(count, () => ({ type: 'divider' }));
const input = (element: object) => ({ type: 'input', label: plain('l'), element });
const view = (max_files: number) => ({
  type: 'modal',
  title: plain('t'),
  submit: plain('s'),
  blocks: [input({ type: 'file_input', max_files })],
});
const cell = { type: 'raw_text', text: 'x' } as const;
const chart = (parts: object) => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'bar', axis_config: { categories: ['a'] }, ...parts },
});
const dataOf = (count: number) => times(count, () => ({ label: 'a', value: 1 }));

const counts: [what: string, min: number, max: number, pointer: string, build: (count: number) => object][] = [
  ['elements of a context', 1, 10, '/elements', (count) => ({ type: 'context', elements: times(count, () => mrkdwn('x')) })],
  [
    'elements of actions',
    1,
    25,
    '/elements',
    (count) => ({ type: 'actions', elements: times(count, () => ({ type: 'button', text: plain('x') })) }),
  ],
  [
    'elements of context_actions',
    1,
    5,
    '/elements',
    (count) => ({ type: 'context_actions', elements: times(count, () => ({ type: 'icon_button', icon: 'trash', text: plain('x') })) }),
  ],
  ['fields of a section', 1, 10, '/fields', (count) => ({ type: 'section', fields: times(count, () => mrkdwn('x')) })],
  ['options of a menu', 1, 100, '/elements/0/options', (count) => inActions({ type: 'static_select', options: options(count) })],
  [
    'options of a menu for several',
    1,
    100,
    '/elements/0/options',
    (count) => inActions({ type: 'multi_static_select', options: options(count) }),
  ],
  [
    'option groups',
    1,
    100,
    '/elements/0/option_groups',
    (count) => inActions({ type: 'static_select', option_groups: times(count, () => ({ label: plain('g'), options: options(1) })) }),
  ],
  [
    'options of a group',
    1,
    100,
    '/elements/0/option_groups/0/options',
    (count) => inActions({ type: 'static_select', option_groups: [{ label: plain('g'), options: options(count) }] }),
  ],
  ['checkboxes', 1, 10, '/elements/0/options', (count) => inActions({ type: 'checkboxes', options: options(count) })],
  ['radio buttons', 1, 10, '/elements/0/options', (count) => inActions({ type: 'radio_buttons', options: options(count) })],
  ['entries of an overflow menu', 1, 5, '/elements/0/options', (count) => inActions({ type: 'overflow', options: options(count) })],
  [
    'initial options',
    1,
    10,
    '/elements/0/initial_options',
    (count) =>
      inActions({ type: 'checkboxes', options: options(10), initial_options: times(count, (index) => option(String(index % 10))) }),
  ],
  ['rows of a table', 1, 100, '/rows', (count) => ({ type: 'table', rows: times(count, () => [cell]) })],
  ['cells of a row', 1, 20, '/rows/0', (count) => ({ type: 'table', rows: [times(count, () => cell)] })],
  ['column settings', 0, 20, '/column_settings', (count) => ({ type: 'table', rows: [[cell]], column_settings: times(count, () => ({})) })],
  ['rows of a data table', 2, 101, '/rows', (count) => ({ type: 'data_table', caption: 'c', rows: times(count, () => [cell]) })],
  [
    'cards of a carousel',
    1,
    10,
    '/elements',
    (count) => ({ type: 'carousel', elements: times(count, () => ({ type: 'card', body: mrkdwn('b') })) }),
  ],
  [
    'blocks of a container',
    1,
    10,
    '/child_blocks',
    (count) => ({ type: 'container', title: plain('t'), child_blocks: times(count, () => ({ type: 'divider' })) }),
  ],
  [
    'buttons of a card',
    0,
    3,
    '/actions',
    (count) => ({ type: 'card', actions: times(count, () => ({ type: 'button', text: plain('x') })) }),
  ],
  [
    'series of a chart',
    1,
    6,
    '/chart/series',
    (count) => chart({ series: times(count, (index) => ({ name: `n${index}`, data: dataOf(1) })) }),
  ],
  ['points of a series', 1, 20, '/chart/series/0/data', (count) => chart({ series: [{ name: 'n', data: dataOf(count) }] })],
  ['segments of a pie', 1, 12, '/chart/segments', (count) => ({ ...chart({}), chart: { type: 'pie', segments: dataOf(count) } })],
];

suite('counts', () => {
  test.each(counts)('%s: %i to %i', (_, min, max, pointer, build) => {
    expect([min, max].map((count) => describe(validateMessageBlocks([build(count)])))).toEqual([[], []]);
    expect(describe(validateMessageBlocks([build(max + 1)]))).toEqual([
      `no more than ${max} items allowed [json-pointer:/blocks/0${pointer}]`,
    ]);
    if (min === 0) return;
    expect(describe(validateMessageBlocks([build(min - 1)]))).toEqual([
      `must provide at least ${min} items [json-pointer:/blocks/0${pointer}]`,
    ]);
  });

  test('a message takes 50 blocks, a view 100', () => {
    expect([validateMessageBlocks(dividers(50)), validateView({ type: 'home', blocks: dividers(100) })]).toEqual([[], []]);
    expect(validateMessageBlocks(dividers(51))).toHaveLength(1);
    expect(validateView({ type: 'modal', title: plain('t'), blocks: dividers(101) })).toHaveLength(2);
  });

  test('what is in a list that is too long is not looked at', () => {
    expect(describe(validateMessageBlocks([{ type: 'context', elements: times(11, () => ({ type: 'nonsense' })) }]))).toEqual([
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ]);
  });
});

suite('numbers', () => {
  test.each([
    [
      'indent of a list',
      0,
      8,
      '/elements/0/indent',
      (indent: number) => ({ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements: [], indent }] }),
    ],
    [
      'border of a quote',
      0,
      1,
      '/elements/0/border',
      (border: number) => ({ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [], border }] }),
    ],
    ['level of a header', 1, 4, '/level', (level: number) => ({ type: 'header', text: plain('h'), level })],
    ['min_length', 0, 3000, '/element/min_length', (min_length: number) => input({ type: 'plain_text_input', min_length })],
    ['max_length', 1, 3000, '/element/max_length', (max_length: number) => input({ type: 'plain_text_input', max_length })],
    ['min_lines', 1, 100, '/element/min_lines', (min_lines: number) => input({ type: 'rich_text_input', min_lines })],
    ['max_lines', 1, 100, '/element/max_lines', (max_lines: number) => input({ type: 'rich_text_input', max_lines })],
    ['page_size', 1, 100, '/page_size', (page_size: number) => ({ type: 'data_table', caption: 'c', rows: [[cell], [cell]], page_size })],
    [
      'initial_date_time',
      1_000_000_000,
      9_999_999_999,
      '/element/initial_date_time',
      (initial_date_time: number) => input({ type: 'datetimepicker', initial_date_time }),
    ],
  ])('%s: %i to %i', (_, min, max, pointer, build) => {
    expect([min, max].map((value) => describe(validateMessageBlocks([build(value)])))).toEqual([[], []]);
    expect(describe(validateMessageBlocks([build(max + 1)]))).toEqual([`must be less than ${max} [json-pointer:/blocks/0${pointer}]`]);
    expect(describe(validateMessageBlocks([build(min - 1)]))).toEqual([`must be greater than ${min} [json-pointer:/blocks/0${pointer}]`]);
    expect(describe(validateMessageBlocks([build(min + 0.5)]))).toEqual([`must provide an integer [json-pointer:/blocks/0${pointer}]`]);
  });

  test.each([
    ['min_query_length', 0, { type: 'external_select' }],
    ['min_query_length', 0, { type: 'multi_external_select' }],
    ['max_selected_items', 1, { type: 'multi_users_select' }],
  ])('%s is at least %i', (field, min, menu) => {
    const lines = (value: number) => describe(validateMessageBlocks([inActions({ ...menu, [field]: value })]));
    expect([lines(min), lines(min - 1)]).toEqual([[], [`must be greater than ${min} [json-pointer:/blocks/0/elements/0/${field}]`]]);
  });

  test('a file input takes 1 to 10 files', () => {
    expect([1, 10].map((count) => validateView(view(count)))).toEqual([[], []]);
    expect([0, 11].map((count) => describe(validateView(view(count))).at(-1))).toEqual([
      'must be greater than 1 [json-pointer:/view/blocks/0/element/max_files]',
      'must be less than 10 [json-pointer:/view/blocks/0/element/max_files]',
    ]);
  });

  test('a picture needs no title and takes one', () => {
    expect(validateMessageBlocks([picture, { ...picture, title: plain('t') }])).toEqual([]);
  });
});
