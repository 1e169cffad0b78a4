import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { smallScript } from './small-script.ts';

const note = (what: string, more = ''): string => `{ env: { TRACE: '\${target.trace}' }, script: 'echo ${what} >>"$TRACE"${more}' }`;

/** Two steps that only note that they were done, the second of which is destructive. */
const PROCEDURE = `title: Try out
component: Cache Layer
locks: [cache:main]
page: [devops-engineer]
params:
  size: { about: How much, choices: [small, large], default: small }
  ref: { about: Which version, type: git-commit, default: v1 }
preflight:
  - id: running
    title: The version is known
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ ! -e $FOLDER/sick ]] && echo 1.2.3' }
    outputs: { version: { pattern: '[0-9.]+' } }
steps:
  - id: first
    title: Do the first thing
    effect: guarded
    check: { shell: { env: { TRACE: '\${target.trace}' }, script: 'grep -qx first "$TRACE"' } }
    shell: ${note('first')}
    undo: { title: Take the first thing back, effect: idempotent, shell: ${note('not-first')} }
  - id: second
    title: Clear it
    effect: destructive
    because: entries of \${steps.running.version} are lost
    approve: { by: [devops-engineer, lead-developer], need: 1 }
    shell: { env: { TRACE: '\${target.trace}', TOKEN: '\${secrets.api_token}', FOLDER: '\${target.folder}', SIZE: '\${params.size}' }, script: 'echo "$TOKEN"; echo "second $SIZE" >>"$TRACE"; [[ ! -e $FOLDER/broken ]]' }
    undo: { none: they return by themselves }
  - id: third
    title: Do the third thing
    effect: idempotent
    shell: ${note('third')}
    undo: { title: Take the third thing back, effect: idempotent, shell: ${note('not-third')} }
verify:
  - title: All is well
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ ! -e $FOLDER/unwell ]]' }
    within: 60s
    every: 250ms
    times: 2
  - title: Nobody complains
    ask: lead-developer
follow-ups:
  - { title: Find the root cause, owner: lead-developer, due: 24h }
`;

const WELL = ['dana', 'production', 'omar', 'devops-engineer', 'production', 'yes', 'lena'];

test('it checks, asks, acts, verifies, and says all of it', async () => {
  await using it = await smallScript(PROCEDURE);
  const { status, said } = await it.run({ answers: WELL });
  expect(status).toBe(0);
  expect(await it.trace()).toEqual(['first', 'second small', 'third']);
  await expect(said.replaceAll(/Digest [0-9a-f]{8}|\([0-9a-f]{8}\)|after \d+ s/g, '<…>')).toMatchFileSnapshot('../golden/export/well.txt');
});

test('the log has each intent before its result, who approved which digest, and a chain', async () => {
  await using it = await smallScript(PROCEDURE);
  await it.run({ answers: WELL });
  const log = await it.log();
  expect(log.map(({ event, step }) => [event, step].join(' ').trim())).toEqual(
    [
      'run-started',
      'step-finished preflight.1',
      'step-intended first',
      'step-finished first',
      'approval-asked second',
      'approved second',
      'step-intended second',
      'step-finished second',
      'step-intended third',
      'step-finished third',
      'step-finished verify.1',
      'step-finished verify.2',
      'run-ended',
    ].map((each) => each.replace('preflight.1', 'running')),
  );
  const [asked, approved, intended] = log.filter(({ step }) => step === 'second');
  expect(approved).toMatchObject({ approver: 'omar', role: 'devops-engineer', digest: asked?.['digest'] });
  expect(intended).toMatchObject({ event: 'step-intended', digest: asked?.['digest'] });
  const lines = (await it.logText()).trimEnd().split('\n');
  const hashes = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  expect(log.map(({ prev }) => prev)).toEqual(['', ...hashes.slice(0, -1)]);
});

test('a second run finds done what is done', async () => {
  await using it = await smallScript(PROCEDURE);
  await it.run({ answers: WELL });
  const { status, said } = await it.run({ answers: WELL });
  expect(status).toBe(0);
  expect(said).toContain('already: nothing to do');
  expect(await it.trace()).toEqual(['first', 'second small', 'third', 'second small', 'third']);
});

describe('before anything is changed', () => {
  test('a check that fails ends it', async () => {
    await using it = await smallScript(PROCEDURE);
    await writeFile(join(it.root, 'sick'), '');
    const { status, said } = await it.run({ answers: WELL });
    expect(status).toBe(1);
    expect(said).toContain('before anything was changed');
    expect(await it.trace()).toEqual([]);
  });

  test.each([
    ['nobody says who runs it', []],
    ['the target is not typed', ['dana', 'staging']],
  ])('it does not begin where %s', async (_what, answers) => {
    await using it = await smallScript(PROCEDURE);
    expect(await it.run({ answers })).toMatchObject({ status: 1 });
    expect(await it.trace()).toEqual([]);
    expect(await it.log()).toEqual([]);
  });

  test('a dry run shows everything and does nothing', async () => {
    await using it = await smallScript(PROCEDURE);
    const { status, said } = await it.run({ args: ['--dry-run', 'size=large'] });
    expect(status).toBe(0);
    expect(await it.trace()).toEqual([]);
    await expect(said.replaceAll(/\([0-9a-f]{8}\)/g, '<…>')).toMatchFileSnapshot('../golden/export/dry-run.txt');
  });

  test.each([
    [['size=huge'], 'size is "huge", which is not a choice: small large'],
    [['ref=-x'], 'ref begins with a dash'],
    [['ref=a..b'], 'names no commit'],
    [['ref=$(id)'], 'names no commit'],
    [['ref=ｖ1'], 'plain letters'],
    [['colour=red'], 'colour is no parameter of this script'],
    [['size=small', 'size=large'], 'size is given twice'],
    [['--yes'], '"--yes" is not understood'],
    [['staging'], 'is not understood'],
    [['--operator'], '--operator needs a value'],
  ])('%j is refused', async (args, says) => {
    await using it = await smallScript(PROCEDURE);
    const { status, said } = await it.run({ args, answers: WELL });
    expect(status).toBe(64);
    expect(said).toContain(says);
    expect(await it.trace()).toEqual([]);
  });

  test('a secret that is not there is named', async () => {
    await using it = await smallScript(PROCEDURE);
    const { status, said } = await it.run({ answers: WELL, env: { API_TOKEN: '' } });
    expect(status).toBe(1);
    expect(said).toContain('API_TOKEN, which is not set or empty');
  });

  test('a program that it needs and that is not there is named', async () => {
    await using it = await smallScript(PROCEDURE);
    const { stdout: bash } = await execa('bash', ['-c', 'type -P bash']);
    const { status, said } = await it.run({ answers: WELL, env: { PATH: '/nowhere' }, bash });
    expect(status).not.toBe(0);
    expect(said).toContain('jq is not installed, and this script needs it.');
  });
});

describe('an approval', () => {
  test.each([
    ['nobody answers', [], 'Nobody has approved it.'],
    ['the name is left empty', [''], 'Nobody has approved it.'],
    ['the target is not typed', ['omar', 'devops-engineer', 'yes'], 'omar has not approved it.'],
    ['another target is typed', ['omar', 'devops-engineer', 'staging'], 'omar has not approved it.'],
  ])('is none where %s', async (_what, answers, says) => {
    await using it = await smallScript(PROCEDURE);
    const { status, said } = await it.run({ answers: ['dana', 'production', ...answers, 'stop'] });
    expect(said).toContain(says);
    expect(status).toBe(3);
    expect(await it.trace()).toEqual(['first']);
  });

  test('is not given by whoever started it, however they write their name', async () => {
    await using it = await smallScript(PROCEDURE);
    const { said } = await it.run({ answers: ['dana', 'production', 'Dana', 'omar', 'devops-engineer', 'production', 'yes', 'lena'] });
    expect(said).toContain('Nobody approves what they have started themselves');
    expect((await it.log()).find(({ event }) => event === 'approved')).toMatchObject({ approver: 'omar' });
  });

  test('may be given by them where nobody else can be reached, and that is written down and said', async () => {
    await using it = await smallScript(PROCEDURE);
    const answers = ['production', 'dana', 'lead-developer', 'production', 'yes', 'dana'];
    const { status } = await it.run({ args: ['--operator', 'dana', '--alone', 'nobody answers the phone'], answers });
    expect(status).toBe(0);
    expect((await it.log()).find(({ event }) => event === 'approved')).toMatchObject({
      approver: 'dana',
      alone: 'nobody answers the phone',
    });
  });

  test('is only given in a role that may', async () => {
    await using it = await smallScript(PROCEDURE);
    const { said } = await it.run({
      answers: ['dana', 'production', 'priya', 'product-owner', 'omar', 'devops-engineer', 'production', 'yes', 'lena'],
    });
    expect(said).toContain('"product-owner" may not approve this.');
  });

  test('by two people of different roles is not one person twice', async () => {
    await using it = await smallScript(PROCEDURE.replace('need: 1', 'need: 2, different-roles: true'));
    const omar = ['omar', 'devops-engineer', 'production'];
    const { status, said } = await it.run({
      answers: [
        'dana',
        'production',
        ...omar,
        ...omar.slice(0, 1),
        'mina',
        'devops-engineer',
        'lena',
        'lead-developer',
        'production',
        'yes',
        'lena',
      ],
    });
    expect(status).toBe(0);
    expect(said).toContain('omar has approved it already, and counts once.');
    expect(said).toContain('Somebody has approved it as devops-engineer already');
  });
});

describe('after a failure', () => {
  test('what was done is taken back in reverse order', async () => {
    await using it = await smallScript(PROCEDURE.replace('within: 60s', 'within: 1s'));
    await writeFile(join(it.root, 'unwell'), '');
    const { status, said } = await it.run({ answers: [...WELL, 'undo'] });
    expect(await it.trace()).toEqual(['first', 'second small', 'third', 'not-third', 'not-first']);
    expect(said).toContain('Clear it (second) stays: they return by themselves.');
    expect(status).toBe(5);
  });

  test('nothing else happens until somebody has decided, and where nobody does, it stays as it is', async () => {
    await using it = await smallScript(PROCEDURE);
    await writeFile(join(it.root, 'broken'), '');
    const { status, said } = await it.run({ answers: WELL.slice(0, 5) });
    expect(said).toContain('"Clear it" failed. Type "retry", "undo" or "stop":');
    expect(await it.trace()).toEqual(['first', 'second small']);
    expect(status).toBe(3);
  });

  test('a retry of what needs an approval asks for a new one', async () => {
    await using it = await smallScript(PROCEDURE);
    await writeFile(join(it.root, 'broken'), '');
    const { said } = await it.run({ answers: [...WELL.slice(0, 5), 'retry', '', 'stop'] });
    expect(said.match(/Approval 1 of 1/g)).toHaveLength(2);
    expect(await it.trace()).toEqual(['first', 'second small']);
  });

  test('a verification that fails is no success', async () => {
    await using it = await smallScript(PROCEDURE);
    const { status } = await it.run({ answers: [...WELL.slice(0, 5), 'no', 'lena', 'stop'] });
    expect(status).toBe(3);
  });
});

test('a secret is in nothing that anybody sees', async () => {
  await using it = await smallScript(PROCEDURE);
  const { said } = await it.run({ answers: WELL });
  expect(said).toContain('TOKEN=${secrets.api_token}');
  expect(said).toContain('    ***\n');
  const script = it.export();
  const seen = [said, await it.logText(), 'text' in script ? script.text : ''].join('\n');
  for (const form of ['S3cr3t/+p@ss', encodeURIComponent('S3cr3t/+p@ss'), Buffer.from('S3cr3t/+p@ss').toString('base64')]) {
    expect(seen).not.toContain(form);
  }
});
