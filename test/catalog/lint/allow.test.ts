import { expect, test } from 'vitest';
import { mistakesOf } from '../workplace.ts';
import { lintOf, rulesIn, whole } from './lint-place.ts';

const SED = `  - id: try
    title: Try
    shell: sed -i s/a/b/ f
    effect: idempotent
    undo: { none: it is tried again }
`;

function step(allow: string): string {
  return `steps:\n${SED}    allow: ${allow}\n`;
}

test('a rule is allowed with a reason', async () => {
  expect(await lintOf(step('[{ rule: sed-in-place, because: the file is made by this step }]'))).toEqual([]);
});

test('it is allowed in that step only, for everything that the step does', async () => {
  const both = `steps:
${SED}    allow: [{ rule: sed-in-place, because: the file is made by this step }]
${SED.replace('id: try', 'id: other')}  - id: third
    title: Try
    shell: touch f
    effect: idempotent
    undo: { shell: sed -i s/a/b/ f, effect: idempotent }
    allow: [{ rule: sed-in-place, because: the undo is only a note }]
`;
  expect(await lintOf(both)).toEqual([expect.stringMatching(/^procedures\/try\.yml:13:12: Found sed editing .*\(sed-in-place\)$/)]);
});

test('a check may allow a rule, too', async () => {
  const check = `verify:
  - title: Look
    shell: grep -q ok f || true
    allow: [{ rule: verification-that-cannot-fail, because: it only shows the line }]
`;
  expect(await lintOf(check)).toEqual([]);
});

test.each([
  [
    'an unknown rule',
    '[{ rule: sed-in-plac, because: the file is made by this step }]',
    '10:21: There is no rule "sed-in-plac". Did you mean "sed-in-place"? Expected one of those that "rollbot check --rules" lists.',
  ],
  [
    'a rule that nothing breaks',
    '[{ rule: sed-in-place, because: the file is made here }, { rule: force-push, because: nobody else is there }]',
    '10:77: "force-push" is allowed here, and nothing here is refused by it; expected no such line.',
  ],
  [
    'the same rule twice',
    '[{ rule: sed-in-place, because: the file is made here }, { rule: sed-in-place, because: nobody else is there }]',
    '10:77: "sed-in-place" is allowed here a second time; expected each rule once.',
  ],
  ['no reason', '[{ rule: sed-in-place }]', '10:13: "because" is missing; expected a text.'],
  ['an empty reason', "[{ rule: sed-in-place, because: '' }]", '10:44: Found "", expected a text that is not empty.'],
  [
    'a reason that is none',
    '[{ rule: sed-in-place, because: ok }]',
    '10:44: Found "ok", expected a sentence that says why it is right here.',
  ],
  ['an empty list', '[]', '10:12: Found an empty list, expected at least 1 in it.'],
])('%s is a mistake', async (_what, allow, expected) => {
  const found = await lintOf(step(allow));
  expect(found.filter((each) => !each.endsWith('(sed-in-place)'))).toContain(`procedures/try.yml:${expected}`);
});

test('an allow that is wrong allows nothing', async () => {
  expect(rulesIn(await lintOf(step('[{ rule: force-push, because: nobody else is there }]')))).toContain('sed-in-place');
});

function partWith(allow: string): string {
  return whole(`steps:\n${SED}${allow}`);
}

test('what a part allows holds where it is called, and its hazards are said there too', async () => {
  const caller = whole('steps:\n  - { id: part, title: Call it, procedure: { id: part } }\n');
  const allowed = partWith('    allow: [{ rule: sed-in-place, because: the file is made by this step }]\n');
  expect(await mistakesOf({ 'procedures/part.yml': allowed, 'procedures/caller.yml': caller })).toEqual([]);
  expect(await mistakesOf({ 'procedures/part.yml': partWith(''), 'procedures/caller.yml': caller })).toEqual([
    expect.stringMatching(/^procedures\/caller\.yml:.*As a part, part has a mistake: .*\(sed-in-place\)$/),
    expect.stringMatching(/^procedures\/part\.yml:.*\(sed-in-place\)$/),
  ]);
  const needless = partWith('    allow: [{ rule: force-push, because: nobody else is there }]\n').replace('sed -i', 'sed');
  expect(await mistakesOf({ 'procedures/part.yml': needless, 'procedures/caller.yml': caller })).toEqual([
    expect.stringMatching(/^procedures\/part\.yml:.*"force-push" is allowed here, and nothing here is refused by it/),
  ]);
});
