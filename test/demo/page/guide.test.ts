import { expect, test } from 'vitest';
import { BEGINNING, hintOf, nextStory } from '../../../src/demo/page/guide.ts';
import type { Story } from '../../../src/demo/page/guide.ts';
import type { StoryName } from '../../../src/demo/story-choice.ts';
import type { OpenAsk } from '../../../src/demo/page/asks.ts';

const channel = '#inc-cache';
const running: Story = { channel, over: false, reported: false };
const reported: Story = { channel, over: true, reported: true };

function waiting(...buttons: readonly string[]): ReadonlyMap<string, OpenAsk> {
  return new Map([['C1 1', { channel: 'C1', buttons, calls: [] }]]);
}

test.each<[string, Story, readonly string[], boolean, number, string, string]>([
  ['nothing has been typed', BEGINNING, [], false, 0, 'The shop is broken', '/rollback cache'],
  ['a run is at work', running, [], false, 1, 'Rollbot is at work', channel],
  ['an approval is asked', running, ['Approve', 'Deny'], false, 2, 'An approval is needed', 'Become Omar'],
  ['a step has failed', running, ['Retry', 'Undo', 'Stop'], false, 3, 'Something went wrong', channel],
  ['a question is open', running, ['Yes', 'No'], false, 4, 'One thing only a person can say', 'Become Dana'],
  ['the run is over and the shop is well', { ...running, over: true }, [], true, 5, 'The run is over', 'is healthy again'],
  ['the run is over and the shop is not well', { ...running, over: true }, [], false, 5, 'The run is over', 'still not healthy'],
  ['the report is there', reported, [], true, 6, 'The report is written', 'Break it'],
  ['the shop has been broken again', reported, [], false, 0, 'The shop is broken', '/rollback cache'],
])('the guide says what to do when %s', (_, story, buttons, healthy, done, title, says) => {
  const asks = buttons.length > 0 ? waiting(...buttons) : new Map();
  expect(hintOf({ story, asks, healthy, procedure: 'cache' })).toEqual({ done, of: 6, title, says: expect.stringContaining(says) });
});

test('a new incident begins a new story', () => {
  expect(nextStory(reported, { kind: 'channel-created', channel: 'C2', name: 'inc-second' })).toEqual({
    ...BEGINNING,
    channel: '#inc-second',
  });
  expect(nextStory(reported, { kind: 'channel-created', channel: 'C2', name: 'lunch' })).toBe(reported);
});

test.each<[StoryName, boolean, string, string]>([
  ['alert', true, 'The shop is well', 'Press “Break it”'],
  ['incident', false, 'The shop breaks', 'Open #general'],
  ['drill', false, 'A drill is announced', 'Start the drill'],
  ['page', false, 'The shop is broken', '/rollback cache'],
])('the story %s begins as it should (the shop is well: %s)', (told, healthy, title, says) => {
  const hint = hintOf({ story: BEGINNING, asks: new Map(), healthy, procedure: 'cache', told });
  expect(hint).toMatchObject({ title: expect.stringContaining(title), says: expect.stringContaining(says) });
});
