import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { mrkdwn, option, picture, plain } from './samples.ts';

const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const modalOf = (parts: object) => ({ type: 'modal', title: plain('Title'), blocks: [], ...parts });
const many = (count: number) => Array.from({ length: count }, (_, index) => option(String(index)));
const buttons = (count: number) => many(count).map(({ text }) => ({ type: 'button', text }));
const whole = '[json-pointer:/view]';

suite('Slack refused these messages with these lines', () => {
  test.each([
    [
      'a section that is too long',
      [section('a'.repeat(3001))],
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
        'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      ],
    ],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), ['no more than 50 items allowed [json-pointer:/blocks]']],
    [
      '26 buttons',
      [section('a'), { type: 'actions', elements: buttons(26) }],
      ['no more than 25 items allowed [json-pointer:/blocks/1/elements]'],
    ],
    [
      '11 fields',
      [section('a'), section('b'), section('c'), { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }],
      ['no more than 10 items allowed [json-pointer:/blocks/3/fields]'],
    ],
    [
      '6 options of an overflow menu',
      [section('a'), section('b'), { ...section('c'), accessory: { type: 'overflow', options: many(6) } }],
      ['no more than 5 items allowed [json-pointer:/blocks/2/accessory/options]'],
    ],
    [
      'two buttons with one action_id',
      [
        section('Vote'),
        { type: 'actions', elements: ['a', 'b'].map((name) => ({ type: 'button', text: plain(name), action_id: 'vote' })) },
      ],
      ['`action_id` "vote" already exists [json-pointer:/blocks/1/elements/1/action_id]'],
    ],
    [
      'a card whose title is a string',
      [section('a'), { type: 'carousel', elements: [{ type: 'card', title: 'Checkout' }] }],
      ['must provide an object [json-pointer:/blocks/1/elements/0/title]'],
    ],
    [
      'a plan whose title is a text object',
      [{ type: 'plan', title: plain('Checking') }],
      ['must provide a string [json-pointer:/blocks/0/title]'],
    ],
    [
      'a number without its value',
      [
        section('a'),
        section('b'),
        {
          type: 'table',
          rows: [
            [{ type: 'raw_text', text: 'a' }],
            [
              { type: 'raw_text', text: 'a' },
              { type: 'raw_text', text: 'b' },
              { type: 'raw_number', text: '1' },
            ],
          ],
        },
      ],
      ['missing required field: value [json-pointer:/blocks/2/rows/1/2]'],
    ],
    [
      'three charts',
      Array.from({ length: 3 }, () => ({
        type: 'data_visualization',
        title: 't',
        chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
      })),
      ['too many data_visualization blocks'],
    ],
    [
      'a waiting task outside of a plan',
      [{ type: 'task_card', task_id: '1', title: 't', status: 'pending' }],
      ['must be a valid enum value [json-pointer:/blocks/0/status]'],
    ],
  ])('%s', (_, blocks, lines) => {
    expect(describe(validateMessageBlocks(blocks))).toEqual(lines);
  });

  test('an unknown text type, as blocks.validate answers', () => {
    expect(validateMessageBlocks([{ type: 'section', text: { type: 'invalid', text: 'Hello' } }], '')).toEqual([
      {
        code: 'failed_constraint',
        message: 'unsupported type: invalid',
        pointer: '/0/text/type',
        constraint: { type: 'enum', expected: ['plain_text', 'mrkdwn'] },
      },
    ]);
  });
});

suite('Slack refused these views with these lines', () => {
  test.each([
    [
      'too much private_metadata',
      modalOf({ private_metadata: 'a'.repeat(3001) }),
      [`failed to match all allowed schemas ${whole}`, 'must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    ],
    [
      'a title of 25 characters',
      modalOf({ title: plain('a'.repeat(25)) }),
      ['must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    [
      'an option of 76 characters',
      modalOf({
        submit: plain('Go'),
        blocks: [
          section('a'),
          section('b'),
          { type: 'input', label: plain('Pick'), element: { type: 'static_select', options: [option('a'.repeat(76))] } },
        ],
      }),
      ['must be less than 76 characters [json-pointer:/view/blocks/2/element/options/0/text/text]'],
    ],
    [
      'an input without a submit button',
      modalOf({ blocks: [section('a'), section('b'), { type: 'input', label: plain('Why'), element: { type: 'plain_text_input' } }] }),
      ['must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/2/input]'],
    ],
    [
      'a field that no view has',
      modalOf({ submit_disabled: true }),
      [`failed to match all allowed schemas ${whole}`, `invalid additional property: submit_disabled ${whole}`],
    ],
    [
      'null instead of a style and of a submit button',
      modalOf({
        blocks: [
          section('a'),
          section('b'),
          section('c'),
          { type: 'actions', elements: buttons(2).map((button) => ({ ...button, style: null })) },
        ],
        submit: null,
      }),
      [
        `failed to match all allowed schemas ${whole}`,
        'must provide a string [json-pointer:/view/blocks/3/elements/0/style]',
        'must provide a string [json-pointer:/view/blocks/3/elements/1/style]',
        'failed to match all allowed schemas [json-pointer:/view/submit]',
        'must provide an object [json-pointer:/view/submit]',
        'must provide an object [json-pointer:/view/submit]',
      ],
    ],
    [
      'an image without anything',
      { type: 'home', blocks: [section('a'), section('b'), section('c'), { ...section('d'), accessory: { type: 'image' } }] },
      [
        `failed to match all allowed schemas ${whole}`,
        'missing required field: image_url [json-pointer:/view/blocks/3/accessory]',
        'missing required field: alt_text [json-pointer:/view/blocks/3/accessory]',
      ],
    ],
    [
      'a null initial_option',
      modalOf({
        blocks: [{ type: 'input', label: plain('Pick'), element: { type: 'static_select', options: many(2), initial_option: null } }],
      }),
      [`failed to match all allowed schemas ${whole}`, 'must provide an object [json-pointer:/view/blocks/0/element/initial_option]'],
    ],
    [
      'an initial option that is not offered',
      modalOf({
        submit: plain('Go'),
        blocks: [
          { type: 'input', label: plain('Pick'), element: { type: 'checkboxes', options: [option('a')], initial_options: [option('b')] } },
        ],
      }),
      ['must be one of the provided options [json-pointer:view/blocks/0/element/initial_options]'],
    ],
  ])('%s', (_, view, lines) => {
    expect(describe(validateView(view))).toEqual(lines);
  });

  test.each([
    ['data_visualization', 5],
    ['container', 9],
  ])('a %s in a home tab', (type, index) => {
    const blocks = [...Array.from({ length: index }, () => picture).map((image) => ({ ...image })), { type }];
    expect(describe(validateView({ type: 'home', blocks }))).toContain(
      `unsupported type: ${type} [json-pointer:/view/blocks/${index}/type]`,
    );
  });

  test('101 blocks', () => {
    const view = { type: 'home', blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) };
    expect(describe(validateView(view))).toContain('no more than 100 items allowed [json-pointer:/view/blocks]');
  });
});
