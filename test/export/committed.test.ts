import { access, constants, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../../src/cli.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { Settings } from '../../src/core/settings.ts';

const { exports = [], targets } = Settings.parse(parse(await readFile('rollbot.yml', 'utf8')));
const files = exports.map(({ file }) => file);

async function rollbot(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli({
    argv,
    environment: {},
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    ask: async () => await Promise.resolve(null),
    clock: realClock,
    ids: realIds,
    process: { pid: 1, startedAt: 0 },
    onSignal: () => {},
    exit: () => {},
  });
  return { code, out: out.join(''), err: err.join('') };
}

test('the scripts of the source document are there, and are what an export writes now', async () => {
  expect(await rollbot('export', '--check')).toEqual({ code: 0, out: '', err: '' });
  expect(files).toEqual([
    ...['emergency', 'performance', 'database', 'cache', 'monitoring', 'frontend'].map((name) => `scripts/rollback/${name}-rollback.sh`),
    'scripts/rollback-drill.sh',
    'scripts/emergency-rollback-test.sh',
  ]);
  await Promise.all(files.map(async (file) => await access(file, constants.X_OK)));
});

test('the drills are for a target that is not protected, and refuse every other one', async () => {
  const drills = exports.filter(({ drill }) => drill);
  expect(drills).toHaveLength(2);
  for (const { file, target } of drills) {
    expect(targets[target]?.protected ?? false).toBe(false);
    expect(await readFile(file, 'utf8')).not.toContain('pitchey-production');
    const { exitCode, stderr } = await execa('bash', [file, 'production'], { reject: false });
    expect(exitCode).toBe(64);
    expect(stderr).toContain('This script knows no target but staging');
    expect((await execa('bash', [file], { reject: false })).stderr).toContain('Say the target');
  }
});

test('a drill on a protected target is not even written', async () => {
  const { code, out, err } = await rollbot('export', 'cache', '--target', 'production', '--drill');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('production is protected');
});

// One that acts and one that practises; between them they have all that is the same in the others, which the slow tests look at.
describe('shellcheck finds nothing in', () => {
  test.each(['scripts/rollback/cache-rollback.sh', 'scripts/emergency-rollback-test.sh'])('%s', async (file) => {
    expect(files).toContain(file);
    const { stdout } = await execa('shellcheck', [file], { reject: false });
    expect(stdout).toBe('');
  });
});

describe('the command', () => {
  test.each([
    [['export'], 64, 'Name a procedure'],
    [['export', 'cache', 'prefix'], 64, '"prefix" is no parameter'],
    [['export', 'cache', '--all'], 64, 'name nothing beside it'],
    [['export', 'cahce'], 1, 'There is no procedure "cahce". Did you mean "cache"?'],
    [['export', 'cache', '--target', 'produktion'], 1, 'There is no target "produktion". Did you mean "production"?'],
    [['export', 'cache', 'clear=some'], 1, 'clear is "some", which is not a choice.'],
    [['export', 'cache', 'colour=red'], 1, 'There is no parameter "colour".'],
  ])('%j is refused', async (argv, code, says) => {
    const answered = await rollbot(...argv);
    expect(answered).toMatchObject({ code, out: '' });
    expect(answered.err).toContain(says);
  });

  test('fixes a parameter that is given, and leaves out what can not happen then', async () => {
    const { code, out } = await rollbot('export', 'cache', 'clear=prefix', '--target', 'staging');
    expect(code).toBe(0);
    expect(out).toContain("[clear]='prefix'");
    expect(out).not.toContain('clear-everything');
    expect(out).not.toContain('clear=<value>');
  });
});
