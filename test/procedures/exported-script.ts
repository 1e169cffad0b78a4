import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { createCatalog } from '../../src/catalog/index.ts';
import { readRuntime } from '../../src/cli/export-runtime.ts';
import { exportScript } from '../../src/core/export/script.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { REDIS_VARIABLE, sandboxSettings, secretVariables } from '../../src/demo/settings.ts';
import { sandboxSeed } from '../../src/demo/slack/index.ts';
import { pinTargetNamed } from '../../src/runner/index.ts';
import { crontabLines, run } from '../demo/sandbox/sandboxes.ts';
import { withRedis } from '../demo/sandbox/repairs.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const GROUPS = ['lead-developer', 'devops-engineer', 'database-admin', 'product-owner'];
const groups = Object.fromEntries(GROUPS.map((handle, index) => [handle, `S0GROUP${index}`]));
const people = Object.fromEntries(sandboxSeed.people.map(({ name }, index) => [name, `U0PERSON${index}`]));

export type Logged = Readonly<Record<string, string>>;
export type Ended = { readonly status: number | undefined; readonly said: string; readonly log: readonly Logged[] };

/** Exports a procedure for the sandbox, in which production stands for that of `rollbot.yml`. */
export async function exportFor(sandbox: Sandbox, procedure: string, drill = false): Promise<string> {
  const stateDir = join(sandbox.env['TMPDIR'] ?? '', 'target');
  await mkdir(stateDir, { recursive: true });
  const settingsFile = join(stateDir, 'rollbot.yml');
  // A script says of each number how old it may be, which follows from how often it is read, and in the sandbox that is more often.
  const text = sandboxSettings({ sandbox, stateDir, people, groups, announce: 'C0ANNOUNCE' }).replaceAll(/^ +every: 5s\n/gm, '');
  await writeFile(settingsFile, drill ? text.replace('protected: true', 'protected: false') : text);
  const opened = await createCatalog({ proceduresFolder: 'procedures', settingsFile, log: QUIET });
  if (opened.status === 'unusable') throw new Error(JSON.stringify(opened.mistakes));
  const entry = opened.catalog.procedure(procedure);
  const pinned = pinTargetNamed(opened.catalog, 'production');
  const target = opened.catalog.settings().targets['production'];
  if (!entry || !pinned || !target) throw new Error(`There is no ${procedure} for production.`);
  const exported = exportScript({ entry, target: { name: 'production', target }, pinned, params: {}, drill }, await readRuntime());
  if ('mistakes' in exported) throw new Error(exported.mistakes.join('\n'));
  return exported.text;
}

/** The part of a script in which nothing is of its target: what it does, and how. */
export function deedsOf(script: string): string {
  return script.slice(script.indexOf('# ==== The procedure'));
}

/** Runs a script in the sandbox, with what people answer on its input. Polls are as quick as the sandbox. */
export async function runExported(
  sandbox: Sandbox,
  script: string,
  answers: readonly string[],
  args: readonly string[] = [],
): Promise<Ended> {
  const folder = join(sandbox.env['TMPDIR'] ?? '', 'script');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'rollback.sh');
  await writeFile(file, script.replaceAll(/^( +polled) [0-9.]+ /gm, '$1 0.25 '), { mode: 0o755 });
  const state = join(folder, 'state');
  const secrets = {
    [REDIS_VARIABLE]: sandbox.redisUrl,
    CLOUDFLARE_API_TOKEN: sandbox.cloudflare.token,
    ...secretVariables(sandbox.secrets),
  };
  const { exitCode, all } = await execa('bash', [file, ...args, '--state', state], {
    env: { ...sandbox.env, ...secrets },
    extendEnv: false,
    reject: false,
    all: true,
    input: answers.map((line) => `${line}\n`).join(''),
  });
  const log = await readFile(join(state, 'production.jsonl'), 'utf8').catch(() => '');
  const lines = log.split('\n').filter((line) => line !== '');
  return { status: exitCode, said: all, log: lines.map((line) => JSON.parse(line) as Logged) };
}

/** All that a rollback could change in a sandbox. */
export async function whatThereIs(sandbox: Sandbox) {
  const { account, worker, zone, route, pages } = sandbox.cloudflare;
  const ask = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${sandbox.cloudflareUrl}${path}`, { headers: { authorization: `Bearer ${sandbox.cloudflare.token}` } });
    return ((await answer.json()) as { result: unknown }).result;
  };
  return {
    deployments: await ask(`/accounts/${account}/workers/scripts/${worker}/deployments`),
    route: await ask(`/zones/${zone}/workers/routes/${route}`),
    pages: await ask(`/accounts/${account}/pages/projects/${pages}/deployments`),
    branches: (await run(sandbox, 'git', ['ls-remote', sandbox.origin])).stdout,
    crontab: await crontabLines(sandbox),
    files: await filesOf(sandbox.vars['monitoring_dir']),
    warm: await withRedis(sandbox, async (redis) => (await redis.keys('warm:*')).length > 0),
    session: await withRedis(sandbox, async (redis) => await redis.exists('session:1')),
  };
}

async function filesOf(folder: string | undefined): Promise<string | null> {
  if (folder === undefined) return null;
  return (await execa('bash', ['-c', 'find "$1" -type f -exec sha256sum {} + | sort', 'find', folder])).stdout;
}
