import { expect, test } from 'vitest';
import { mistakesOf, spoiled } from './workplace.ts';

const RUN = "run: [tool, '${params.ref}']";
const UNLINK = "redis: { unlink: 'warm:*' }";
const UNDO = 'undo: { none: it only adds }';

/** What is put in the place of what, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  ['a key is missing', 'title: Try out\n', '', '1:1: "title" is missing; expected a text.'],
  ['a key has a typo', 'effect: idempotent', 'efect: idempotent', '16:5: Unknown key "efect". Did you mean "effect"?'],
  [
    'a key is like no other',
    'effect: idempotent',
    'effect: idempotent\n    owner: dana',
    '17:5: Unknown key "owner"; expected id, title, run, shell, http, redis, sql, git, file, manual, announce, wait, procedure, effect, when, after, check, undo, approve, releases, because, outputs, timeout or allow.',
  ],
  ['a number is no text', 'title: Try out', 'title: 5', '1:8: Found 5, expected a text.'],
  ['a value is missing', 'title: Try out', 'title:', '1:7: Found nothing, expected a text.'],
  ['a text is empty', 'title: Try out', "title: ''", '1:8: Found "", expected a text that is not empty.'],
  ['a list is a text', 'locks: [cache:main]', 'locks: cache:main', '3:8: Found "cache:main", expected a list.'],
  ['a list is empty', 'locks: [cache:main]', 'locks: []', '3:8: Found an empty list, expected at least 1 in it.'],
  [
    'a lock is none',
    'locks: [cache:main]',
    'locks: [Cache]',
    '3:9: Found "Cache", expected a lock such as worker:api, or * for the whole target.',
  ],
  [
    'a lock means everything of a kind',
    'locks: [cache:main]',
    "locks: ['cache:*']",
    '3:9: Found "cache:*", expected a lock such as worker:api, or * for the whole target.',
  ],
  ['a word is no choice', 'idempotent', 'harmless', '16:13: Found "harmless", expected read, idempotent, guarded or destructive.'],
  ['a map is a text', 'verify:\n', 'verify:\n  - just a text\n', '26:5: Found "just a text", expected a map.'],
  ['the short form of a program is a text', RUN, 'run: tool --now', '15:10: Found "tool --now", expected a list or a map.'],
  ['the long form of a program has a typo', RUN, 'run: { arg: [tool] }', '15:12: Unknown key "arg". Did you mean "argv"?'],
  ['the long form of a program has a wrong type', RUN, 'run: { argv: tool }', '15:18: Found "tool", expected a list.'],
  ['a kind of step has a typo', RUN, 'rnu: [tool]', '15:5: Unknown key "rnu". Did you mean "run"?'],
  [
    'an edit has nothing to find',
    RUN,
    'git: { edit: [{ file: a, with: b }], onto: c, repo: r }',
    '15:19: Found a map, expected either find or pattern.',
  ],
  [
    'a restored path has no commit',
    RUN,
    'git: { restore: [a], onto: c, repo: r }',
    '15:10: Found a map, expected at beside restore, and only there.',
  ],
  ['one of four forms is meant', UNLINK, "redis: { unlnk: 'warm:*' }", '21:14: Unknown key "unlnk". Did you mean "unlink"?'],
  [
    'the second key of a form has a typo',
    UNLINK,
    "redis: { unlink: 'warm:*', bach: 5 }",
    '21:32: Unknown key "bach". Did you mean "batch"?',
  ],
  [
    'two forms are mixed',
    UNLINK,
    "redis: { unlink: 'warm:*', count: 'warm:*' }",
    '21:32: "count" can\'t stand beside the other keys here; expected one form or the other.',
  ],
  ['a figure is out of range', UNLINK, "redis: { unlink: 'warm:*', batch: 0 }", '21:39: Found 0, expected at least 1.'],
  ['an undo is a text', UNDO, 'undo: nothing', '17:11: Found "nothing", expected a map.'],
  ['an undo has a typo', UNDO, 'undo: { non: x }', '17:13: Unknown key "non". Did you mean "none"?'],
  [
    'a parameter has a capital',
    'size: { about',
    'Size: { about',
    '5:3: Found the key "Size", expected a name of lower-case letters, digits and underscores.',
  ],
  ['a percentage is a word', 'above: 60%', 'above: sixty', '28:22: Found "sixty", expected a number or a percentage such as 60%.'],
  ['an expectation has a typo', 'above: 60%', 'abov: 60%', '28:15: Unknown key "abov". Did you mean "above"?'],
  [
    'nothing is expected',
    '{ above: 60% }',
    '{}',
    '28:13: Found an empty map, expected at least one of equals, not, contains, matches, above, below, at-least, at-most.',
  ],
  ['a duration has words', 'within: 1m', 'within: 1 minute', '29:13: Found "1 minute", expected a duration such as 90s, 15m or 24h.'],
  ['a duration is nothing', 'within: 1m', 'within: 0s', '29:13: Found "0s", expected a duration such as 90s, 15m or 24h.'],
  ['too many people are needed', 'need: 1', 'need: 9', '23:45: Found 9, expected at most 5.'],
  [
    'a path leads out of the repository',
    RUN,
    "git: { same: ['../x'], at: a, and: b, repo: r }",
    '15:19: Found "../x", expected a path inside the repository, without .. and without references.',
  ],
  ['a pattern is no pattern', 'default: v1', "default: v1, pattern: '('", '6:72: Found "(", expected a regular expression.'],
  [
    'two things are wrong at once',
    'need: 1',
    'need: two, withn: 5m',
    '23:45: Found "two", expected a number.',
    '23:50: Unknown key "withn". Did you mean "within"?',
  ],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(await mistakesOf({ 'procedures/try.yml': spoiled(find, instead) })).toEqual(expected.map((each) => `procedures/try.yml:${each}`));
});
