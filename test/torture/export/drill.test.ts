import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKLIST } from '../../../src/core/drill/checklist.ts';
import { PROCEDURE, WELL } from '../../export/example.ts';
import { smallScript } from '../../export/small-script.ts';

const SCORES = /Scorecard of the drill[\s\S]*/;
const LOOKED = Object.values(CHECKLIST).map(() => 'yes');
/** Nobody types the target to begin, because it is not protected. */
const PRACTISED = WELL.filter((_answer, index) => index !== 1);

async function drill(answers: readonly string[], before: (folder: string) => Promise<void> = async () => await Promise.resolve()) {
  await using it = await smallScript(PROCEDURE, { protected: false, drill: true });
  await before(it.root);
  const { status, said } = await it.run({ args: ['production'], answers });
  const scores = SCORES.exec(said)?.[0].replaceAll(/\d+ s\b/g, '<…> s') ?? '';
  return { status, said, scores, trace: await it.trace(), log: await it.log() };
}

test('a drill is verified, looked at, taken back and scored', async () => {
  const { status, scores, trace, log } = await drill([...PRACTISED, ...LOOKED, 'undo']);
  expect(status).toBe(5);
  expect(trace).toEqual(['first', 'second small', 'third', 'not-third', 'not-first']);
  await expect(scores).toMatchFileSnapshot('../../golden/export/scorecard.txt');
  expect(log.at(-1)).toMatchObject({ event: 'scorecard', passed: 'yes' });
  expect(log.find(({ event }) => event === 'run-started')).toMatchObject({ drill: 'yes' });
});

test('it may be left as it is', async () => {
  const { status, trace } = await drill([...PRACTISED, ...LOOKED, 'keep']);
  expect({ status, trace }).toEqual({ status: 0, trace: ['first', 'second small', 'third'] });
});

test.each([
  ['something on the checklist is not as it should be', [...PRACTISED, 'no', ...LOOKED.slice(1), 'keep']],
  ['nobody goes through the checklist', PRACTISED],
])('it has not passed where %s', async (_what, answers) => {
  expect((await drill(answers)).scores).toContain('Passed            no');
});

test('it has not passed where it was never verified, although it was taken back', async () => {
  const { status, scores } = await drill([...PRACTISED.slice(0, 4), 'undo'], async (folder) => await writeFile(join(folder, 'broken'), ''));
  expect(status).toBe(5);
  expect(scores).toContain('Passed            no');
  expect(scores).toContain('Until verified    never');
});
