import { expect, test } from 'vitest';
import { mistakesOf, PROCEDURE, workplace } from './workplace.ts';

const UNDO = 'undo: { none: it is a test }';

/** A procedure that calls the one of the other tests. */
function caller(call: string, more: { locks?: string; step?: string; params?: string } = {}): string {
  return `title: All
component: All
locks: [${more.locks ?? "'*'"}]
params: ${more.params ?? '{ version: { about: Which, type: git-commit } }'}
steps:
  - id: begin
    title: Begin
    run: [tool]
    effect: idempotent
    ${UNDO}
  - id: part
    title: The part
    ${more.step ?? ''}
    procedure: ${call}
verify:
  - { title: All is well, http: '\${target.api_url}/health' }
`;
}

const GOOD = "{ id: other, with: { ref: '${params.version}', size: large } }";

const TABLE: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
  ['nothing is wrong', caller(GOOD)],
  ['defaults are good enough', caller('{ id: other }')],
  [
    'an unknown part',
    caller('{ id: othr }'),
    '14:22: There is no procedure "othr". Did you mean "other"? Expected the name of a file beside this one.',
  ],
  ['itself', caller('{ id: all }'), '14:22: all calls all again; expected a part that does not lead back here.'],
  [
    'an unknown parameter',
    caller('{ id: other, with: { siz: small } }'),
    '14:37: other has no parameter "siz". Did you mean "size"? Expected one of its parameters.',
  ],
  [
    'a value that is no choice',
    caller('{ id: other, with: { size: huge } }'),
    '14:43: size is "huge", which is not a choice. The choices are small and large.',
  ],
  [
    'a parameter that its caller has not',
    caller("{ id: other, with: { ref: '${params.vers}' } }"),
    '14:42: There is no parameter "vers". Did you mean "version"? Expected one of this file\'s.',
  ],
  [
    'a parameter that may be anything',
    caller("{ id: other, with: { ref: '${params.version}' } }", { params: '{ version: { about: Which } }' }),
    '14:42: "version" may be what other does not allow for ref; expected the same type, choices and pattern.',
  ],
  [
    'an unknown step',
    caller('{ id: other, only: [frist] }'),
    '14:36: other has no step "frist". Did you mean "first"? Expected first or second.',
  ],
  [
    'a step that needs what was left out',
    caller('{ id: needy, without: [makes] }'),
    '14:16: As a part, needy has a mistake: There is no step "part_makes". Expected the id of a check or step of this file.',
  ],
  ['too few locks', caller(GOOD, { locks: 'worker:api' }), '3:8: other also claims cache:main; expected that here too, or "*".'],
  [
    'an approval for all of it',
    caller(GOOD, { step: 'approve: { by: [devops-engineer] }' }),
    '13:5: "approve" belongs to the steps of the part; expected it there.',
  ],
];

const NEEDY = PROCEDURE.replace('id: first', 'id: makes\n    outputs: { it: {} }').replace(
  "redis: { unlink: 'warm:*' }",
  "run: [tool, '${steps.makes.it}']",
);

test.each(TABLE)('a part: %s', async (_, text, ...expected) => {
  const files = { 'procedures/all.yml': text, 'procedures/other.yml': PROCEDURE, 'procedures/needy.yml': NEEDY };
  expect(await mistakesOf(files)).toEqual(expected.map((says) => `procedures/all.yml:${says}`));
});

test('a circle is found from every procedure in it', async () => {
  const files = { 'procedures/one.yml': caller('{ id: two }'), 'procedures/two.yml': caller('{ id: one }') };
  const mistakes = await mistakesOf(files);
  expect(mistakes).toHaveLength(2);
  expect(mistakes[0]).toContain('two calls one again');
});

test('a part with a mistake keeps its caller from running, and says which file', async () => {
  const mistakes = await mistakesOf({ 'procedures/all.yml': caller(GOOD), 'procedures/other.yml': PROCEDURE.replace('title:', 'titel:') });
  expect(mistakes.join('\n')).toContain('all.yml:14:22: other.yml has a mistake of its own');
});

test('a procedure has changed as soon as one of its parts has', async () => {
  await using place = await workplace({ 'procedures/all.yml': caller(GOOD), 'procedures/other.yml': PROCEDURE });
  const opened = await place.open();
  if (opened.status !== 'ready') throw new Error('The catalog could not be opened.');
  const { catalog } = opened;
  const before = catalog.procedure('all')?.hash;
  await place.write('procedures/other.yml', `${PROCEDURE}# another one\n`);
  await catalog.refresh();
  expect(catalog.procedure('all')?.hash).not.toBe(before);
});
