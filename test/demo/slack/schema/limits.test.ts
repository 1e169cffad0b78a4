import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { mrkdwn, option, plain } from './samples.ts';

type Build = (text: string) => object;

const section: Build = (text) => ({ type: 'section', text: mrkdwn(text) });
const button = (parts: object) => ({ type: 'actions', elements: [{ type: 'button', text: plain('Go'), ...parts }] });
const element = (parts: object) => ({ type: 'input', label: plain('Label'), element: parts });
const select = (parts: object) => ({ type: 'actions', elements: [{ type: 'static_select', ...parts }] });
const confirmed = (parts: object) =>
  button({ confirm: { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n'), ...parts } });
const iconButton = (parts: object) => ({
  type: 'context_actions',
  elements: [{ type: 'icon_button', icon: 'trash', text: plain('x'), ...parts }],
});
const feedback = (parts: object) => ({
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      positive_button: { text: plain('x'), value: 'x', ...parts },
      negative_button: { text: plain('x'), value: 'x' },
    },
  ],
});
const image = (parts: object) => ({ type: 'image', image_url: 'x', alt_text: 'x', ...parts });
const video = (parts: object) => ({ type: 'video', alt_text: 'x', title: plain('x'), thumbnail_url: 'x', video_url: 'x', ...parts });
const container = (parts: object) => ({ type: 'container', title: plain('x'), child_blocks: [{ type: 'divider' }], ...parts });
const pie = (label: string) => ({ type: 'data_visualization', title: 't', chart: { type: 'pie', segments: [{ label, value: 1 }] } });
const line = (parts: object, name = 'n') => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'line', series: [{ name, data: [{ label: 'a', value: 1 }] }], axis_config: { categories: ['a'], ...parts } },
});

/** Where a text of so many characters still passes. The lines of the schema come with one for the text object, the others alone. */
const lengths: [where: string, max: number, pointer: string, build: Build][] = [
  ['block_id', 255, '/block_id', (block_id) => ({ type: 'divider', block_id })],
  ['header text', 150, '/text/text', (text) => ({ type: 'header', text: plain(text) })],
  ['context text', 3000, '/elements/0/text', (text) => ({ type: 'context', elements: [mrkdwn(text)] })],
  ['section text', 3000, '/text/text', section],
  ['section field', 2000, '/fields/0/text', (text) => ({ type: 'section', fields: [mrkdwn(text)] })],
  ['markdown text', 12_000, '/text', (text) => ({ type: 'markdown', text })],
  ['image alt_text', 2000, '/alt_text', (alt_text) => image({ alt_text })],
  ['image url', 3000, '/image_url', (image_url) => image({ image_url })],
  ['image title', 2000, '/title/text', (text) => image({ title: plain(text) })],
  ['video title', 199, '/title/text', (text) => video({ title: plain(text) })],
  ['video description', 199, '/description/text', (text) => video({ description: plain(text) })],
  ['video author', 49, '/author_name', (author_name) => video({ author_name })],
  ['input label', 2000, '/label/text', (text) => ({ ...element({ type: 'plain_text_input' }), label: plain(text) })],
  ['input hint', 2000, '/hint/text', (text) => ({ ...element({ type: 'plain_text_input' }), hint: plain(text) })],
  ['action_id', 255, '/elements/0/action_id', (action_id) => button({ action_id })],
  ['button text', 75, '/elements/0/text/text', (text) => button({ text: plain(text) })],
  ['button value', 2000, '/elements/0/value', (value) => button({ value })],
  ['button url', 3000, '/elements/0/url', (url) => button({ url })],
  ['button accessibility_label', 75, '/elements/0/accessibility_label', (accessibility_label) => button({ accessibility_label })],
  ['confirm title', 100, '/elements/0/confirm/title/text', (text) => confirmed({ title: plain(text) })],
  ['confirm text', 300, '/elements/0/confirm/text/text', (text) => confirmed({ text: mrkdwn(text) })],
  ['confirm button', 30, '/elements/0/confirm/confirm/text', (text) => confirmed({ confirm: plain(text) })],
  ['deny button', 30, '/elements/0/confirm/deny/text', (text) => confirmed({ deny: plain(text) })],
  ['icon button text', 75, '/elements/0/text/text', (text) => iconButton({ text: plain(text) })],
  ['icon button value', 2000, '/elements/0/value', (value) => iconButton({ value })],
  ['feedback button text', 75, '/elements/0/positive_button/text/text', (text) => feedback({ text: plain(text) })],
  ['feedback button value', 2000, '/elements/0/positive_button/value', (value) => feedback({ value })],
  [
    'feedback button label',
    75,
    '/elements/0/positive_button/accessibility_label',
    (accessibility_label) => feedback({ accessibility_label }),
  ],
  ['option text', 75, '/elements/0/options/0/text/text', (text) => select({ options: [{ text: plain(text), value: 'v' }] })],
  ['option value', 150, '/elements/0/options/0/value', (value) => select({ options: [{ text: plain('t'), value }] })],
  [
    'option description',
    75,
    '/elements/0/options/0/description/text',
    (text) => select({ options: [{ ...option('o'), description: plain(text) }] }),
  ],
  [
    'overflow option url',
    3000,
    '/elements/0/options/0/url',
    (url) => ({ type: 'actions', elements: [{ type: 'overflow', options: [{ ...option('o'), url }] }] }),
  ],
  [
    'checkbox text',
    75,
    '/elements/0/options/0/text/text',
    (text) => ({ type: 'actions', elements: [{ type: 'checkboxes', options: [{ text: mrkdwn(text), value: 'v' }] }] }),
  ],
  [
    'option group label',
    75,
    '/elements/0/option_groups/0/label/text',
    (text) => select({ option_groups: [{ label: plain(text), options: [option('o')] }] }),
  ],
  ['placeholder of a menu', 150, '/elements/0/placeholder/text', (text) => select({ placeholder: plain(text), options: [option('o')] })],
  ['placeholder of an input', 150, '/element/placeholder/text', (text) => element({ type: 'plain_text_input', placeholder: plain(text) })],
  ['card title', 150, '/title/text', (text) => ({ type: 'card', title: mrkdwn(text) })],
  ['card subtitle', 150, '/subtitle/text', (text) => ({ type: 'card', title: mrkdwn('t'), subtitle: mrkdwn(text) })],
  ['card body', 200, '/body/text', (text) => ({ type: 'card', body: mrkdwn(text) })],
  ['card subtext', 200, '/subtext/text', (text) => ({ type: 'card', title: mrkdwn('t'), subtext: mrkdwn(text) })],
  ['container title', 150, '/title/text', (text) => container({ title: plain(text) })],
  ['container subtitle', 150, '/subtitle/text', (text) => container({ subtitle: mrkdwn(text) })],
  ['chart title', 50, '/title', (title) => ({ ...pie('a'), title })],
  ['chart label', 20, '/chart/segments/0/label', pie],
  ['chart axis', 50, '/chart/axis_config/x_label', (x_label) => line({ x_label })],
  ['chart series', 20, '/chart/series/0/name', (name) => line({}, name)],
];

suite('lengths', () => {
  test.each(lengths)('%s may have %i characters and not one more', (_, max, pointer, build) => {
    expect(describe(validateMessageBlocks([build('x'.repeat(max))]))).toEqual([]);
    expect(describe(validateMessageBlocks([build('x'.repeat(max + 1))])).at(-1)).toBe(
      `must be less than ${max + 1} characters [json-pointer:/blocks/0${pointer}]`,
    );
  });

  test.each(lengths)('%s counts an emoji as one of its %i characters, not as two', (_, max, _pointer, build) => {
    expect(describe(validateMessageBlocks([build('🔥'.repeat(max))]))).toEqual([]);
    expect(validateMessageBlocks([build('🔥'.repeat(max + 1))])).not.toEqual([]);
  });

  test.each([
    ['private_metadata', 3000, '/private_metadata', (private_metadata: string) => ({ private_metadata })],
    ['callback_id', 255, '/callback_id', (callback_id: string) => ({ callback_id })],
    ['external_id', 255, '/external_id', (external_id: string) => ({ external_id })],
    ['title', 24, '/title/text', (text: string) => ({ title: plain(text) })],
    ['submit', 24, '/submit/text', (text: string) => ({ submit: plain(text) })],
    ['close', 24, '/close/text', (text: string) => ({ close: plain(text) })],
    ['alert text', 200, '/blocks/0/text/text', (text: string) => ({ blocks: [{ type: 'alert', text: plain(text) }] })],
  ])("a view's %s may have %i characters and not one more", (_, max, pointer, build) => {
    const view = (text: string) => ({ type: 'modal', title: plain('Title'), blocks: [], ...build(text) });
    expect(describe(validateView(view('🔥'.repeat(max))))).toEqual([]);
    expect(describe(validateView(view('🔥'.repeat(max + 1)))).at(-1)).toBe(
      `must be less than ${max + 1} characters [json-pointer:/view${pointer}]`,
    );
  });

  test.each([
    ['section text', 2],
    ['section field', 2],
    ['input label', 2],
    ['image title', 2],
    ['confirm text', 1],
    ['button text', 1],
    ['header text', 1],
  ])('%s is refused in %i lines', (where, lines) => {
    const [, max = 0, , build = section] = lengths.find(([name]) => name === where) ?? [];
    expect(validateMessageBlocks([build('x'.repeat(max + 1))])).toHaveLength(lines);
  });
});

suite('empty strings', () => {
  const mayBeEmpty = [
    'image alt_text',
    'image url',
    'video author',
    'button url',
    'button accessibility_label',
    'icon button value',
    'feedback button value',
    'feedback button label',
    'option value',
    'chart axis',
  ];

  test.each(lengths.filter(([where]) => !mayBeEmpty.includes(where)))('%s may not be empty', (_where, _max, pointer, build) => {
    expect(describe(validateMessageBlocks([build('')])).at(-1)).toBe(`must be more than 0 characters [json-pointer:/blocks/0${pointer}]`);
  });
});
