import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { QUESTIONS, wrongWith } from '../../src/cli/init/questions.ts';

const ROLLBOT = path.join(import.meta.dirname, '..', '..', 'bin', 'rollbot.js');
const ANSWERS = {
  platform: 'Pitchey',
  staging: 'https://staging.example.com/health',
  production: 'https://www.example.com/health?deep=1',
  leads: 'S012ABCDEF',
  operators: 'U034GHIJKL, S056MNOPQR',
  channel: 'C012ABCDEF',
  procedure: 'api',
  program: '/srv/deploy/bring-back --wait',
};
const ALL = Object.values(ANSWERS);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbot-init-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

async function rollbot(words: readonly string[], typed: readonly string[] = [], cwd = folder) {
  const { exitCode, stdout, stderr } = await execa('node', [ROLLBOT, ...words], {
    cwd,
    input: typed.map((line) => `${line}\n`).join(''),
    reject: false,
  });
  return { exitCode, stdout, stderr };
}

test('what it writes from the answers is in order, and its rehearsal holds', async () => {
  const asked = await rollbot(['init', 'ours'], ALL);
  expect(asked.stderr).toBe('');
  expect(asked.exitCode).toBe(0);
  const ours = path.join(folder, 'ours');
  expect(await readdir(ours, { recursive: true })).toEqual(
    expect.arrayContaining(['manifest.yml', 'rollbot.yml', 'procedures/api.yml', 'procedures/api.rehearsal.yml']),
  );
  const [check, rehearsal] = [await rollbot(['check'], [], ours), await rollbot(['rehearse'], [], ours)];
  expect(check).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 procedure are in order: api') as string });
  expect(rehearsal.exitCode).toBe(0);
  for (const name of ['rollbot.yml', 'procedures/api.yml']) {
    await expect(await readFile(path.join(ours, name), 'utf8')).toMatchFileSnapshot(`../golden/cli/init/${path.basename(name)}`);
  }
});

test('everything can be said on the command line, and then nothing is asked', async () => {
  const { exitCode, stdout } = await rollbot(['init', ...Object.entries(ANSWERS).flatMap(([name, answer]) => [`--${name}`, answer])]);
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('?');
});

test('a wrong answer is asked again, and says what was expected', async () => {
  const { exitCode, stdout } = await rollbot(['init'], ['Pitchey', 'staging', ...ALL.slice(1)]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('"staging" will not do: an address such as https://staging.example.com/health is expected.');
});

test('where nobody answers, it says how to go on', async () => {
  const { exitCode, stderr } = await rollbot(['init'], ['Pitchey']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 64,
    stderr: "rollbot: Nobody answered. Say it on the command line: --staging 'https://staging.example.com/health'",
  });
  expect(await readdir(folder)).toEqual([]);
});

test('what is there already is left alone', async () => {
  await rollbot(['init'], ALL);
  const { exitCode, stderr } = await rollbot(['init'], ALL);
  expect(exitCode).toBe(1);
  expect(stderr).toBe('rollbot: rollbot.yml and procedures and manifest.yml are there already. Name a new folder: rollbot init <folder>');
});

test.each([
  ['program', 'bring-back; rm -rf /'],
  ['program', '-x'],
  ['program', 'bring-back $(id)'],
  ['leads', 'dana'],
  ['channel', '#general'],
  ['procedure', '../api'],
  ['staging', 'file:///etc/passwd'],
] as const)('%s can not be %s', (name, answer) => expect(wrongWith(name, answer)).toMatch(/will not do: .+ is expected/));

test('each example would be accepted', () => {
  for (const { name, example } of QUESTIONS) expect(wrongWith(name, example.split(' or ')[0] ?? '')).toBeNull();
});
