import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { alert, contextActions, dataTable, home, messageBlocks, modal, mrkdwn, newerBlocks, plain, richText, task } from './samples.ts';

const samples = [...messageBlocks, ...newerBlocks, dataTable, alert];
const everywhere = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'video'];
const tables = ['table', 'data_table'];
const places: Record<string, readonly string[]> = {
  message: [
    ...everywhere,
    ...tables,
    'card',
    'carousel',
    'container',
    'context_actions',
    'data_visualization',
    'markdown',
    'plan',
    'task_card',
  ],
  modal: [...everywhere, 'alert'],
  home: [...everywhere, ...tables, 'card', 'carousel'],
};

suite('where blocks may stand', () => {
  const types = [...new Set(samples.map(({ type }) => type))];

  test.each(types)('%s', (type) => {
    const block = samples.find((sample) => sample.type === type);
    const allowedIn = {
      message: validateMessageBlocks([block]).length === 0,
      modal: validateView({ ...modal, blocks: [block] }).length === 0,
      home: validateView({ ...home, blocks: [block] }).length === 0,
    };
    expect(allowedIn).toEqual(Object.fromEntries(Object.entries(places).map(([place, names]) => [place, names.includes(type)])));
  });

  test.each([
    ['modal', plain('m')],
    ['home', undefined],
  ])('what does not belong into a %s is of an unsupported type there', (type, title) => {
    const lines = describe(validateView({ type, title, blocks: [{ type: 'plan', title: 't' }] }));
    expect(lines).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      'unsupported type: plan [json-pointer:/view/blocks/0/type]',
    ]);
  });

  test.each([
    ['a message', [{ type: 'file', external_id: 'F1', source: 'remote' }], '/blocks/0/type'],
    [
      'a container',
      [{ type: 'container', title: plain('t'), child_blocks: [{ type: 'file', external_id: 'F1', source: 'remote' }] }],
      '/blocks/0/child_blocks/0/type',
    ],
  ])('nobody can post a file block into %s', (_, blocks, pointer) => {
    expect(describe(validateMessageBlocks(blocks))).toEqual([`unsupported type: file [json-pointer:${pointer}]`]);
  });

  test.each([
    ['a plan', { type: 'plan', title: 't' }],
    ['a task', task],
    ['buttons of a context', { type: 'context_actions', elements: contextActions }],
    ['another container', { type: 'container', title: plain('t'), child_blocks: [richText] }],
  ])('a container does not take %s', (_, block) => {
    expect(describe(validateMessageBlocks([{ type: 'container', title: plain('t'), child_blocks: [block] }]))).toEqual([
      `unsupported type: ${block.type} [json-pointer:/blocks/0/child_blocks/0/type]`,
    ]);
  });
});

suite('what only a modal can do', () => {
  test('take files', () => {
    const block = { type: 'input', label: plain('Files'), element: { type: 'file_input' } };
    expect(describe(validateMessageBlocks([block]))).toEqual(['unsupported type: file_input [json-pointer:/blocks/0/element/type]']);
    expect(describe(validateView({ ...home, blocks: [block] })).at(-1)).toBe(
      'unsupported type: file_input [json-pointer:/view/blocks/0/element/type]',
    );
  });

  test('give out a response_url', () => {
    const element = { type: 'channels_select', response_url_enabled: true };
    expect(describe(validateMessageBlocks([{ type: 'section', text: mrkdwn('x'), accessory: element }]))).toEqual([
      'invalid additional property: response_url_enabled [json-pointer:/blocks/0/accessory]',
    ]);
  });

  test.each(['title', 'submit', 'close', 'clear_on_close', 'notify_on_close'])('have a %s', (field) => {
    const value = field.includes('_') ? true : plain('x');
    expect(describe(validateView({ ...home, [field]: value }))).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      `invalid additional property: ${field} [json-pointer:/view]`,
    ]);
  });
});

suite('the type of a view', () => {
  test.each([
    ['home', modal],
    ['modal', { ...home, title: plain('t') }],
  ] as const)('a %s is demanded and something else comes', (type, view) => {
    expect(describe(validateView(view, type))).toContain('must be a valid enum value [json-pointer:/view/type]');
  });

  test('there is no third one', () => {
    expect(describe(validateView({ ...modal, type: 'workflow_step' }))).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      'must be a valid enum value [json-pointer:/view/type]',
    ]);
  });

  test('an empty object lacks everything that a modal needs', () => {
    expect(describe(validateView({}))).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      'missing required field: title [json-pointer:/view]',
      'missing required field: blocks [json-pointer:/view]',
      'missing required field: type [json-pointer:/view]',
    ]);
  });
});
