import { describe as suite, expect, test } from 'vitest';

import { validateMessageBlocks, validateView } from '../../../../src/demo/slack/schema/index.ts';
import { catalog } from '../../../../src/demo/slack/schema/tables/catalog.ts';
import { plain } from './samples.ts';

/** What each thing lacks when it has nothing but its type. */
const blocks: Record<string, readonly string[]> = {
  actions: ['elements'],
  alert: ['text'],
  card: [],
  carousel: ['elements'],
  container: ['child_blocks'],
  context: ['elements'],
  context_actions: ['elements'],
  data_table: ['rows', 'caption'],
  data_visualization: ['title', 'chart'],
  divider: [],
  header: ['text'],
  image: ['image_url', 'alt_text'],
  input: ['label', 'element'],
  markdown: ['text'],
  plan: ['title'],
  rich_text: ['elements'],
  section: [],
  table: ['rows'],
  task_card: ['task_id', 'title', 'status'],
  video: ['alt_text', 'title', 'thumbnail_url', 'video_url'],
};

const inActions: Record<string, readonly string[]> = {
  button: ['text'],
  workflow_button: ['text', 'workflow'],
  overflow: ['options'],
  checkboxes: ['options'],
  radio_buttons: ['options'],
  static_select: ['options'],
  multi_static_select: ['options'],
};

const rich: Record<string, readonly string[]> = {
  rich_text_section: ['elements'],
  rich_text_list: ['style', 'elements'],
  rich_text_preformatted: ['elements'],
  rich_text_quote: ['elements'],
};

const inline: Record<string, readonly string[]> = {
  text: ['text'],
  link: ['url'],
  emoji: ['name'],
  user: ['user_id'],
  usergroup: ['usergroup_id'],
  channel: ['channel_id'],
  team: ['team_id'],
  broadcast: ['range'],
  date: ['timestamp', 'format'],
  color: ['value'],
};

const button = (parts: object) => ({ type: 'actions', elements: [{ type: 'button', text: plain('x'), ...parts }] });
const chart = (parts: object) => ({ type: 'data_visualization', title: 't', chart: parts });
const trigger = (parts: object) => ({ type: 'actions', elements: [{ type: 'workflow_button', text: plain('x'), workflow: parts }] });
const menu = (parts: object) => ({ type: 'actions', elements: [{ type: 'static_select', ...parts }] });
const feedback = { type: 'feedback_buttons', positive_button: {}, negative_button: {} };

suite('what must be there', () => {
  test.each(Object.entries(blocks))('in a block: %s', (type, fields) => {
    const block = { type };
    const errors = type === 'alert' ? validateView({ type: 'modal', title: plain('t'), blocks: [block] }) : validateMessageBlocks([block]);
    expect(fieldsOf(errors)).toEqual(fields);
  });

  test('is known of every block that can be posted', () => {
    expect(Object.keys(blocks).toSorted()).toEqual(
      Object.keys(catalog.blocks)
        .filter((type) => type !== 'file')
        .toSorted(),
    );
  });

  test.each(Object.entries(inActions))('in an element: %s', (type, fields) => {
    expect(fieldsOf(validateMessageBlocks([{ type: 'actions', elements: [{ type }] }]))).toEqual(fields);
  });

  test.each(Object.entries(rich))('in rich text: %s', (type, fields) => {
    expect(fieldsOf(validateMessageBlocks([{ type: 'rich_text', elements: [{ type }] }]))).toEqual(fields);
  });

  test.each(Object.entries(inline))('in a line of rich text: %s', (type, fields) => {
    const elements = [{ type: 'rich_text_section', elements: [{ type }] }];
    expect(fieldsOf(validateMessageBlocks([{ type: 'rich_text', elements }]))).toEqual(fields);
  });

  test.each([
    ['an icon button', { type: 'context_actions', elements: [{ type: 'icon_button' }] }, ['icon', 'text']],
    ['a feedback element', { type: 'context_actions', elements: [{ type: 'feedback_buttons' }] }, ['positive_button', 'negative_button']],
    ['feedback buttons', { type: 'context_actions', elements: [feedback] }, ['text', 'value', 'text', 'value']],
    ['a confirmation', button({ confirm: {} }), ['title', 'text', 'confirm', 'deny']],
    ['a workflow', trigger({}), ['trigger']],
    ['a trigger', trigger({ trigger: {} }), ['url']],
    ['a parameter', trigger({ trigger: { url: 'u', customizable_input_parameters: [{}] } }), ['name', 'value']],
    ['an option', menu({ options: [{}] }), ['text', 'value']],
    ['an option group', menu({ option_groups: [{}] }), ['label', 'options']],
    ['a box', { type: 'actions', elements: [{ type: 'checkboxes', options: [{}] }] }, ['text', 'value']],
    ['an entry of an overflow menu', { type: 'actions', elements: [{ type: 'overflow', options: [{}] }] }, ['text', 'value']],
    ['a number input', { type: 'input', label: plain('l'), element: { type: 'number_input' } }, ['is_decimal_allowed']],
    ['a text object', { type: 'header', text: {} }, ['type', 'text']],
    ['a text object of either type', { type: 'section', text: { type: 'mrkdwn' } }, ['text']],
    ['an image beside text', { type: 'section', accessory: { type: 'image' } }, ['image_url', 'alt_text']],
    ['a text cell', { type: 'table', rows: [[{ type: 'raw_text' }]] }, ['text']],
    ['a number cell', { type: 'table', rows: [[{ type: 'raw_number' }]] }, ['value', 'text']],
    ['a task of a plan', { type: 'plan', title: 't', tasks: [{}] }, ['task_id', 'title', 'status']],
    ['a source of a task', { type: 'task_card', task_id: '1', title: 't', status: 'error', sources: [{}] }, ['type', 'url', 'text']],
    ['an icon of Slack', { type: 'card', title: plain('t'), slack_icon: {} }, ['name']],
    ['a pie', chart({ type: 'pie' }), ['segments']],
    ['a segment', chart({ type: 'pie', segments: [{}] }), ['label', 'value']],
    ['a bar chart', chart({ type: 'bar' }), ['series', 'axis_config']],
    ['a series and its axis', chart({ type: 'area', series: [{}], axis_config: {} }), ['name', 'data', 'categories']],
  ])('in %s', (_, block, fields) => {
    expect(fieldsOf(validateMessageBlocks([block]))).toEqual(fields);
  });

  test('in a home tab', () => {
    expect(fieldsOf(validateView({ type: 'home' }))).toEqual(['blocks']);
  });
});

function fieldsOf(errors: ReturnType<typeof validateMessageBlocks>): string[] {
  return errors.flatMap(({ code, field }) => (code === 'missing_field' && field !== undefined ? [field] : []));
}
