import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { PROCEDURE, WELL } from './example.ts';
import { smallScript } from './small-script.ts';

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

test('of a secret there is no part to be seen either, where what is shown is cut short', async () => {
  const checks = [
    `${check('Its value is too long', 114, '')}    expect: { equals: quiet }\n`,
    check('Its last words are too long', 295, '; exit 1'),
  ];
  await using it = await smallScript(PROCEDURE.replace('preflight:\n', `preflight:\n${checks.join('')}`));
  const secret = 'S3cr3t/+"p@ss';
  const { status, said } = await it.run({ answers: WELL, env: { API_TOKEN: secret } });
  expect(status).toBe(1);
  const seen = `${said}\n${await it.logText()}`;
  expect(seen).toMatch(/It is "0{114}\*{3}", and it should equal "quiet"/);
  expect(seen).toMatch(/ended with exit status 1: 0{295}\*{3}/);
  expect(seen).not.toContain('S3');
});

/** A preflight check that prints so many zeros, and right after them a secret. */
function check(title: string, zeros: number, then: string): string {
  return `  - title: ${title}
    shell: { env: { TOKEN: '\${secrets.api_token}' }, script: 'printf "%0${zeros}d" 0; echo "$TOKEN"${then}' }
`;
}
