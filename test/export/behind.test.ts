import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepo } from '../steps/repo.ts';
import { smallScript } from './small-script.ts';

const REPO = `repo: '\${target.folder}/checkout'`;

/** Deploys, and moves the main branch forward to what was deployed; it is verified where nobody has left a file "unwell". */
const PROCEDURE = `title: Try out
component: Cache Layer
locks: [cache:main]
preflight:
  - { id: wanted, title: The wanted version is known, git: { resolve: good, ${REPO} } }
  - { id: running, title: The version that runs is known, git: { resolve: bad, ${REPO} } }
steps:
  - id: deploy
    title: Deploy the wanted version
    effect: idempotent
    shell: 'true'
    approve: { by: [devops-engineer] }
    releases: { deployable: worker:api, version: '\${steps.wanted.commit}', instead-of: '\${steps.running.commit}' }
    undo: { title: Serve the version from before, effect: idempotent, shell: 'true' }
  - id: publish
    title: Bring the main branch to it
    effect: guarded
    git: &restore
      restore: [code.ts]
      at: '\${steps.wanted.commit}'
      onto: '\${steps.running.commit}'
      ${REPO}
      message: Take it back
      publish: { remote: origin, branch: 'rollbot/\${run.id}', fast-forward: main }
    undo:
      title: Publish it as it was before
      effect: guarded
      git:
        restore: [code.ts]
        at: '\${steps.running.commit}'
        onto: '\${steps.publish.commit}'
        ${REPO}
        publish: { remote: origin, branch: 'rollbot/\${run.id}-undo', fast-forward: main }
  - id: look
    title: Look whether somebody is in the way
    effect: idempotent
    shell: { env: { FOLDER: '\${target.folder}' }, script: 'if [[ -x $FOLDER/meanwhile ]]; then "$FOLDER/meanwhile"; fi' }
    undo: { none: it only looks }
verify:
  - title: All is well
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ ! -e $FOLDER/unwell ]]' }
    within: 1s
    every: 250ms
`;

/** What somebody else pushes in the middle of the run. */
const PUSH = `#!/bin/sh
cd "$(dirname "$0")" && git clone -q remote.git other && cd other && echo 1 >other.ts && git add other.ts &&
  git -c user.name=omar -c user.email=omar@shop.test commit -q -m Other && git push -q origin main
`;
const PUBLISHED =
  'To do within 4h, by devops-engineer: Bring the branch main to <commit> before anybody deploys from it: it still has what was';
const BEGIN = ['dana', 'production', 'omar', 'devops-engineer', 'yes'];

test.each([
  { what: 'has come along', answers: [], status: 0, says: null },
  { what: 'has moved on', moved: true, answers: [], status: 0, says: `${PUBLISHED} taken back` },
  {
    what: 'has come along, and moves on before all is undone',
    pushed: true,
    unwell: true,
    answers: ['undo'],
    status: 5,
    says: `${PUBLISHED} undone`,
  },
  { what: 'was never come to', lost: true, answers: ['stop'], status: 3, says: `${PUBLISHED} taken back` },
])('the branch $what: $says', async ({ moved, pushed, unwell, lost, answers, status, says }) => {
  await using it = await smallScript(PROCEDURE);
  const repo = createRepo(it.root);
  repo.commit('Good', { 'code.ts': 'good' });
  repo.git('tag', 'good');
  repo.commit('Bad', { 'code.ts': 'bad' });
  repo.git('tag', 'bad');
  repo.git('push', '-q', 'origin', 'main');
  if (moved) repo.commitElsewhere('other.ts');
  if (pushed) await writeFile(join(it.root, 'meanwhile'), PUSH, { mode: 0o755 });
  if (unwell) await writeFile(join(it.root, 'unwell'), '');
  if (lost) repo.git('remote', 'rename', 'origin', 'elsewhere');
  const { status: code, said } = await it.run({ answers: [...BEGIN, ...answers] });
  expect(code).toBe(status);
  const found = said.split('\n').filter((line) => line.includes('Bring the branch'));
  expect(found.map((line) => line.trim().replace(/[0-9a-f]{12}/, '<commit>'))).toEqual(says === null ? [] : [says]);
});
