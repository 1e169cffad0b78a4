import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { mrkdwn, option, picture, plain } from './samples.ts';

const button = { type: 'button', text: plain('Go') };
const actions = (element: object) => ({ type: 'actions', elements: [element] });
const section = { type: 'section', text: mrkdwn('x') };
const input = (element: object) => ({ type: 'input', label: plain('l'), element });
const rich = (element: object) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] });

suite('null is no way to leave a field out', () => {
  test.each([
    ['block_id', { type: 'divider', block_id: null }, ['must provide a string [json-pointer:/blocks/0/block_id]']],
    ['accessory', { ...section, accessory: null }, ['must provide an object [json-pointer:/blocks/0/accessory]']],
    ['fields', { ...section, fields: null }, ['must provide an array [json-pointer:/blocks/0/fields]']],
    ['expand', { ...section, expand: null }, ['must be a boolean [json-pointer:/blocks/0/expand]']],
    ['level', { type: 'header', text: plain('h'), level: null }, ['must provide an integer [json-pointer:/blocks/0/level]']],
    ['value', actions({ ...button, value: null }), ['must provide a string [json-pointer:/blocks/0/elements/0/value]']],
    ['confirm', actions({ ...button, confirm: null }), ['must provide an object [json-pointer:/blocks/0/elements/0/confirm]']],
    [
      'emoji',
      { type: 'header', text: { ...plain('h'), emoji: null } },
      ['failed to match all allowed schemas [json-pointer:/blocks/0/text]', 'must be a boolean [json-pointer:/blocks/0/text/emoji]'],
    ],
    ['a block', null, ['must provide an object [json-pointer:/blocks/0]']],
  ])('%s', (_, block, lines) => {
    expect(describe(validateMessageBlocks([block]))).toEqual(lines);
  });
});

suite('unknown fields are refused where they stand', () => {
  test.each([
    ['a block', { type: 'divider', color: 'red' }, 'color', ''],
    ['a button', actions({ ...button, disabled: true }), 'disabled', '/elements/0'],
    ['a text that is not formatted', { type: 'header', text: { ...plain('h'), verbatim: true } }, 'verbatim', '/text'],
    ['a formatted text', { ...section, text: { ...mrkdwn('x'), emoji: true } }, 'emoji', '/text'],
    ['an option', actions({ type: 'static_select', options: [{ ...option('a'), type: 'option' }] }), 'type', '/elements/0/options/0'],
    [
      'a link in a menu',
      actions({ type: 'static_select', options: [{ ...option('a'), url: 'https://x.y' }] }),
      'url',
      '/elements/0/options/0',
    ],
    [
      'a confirmation',
      actions({ ...button, confirm: { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n'), type: 'confirm' } }),
      'type',
      '/elements/0/confirm',
    ],
    ['an element', actions({ ...button, block_id: 'b' }), 'block_id', '/elements/0'],
    ['rich text', rich({ type: 'text', text: 'a', color: 'red' }), 'color', '/elements/0/elements/0'],
    ['the style of rich text', rich({ type: 'text', text: 'a', style: { big: true } }), 'big', '/elements/0/elements/0/style'],
    ['a task', { type: 'task_card', task_id: '1', title: 't', status: 'error', blocks: [] }, 'blocks', ''],
    [
      'a task of a plan',
      { type: 'plan', title: 't', tasks: [{ task_id: '1', title: 't', status: 'error', note: '' }] },
      'note',
      '/tasks/0',
    ],
    ['a container', { type: 'container', title: plain('t'), child_blocks: [{ type: 'divider' }], blocks: [] }, 'blocks', ''],
    ['an image beside a text', { ...section, accessory: { ...picture, title: plain('t') } }, 'title', '/accessory'],
    ['a name that JavaScript knows', { type: 'divider', constructor: 'x' }, 'constructor', ''],
  ])('%s', (_, block, field, pointer) => {
    expect(describe(validateMessageBlocks([block])).at(-1)).toBe(
      `invalid additional property: ${field} [json-pointer:/blocks/0${pointer}]`,
    );
  });
});

suite('missing fields', () => {
  test('all of them are listed, and what is there is not looked at', () => {
    expect(describe(validateMessageBlocks([input({}), { type: 'video', title: 7 }]))).toEqual([
      'missing required field: type [json-pointer:/blocks/0/element]',
      'missing required field: alt_text [json-pointer:/blocks/1]',
      'missing required field: thumbnail_url [json-pointer:/blocks/1]',
      'missing required field: video_url [json-pointer:/blocks/1]',
    ]);
  });

  test.each([
    ['a type', {}, 'type', ''],
    ['elements', { type: 'actions' }, 'elements', ''],
    ['the text of a button', actions({ type: 'button' }), 'text', '/elements/0'],
    ['the value of an option', actions({ type: 'overflow', options: [{ text: plain('t') }] }), 'value', '/elements/0/options/0'],
    ['whether a number may be decimal', input({ type: 'number_input' }), 'is_decimal_allowed', '/element'],
    ['the options of a menu', actions({ type: 'static_select' }), 'options', '/elements/0'],
    ['the file of an image', { type: 'image', alt_text: 'a', slack_file: {} }, 'id', '/slack_file'],
    ['the user of a mention', rich({ type: 'user' }), 'user_id', '/elements/0/elements/0'],
    [
      'the way out of a confirmation',
      actions({ ...button, confirm: { title: plain('t'), text: plain('t'), confirm: plain('y') } }),
      'deny',
      '/elements/0/confirm',
    ],
  ])('%s', (_, block, field, pointer) => {
    expect(validateMessageBlocks([block])).toEqual([
      { code: 'missing_field', message: `missing required field: ${field}`, pointer: `/blocks/0${pointer}`, field },
    ]);
  });

  test('an image has one source, not two', () => {
    const both = { ...picture, slack_file: { id: 'F1' } };
    expect(describe(validateMessageBlocks([both]))).toEqual(['failed to match exactly one allowed schema [json-pointer:/blocks/0]']);
  });
});

suite('types and values', () => {
  test.each([
    ['blocks that are no list', { blocks: [] }, ['must provide an array [json-pointer:/blocks]']],
    ['an unknown block', [{ type: 'marquee' }], ['unsupported type: marquee [json-pointer:/blocks/0/type]']],
    [
      'a block named like something of JavaScript',
      [{ type: 'constructor' }],
      ['unsupported type: constructor [json-pointer:/blocks/0/type]'],
    ],
    ['a type that is no string', [{ type: 7 }], ['must provide a string [json-pointer:/blocks/0/type]']],
    [
      'an element in the wrong block',
      [actions({ type: 'plain_text_input' })],
      ['unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]'],
    ],
    ['a button as input', [input(button)], ['unsupported type: button [json-pointer:/blocks/0/element/type]']],
    [
      'the default style',
      [actions({ ...button, style: 'default' })],
      ['must be a valid enum value [json-pointer:/blocks/0/elements/0/style]'],
    ],
    ['a string as fields', [{ ...section, fields: 'x' }], ['must provide an array [json-pointer:/blocks/0/fields]']],
    [
      'a string as number',
      [{ type: 'table', rows: [[{ type: 'raw_number', value: '1', text: '1' }]] }],
      ['must provide a number [json-pointer:/blocks/0/rows/0/0/value]'],
    ],
    [
      'a day that does not exist',
      [input({ type: 'datepicker', initial_date: '2026-13-01' })],
      ['input must be a valid: date [json-pointer:/blocks/0/element/initial_date]'],
    ],
    [
      'an hour that does not exist',
      [input({ type: 'timepicker', initial_time: '24:00' })],
      ['input must match regex pattern: ^([01][0-9]|2[0-3]):[0-5][0-9]$ [json-pointer:/blocks/0/element/initial_time]'],
    ],
    [
      'an empty filter',
      [actions({ type: 'conversations_select', filter: {} })],
      ['must have minimum 1 properties [json-pointer:/blocks/0/elements/0/filter]'],
    ],
    [
      'rich text without a letter',
      [rich({ type: 'text', text: '' })],
      ['must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]'],
    ],
    [
      'a link to nowhere',
      [rich({ type: 'link', url: '' })],
      ['must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/url]'],
    ],
    [
      'no trigger',
      [input({ type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: [] } })],
      ['must provide at least 1 items [json-pointer:/blocks/0/element/dispatch_action_config/trigger_actions_on]'],
    ],
    [
      'a category twice',
      [
        {
          type: 'data_visualization',
          title: 't',
          chart: { type: 'bar', series: [{ name: 'n', data: [{ label: 'a', value: 1 }] }], axis_config: { categories: ['a', 'a'] } },
        },
      ],
      ['Input contains duplicate items [json-pointer:/blocks/0/chart/axis_config/categories]'],
    ],
    [
      'the same kind twice in a filter',
      [actions({ type: 'conversations_select', filter: { include: ['im', 'im'] } })],
      ['Input contains duplicate items [json-pointer:/blocks/0/elements/0/filter/include]'],
    ],
  ])('%s', (_, blocks, lines) => {
    expect(describe(validateMessageBlocks(blocks))).toEqual(lines);
  });

  test('a formatted text where only a label may stand', () => {
    expect(describe(validateMessageBlocks([{ type: 'header', text: mrkdwn('*h*') }]))).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'must be a valid enum value [json-pointer:/blocks/0/text/type]',
    ]);
  });

  test('everything that is wrong is listed in the order of the payload', () => {
    expect(
      describe(validateMessageBlocks([actions({ type: 'button', text: plain(''), style: 'x', disabled: 1 }), { type: 'nope' }])),
    ).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/0/elements/0/text]',
      'must be more than 0 characters [json-pointer:/blocks/0/elements/0/text/text]',
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
      'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
      'unsupported type: nope [json-pointer:/blocks/1/type]',
    ]);
  });

  test('errors say which rule was broken, how and by what', () => {
    expect(validateMessageBlocks([actions({ ...button, value: 'x'.repeat(2001) })])).toEqual([
      {
        code: 'failed_constraint',
        message: 'must be less than 2001 characters',
        pointer: '/blocks/0/elements/0/value',
        constraint: { type: 'max_length', expected: 2000, got: 2001 },
      },
    ]);
  });

  test.each([[undefined], [null], ['modal'], [[]]])('a view that is %j is no object', (view) => {
    expect(describe(validateView(view))).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      'must provide an object [json-pointer:/view]',
    ]);
  });
});
