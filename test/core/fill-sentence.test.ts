import { expect, test } from 'vitest';
import { fillSentence } from '../../src/core/fill.ts';

const context = { run: 'r1', params: { ref: 'v1' }, target: {}, secrets: ['token'], outputs: { deployed: { shares: 'a (90 %)' } } };

test.each([
  ['it serves ${steps.deployed.shares}, and then ${params.ref}', 'it serves a (90 %), and then v1'],
  ['it served ${steps.before.shares}', 'it served ${steps.before.shares}'],
  ['it has ${secrets.token}', 'it has ${secrets.token}'],
  ['it has ${secrets.other}', 'it has ${secrets.other}'],
  ['it ends with ${', 'it ends with ${'],
])('a sentence is filled in as far as it can be: %s', (text, says) => {
  expect(fillSentence(text, context)).toBe(says);
});
