import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallScript } from './small-script.ts';

/** Deploys, and is killed with all that it has begun; with a file "twice" it does nothing at first. */
const PROCEDURE = `title: Try out
component: Cache Layer
locks: [cache:main]
steps:
  - id: deploy
    title: Deploy
    effect: guarded
    check: { shell: { env: { TRACE: '\${target.trace}' }, script: 'grep -qx deployed "$TRACE"' } }
    shell:
      env: { TRACE: '\${target.trace}', FOLDER: '\${target.folder}' }
      script: 'if [[ -e $FOLDER/twice ]]; then rm "$FOLDER/twice"; else echo deployed >>"$TRACE"; fi; kill -KILL 0'
    releases: { deployable: worker:api, version: v2 }
    undo: { title: Go back, effect: idempotent, shell: { env: { TRACE: '\${target.trace}' }, script: 'echo back >>"$TRACE"' } }
verify:
  - title: All is well
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ ! -e $FOLDER/unwell ]]' }
`;

test('a step whose answer was lost, and of which its check says that it happened, is told of as a release', async () => {
  await using it = await smallScript(PROCEDURE);
  const { status, said } = await it.run({ answers: ['dana', 'production'] });
  expect(status).toBe(0);
  expect(said).toContain('tell it: /rollback good worker:api v2 production');
});

test('one whose answer was lost twice is undone once', async () => {
  await using it = await smallScript(PROCEDURE);
  await writeFile(join(it.root, 'twice'), '');
  await writeFile(join(it.root, 'unwell'), '');
  const { status } = await it.run({ answers: ['dana', 'production', 'undo'] });
  expect(status).toBe(5);
  expect(await it.trace()).toEqual(['deployed', 'back']);
});
