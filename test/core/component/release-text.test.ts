import { expect, test } from 'vitest';
import { parseReleasesText, parseReleaseText } from '../../../src/core/component/release-text.ts';

const TARGETS = ['staging', 'production'];

test.each([
  ['good', 'worker:api v1.4.2', { target: null, version: 'v1.4.2', reason: null }],
  ['good', 'worker:api v1.4.2 production looked at it', { target: 'production', version: 'v1.4.2', reason: 'looked at it' }],
  ['doubt', 'worker:api v1.4.2 "production"', { target: 'production', version: 'v1.4.2', reason: null }],
  ['hold', 'worker:api the cache is cold', { target: null, version: '', reason: 'the cache is cold' }],
  ['hold', 'worker:api “cold”', { target: null, version: '', reason: 'cold' }],
  ['unhold', 'worker:api staging ticket=4711', { target: 'staging', version: '', reason: 'ticket=4711' }],
] as const)('%s %s', (command, text, { target, version, reason }) => {
  expect(parseReleaseText(command, text, TARGETS)).toMatchObject({
    asked: { deployable: 'worker:api', target },
    word: { version, reason },
  });
});

test.each([
  ['good', 'worker:api', 'Type it as `/rollback good <deployable> <version> [target] [reason]`.'],
  ['hold', '', 'Type it as `/rollback hold <deployable> [target] [reason]`.'],
  ['hold', 'worker:api prodction', 'There is no target "prodction". Did you mean "production"? A reason goes in quotes.'],
  ['hold', 'worker:api prodction is broken', 'There is no target "prodction". Did you mean "production"? A reason goes in quotes.'],
  ['unhold', 'worker:api fixed', 'There is no target "fixed". The targets are staging and production. A reason goes in quotes.'],
] as const)('%s %s is a slip', (command, text, mistake) => {
  expect(parseReleaseText(command, text, TARGETS)).toEqual({ mistake });
});

test.each([
  ['', { deployable: null, target: null }],
  ['production', { deployable: null, target: 'production' }],
  ['worker:api', { deployable: 'worker:api', target: null }],
  ['worker:api production', { deployable: 'worker:api', target: 'production' }],
])('releases %s', (text, expected) => {
  expect(parseReleasesText(text, TARGETS)).toEqual(expected);
});

test('a question with too many words says how to ask', () => {
  expect(parseReleasesText('worker:api on production', TARGETS)).toHaveProperty('mistake');
});
