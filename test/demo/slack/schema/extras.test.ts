import type { MessageAttachment, MessageMetadata } from '@slack/types';
import { describe as suite, expect, test } from 'vitest';

import { describe, validateAttachments, validateMetadata } from '../../../../src/demo/slack/schema/index.ts';
import { mrkdwn, plain } from './samples.ts';

suite('attachments', () => {
  const attachment: MessageAttachment = {
    color: 'danger',
    fallback: 'Rolled back',
    title: 'Report',
    text: 'All steps passed.',
    fields: [{ title: 'Service', value: 'checkout', short: true }],
    footer: 'Rollbot',
    ts: '1700000000',
    mrkdwn_in: ['text'],
    blocks: [{ type: 'divider' }],
  };

  test('a documented one passes, 100 of them too', () => {
    expect(validateAttachments([attachment])).toEqual([]);
    expect(validateAttachments(Array.from({ length: 100 }, () => attachment))).toEqual([]);
  });

  test.each([
    ['101 of them', Array.from({ length: 101 }, () => attachment), ['no more than 100 items allowed [json-pointer:/attachments]']],
    [
      'a field that no attachment has, as Slack answered',
      [{ title: 'hi', indent: false, blocks: [{ type: 'divider' }] }],
      ['invalid_keys'],
    ],
    ['a string', 'text', ['must provide an array [json-pointer:/attachments]']],
    ['a footer of 301', [{ footer: 'x'.repeat(301) }], ['must be less than 301 characters [json-pointer:/attachments/0/footer]']],
    ['a bad block', [{ blocks: [{ type: 'nope' }] }], ['unsupported type: nope [json-pointer:/attachments/0/blocks/0/type]']],
    [
      'a broken rule in a block',
      [{}, { blocks: [{ type: 'section' }] }],
      ['must define either `text` or `fields` [json-pointer:/attachments/1/blocks/0]'],
    ],
    [
      'an action_id twice',
      [{ blocks: [{ type: 'actions', elements: [1, 2].map(() => ({ type: 'button', text: plain('x'), action_id: 'a' })) }] }],
      ['`action_id` "a" already exists [json-pointer:/attachments/0/blocks/0/elements/1/action_id]'],
    ],
  ])('%s', (_, attachments, lines) => {
    expect(describe(validateAttachments(attachments))).toEqual(lines);
  });

  test('what stands in blocks of an attachment is held to the same limits', () => {
    expect(describe(validateAttachments([{ blocks: [{ type: 'header', text: mrkdwn('x') }] }]))).toHaveLength(2);
  });
});

suite('metadata', () => {
  const metadata: MessageMetadata = { event_type: 'rollback_started', event_payload: { run: 'r-1', step: 2, dry: false } };

  test('an event with any payload passes', () => {
    expect(validateMetadata(metadata)).toEqual([]);
  });

  test.each([
    [
      'nothing',
      {},
      ['missing required field: event_type [json-pointer:/metadata]', 'missing required field: event_payload [json-pointer:/metadata]'],
    ],
    ['an event without a name', { ...metadata, event_type: '' }, ['must be more than 0 characters [json-pointer:/metadata/event_type]']],
    ['a payload that is a string', { ...metadata, event_payload: 'x' }, ['must provide an object [json-pointer:/metadata/event_payload]']],
    ['something else', { ...metadata, id: 1 }, ['invalid additional property: id [json-pointer:/metadata]']],
    ['a list', [], ['must provide an object [json-pointer:/metadata]']],
  ])('%s', (_, value, lines) => {
    expect(describe(validateMetadata(value))).toEqual(lines);
  });
});
