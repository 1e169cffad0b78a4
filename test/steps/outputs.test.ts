import { expect, test } from 'vitest';
import { readOutputs } from '../../src/steps/outputs.ts';
import type { Done } from '../../src/steps/deed.ts';
import type { OutputRule } from '../../src/core/procedure/action.ts';

const done = (more: Partial<Done>): Done => ({ status: 'done', says: 'Done.', ...more });

test.each<[string, OutputRule, Partial<Done>, string]>([
  ['the whole text without the space around it', {}, { text: ' v1.2 \n' }, 'v1.2'],
  ['a part of a text that is JSON', { pointer: '/versions/0/id' }, { text: '{"versions":[{"id":"abc"}]}' }, 'abc'],
  ['a number', { pointer: '/percentage' }, { json: { percentage: 100 } }, '100'],
  ['a truth value', { pointer: '' }, { json: false }, 'false'],
  ['what the kind itself gives', {}, { given: { it: 'c0ffee' }, text: 'something else' }, 'c0ffee'],
  ['what begins with a dash where a pattern allows it', { pattern: String.raw`-?\d+` }, { text: '-5' }, '-5'],
  ['what matches its pattern as a whole', { pattern: 'a|bc' }, { text: 'bc' }, 'bc'],
])('an output is %s', (_, rule, more, value) => {
  expect(readOutputs({ it: rule }, done(more))).toEqual({ outputs: { it: value } });
});

test.each<[string, OutputRule, Partial<Done>, string]>([
  ['nothing was said', {}, { text: ' \n' }, 'is empty'],
  ['there is no text', {}, {}, 'is not given by a step of this kind'],
  ['there is nothing where it should be', { pointer: '/id' }, { json: { name: 'x' } }, 'is missing: there is nothing at /id in the answer'],
  ['there is null where it should be', { pointer: '/id' }, { json: { id: null } }, 'is missing: there is nothing at /id in the answer'],
  ['it is a list', { pointer: '/id' }, { json: { id: [1] } }, 'is not a single value at /id in the answer'],
  ['the text is not JSON', { pointer: '/id' }, { text: 'id: 5' }, "can't be read at /id, because the answer is not JSON"],
  ['only a part of it matches', { pattern: 'a|b' }, { text: 'abc' }, 'does not match /a|b/'],
  ['it looks like an option', {}, { text: '--upload-pack=x' }, 'begins with a dash and has no pattern that allows it'],
  ['it holds a NUL', {}, { text: 'a\0b' }, 'holds a NUL character'],
  ['it is far too long', {}, { text: 'x'.repeat(5000) }, 'is longer than 4096 characters'],
  [
    'it is named like something every object has',
    { pointer: '/constructor' },
    { json: {} },
    'is missing: there is nothing at /constructor in the answer',
  ],
])('there is no output when %s', (_, rule, more, mistake) => {
  expect(readOutputs({ it: rule }, done(more))).toEqual({ mistake: `The output "it" ${mistake}.` });
});

test('what a kind gives is an output also where no rule asks for it', () => {
  expect(readOutputs({}, done({ given: { commit: 'c0ffee' } }))).toEqual({ outputs: { commit: 'c0ffee' } });
});
