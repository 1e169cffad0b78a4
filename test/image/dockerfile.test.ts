import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readFile, readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Context } from './build.ts';
import { readDockerfile } from './dockerfile.ts';
import type { Stage } from './dockerfile.ts';
import { readDockerignore } from './dockerignore.ts';
import { openContext } from './image-world.ts';

const text = await readFile('Dockerfile', 'utf8');
const stages = readDockerfile(text);
const context = await openContext();

/** Where the programs come from that procedures may need. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  bash: 'bash',
  createdb: 'postgresql-client',
  curl: 'curl',
  ps: 'procps',
  dropdb: 'postgresql-client',
  git: 'git',
  jq: 'jq',
  pg_dump: 'postgresql-client',
  pg_restore: 'postgresql-client',
  pgrep: 'procps',
  psql: 'postgresql-client',
  ssh: 'openssh-client',
};
/** With Node itself and by it, and what must not be there: a container's own crontab would say that there is nothing to remove. */
const FROM_NODE = ['deno', 'npm', 'wrangler'];
const ONLY_ON_A_HOST = ['crontab', 'promtool'];

test('it stands on Node 24 of a named Debian, the same in both stages', () => {
  expect(stages.map(({ base }) => base)).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim']);
});

test('it is another user than root from before the start, and holds no secret', () => {
  const steps = stages.at(-1)?.steps ?? [];
  expect(steps.flatMap((step) => (step.kind === 'user' ? [step.value] : []))).toEqual(['node']);
  const names = steps.flatMap((step) => (step.kind === 'env' ? Object.keys(step.values) : []));
  expect(names).toEqual(['NODE_ENV', 'HOME', 'ROLLBOT_INTAKE_PORT', 'ROLLBOT_INTAKE_HOST']);
  expect(text).not.toMatch(/latest|xox[bp]-|xapp-|^ARG/m);
});

test('every program that a shipped procedure needs is installed, or is one that only a host can have', async () => {
  const needed = await neededPrograms();
  expect(needed).toContain('git');
  const installed = packagesOf(stages);
  const missing = needed
    .filter((program) => !FROM_NODE.includes(program) && !ONLY_ON_A_HOST.includes(program))
    .filter((program) => !installed.includes(PACKAGE_OF[program] ?? `the package of ${program}`));
  expect(missing).toEqual([]);
  expect(text).toMatch(/npm install --global --ignore-scripts wrangler@\d+\.\d+\.\d+ /);
  expect(installed.filter((name) => /cron/.test(name))).toEqual([]);
});

test('Debian has its packages, and they can be installed together', () => {
  const packages = packagesOf(stages);
  expect(packages).toContain('tini');
  const known = spawnSync('apt-cache', ['policy', 'tini'], { encoding: 'utf8' });
  if (known.error ?? !/Candidate: \d/.test(known.stdout)) return console.warn('Not shown: this machine has no lists of Debian packages.');
  const { status, stderr } = spawnSync('apt-get', ['install', '--simulate', '--no-install-recommends', ...packages], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('a build is given what it copies and nothing else', async () => {
  const given = await filesOf(context);
  const tops = new Set(given.map((file) => file.split('/')[0]));
  expect(tops).toEqual(
    new Set([
      '.npmrc',
      'LICENSE',
      'bin',
      'manifest.yml',
      'package-lock.json',
      'package.json',
      'procedures',
      'rollbot.schema.json',
      'rollbot.yml',
      'src',
    ]),
  );
  const out = ['test/a.ts', 'bench/a.ts', '.git/config', 'data/rollbot.db', 'incidents/a.md', 'node_modules/a/b.js', 'rollbot.env', '.env'];
  expect(out.filter((file) => !context.ignored(file))).toEqual([]);
});

test('the last rule of .dockerignore that matches wins, also for what lies below', () => {
  const ignored = readDockerignore('# all but\n*\n!src\nsrc/*.log\n');
  expect(['a', 'a/b', 'src', 'src/a.ts', 'src/a.log', 'src/b/a.log', 'srcs'].filter(ignored)).toEqual(['a', 'a/b', 'src/a.log', 'srcs']);
  expect(() => readDockerignore('**/*.log')).toThrow('Found **/*.log');
});

test.each([
  ['FROM a\nADD x y', 'Found ADD'],
  ['FROM a\nRUN curl x | sh', "Can't read RUN curl x | sh"],
  ['FROM a\nCOPY --chown=node a b', "Can't read COPY"],
  ['FROM a\nENV A="b"', "Can't read ENV"],
  ['FROM a\nCMD start', 'start'],
  ['RUN a', 'before the first FROM'],
])('an instruction that it does not know fails: %j', (unknown, says) => {
  expect(() => readDockerfile(unknown)).toThrow(says);
});

async function neededPrograms(): Promise<readonly string[]> {
  const files = (await readdir('procedures')).filter((name) => name.endsWith('.yml'));
  const read = files.map(async (name) => {
    const procedure: unknown = parse(await readFile(`procedures/${name}`, 'utf8'));
    return z.object({ needs: z.array(z.string()).default([]) }).parse(procedure).needs;
  });
  return [...new Set((await Promise.all(read)).flat())];
}

/** Every file that a build is given, by its path. */
async function filesOf({ folder, ignored }: Context, below = ''): Promise<readonly string[]> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const name = path.join(below, entry.name);
    if (ignored(name)) return [];
    return entry.isDirectory() ? await filesOf({ folder, ignored }, name) : [name];
  });
  return (await Promise.all(found)).flat();
}

/** The packages of Debian that a Dockerfile installs. */
function packagesOf(instructions: readonly Stage[]): readonly string[] {
  const commands = instructions.flatMap(({ steps }) => steps).flatMap((step) => (step.kind === 'run' ? step.commands : []));
  const installs = commands.filter(([program, deed]) => program === 'apt-get' && deed === 'install');
  return installs.flatMap((words) => words.slice(2).filter((word) => !word.startsWith('-')));
}
