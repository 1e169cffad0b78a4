import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { REDIS_VARIABLE, sandboxSettings, secretVariables } from '../../src/demo/settings.ts';
import { openHost } from '../../src/demo/slack-down/host.ts';
import type { Host } from '../../src/demo/slack-down/host.ts';
import { freshFolder, freshSandbox, PATIENCE_MS, untilHealthy } from '../demo/sandbox/sandboxes.ts';

const PEOPLE = { dana: 'U001DANA', omar: 'U002OMAR', mina: 'U003MINA', priya: 'U004PRIYA' };

let sandbox: Sandbox;
let place: Awaited<ReturnType<typeof freshFolder>>;
beforeAll(async () => {
  sandbox = await freshSandbox();
  place = await freshFolder();
}, PATIENCE_MS);
afterAll(async () => {
  await sandbox.close();
  await place.remove();
}, PATIENCE_MS);

/** What the bot is told, and nothing of Slack. */
async function environment(): Promise<Readonly<Record<string, string>>> {
  const stateDir = path.join(place.dir, 'state');
  await mkdir(stateDir);
  const person = (name: keyof typeof PEOPLE) => ({ people: [PEOPLE[name]] });
  const roles = {
    'lead-developer': person('dana'),
    'devops-engineer': person('omar'),
    'database-admin': person('mina'),
    'product-owner': person('priya'),
    'customer-success': person('priya'),
    'executive-team': person('priya'),
  };
  const config = path.join(place.dir, 'rollbot.yml');
  const more = { roles, rotations: {}, channels: {} };
  await writeFile(config, sandboxSettings({ sandbox, stateDir, people: PEOPLE, groups: {}, practised: true, more }));
  return {
    ...sandbox.env,
    [REDIS_VARIABLE]: sandbox.redisUrl,
    ...secretVariables(sandbox.secrets),
    DATABASE_URL: `sqlite:${path.join(place.dir, 'rollbot.db')}`,
    ROLLBOT_CONFIG: config,
    ROLLBOT_PROCEDURES: path.resolve('procedures'),
    ROLLBOT_REPORTS: path.join(place.dir, 'incidents'),
  };
}

/** What a run waits for, as it says itself; omar approves, and dana answers. */
async function answer(host: Host, verb: 'approve' | 'answer', what: string): Promise<void> {
  if (verb === 'answer') await untilHealthy(sandbox);
  await host.sitsDown(verb === 'approve' ? 'omar' : 'dana');
  const said = await host.types(verb, what, ...(verb === 'answer' ? ['yes', '--note', 'the shop looks right'] : []));
  expect({ what, ...said }).toMatchObject({ what, code: 0 });
}

test('with no Slack configured at all, the command repairs the shop: dana starts it, omar approves it, and its report is written', async () => {
  await sandbox.break();
  const env = await environment();
  const host = openHost({ env, people: PEOPLE, say: () => undefined });
  await host.sitsDown('dana');
  const words = ['bin/rollbot.js', 'run', 'cache', '--target', 'staging', '--reason', 'the hit rate fell'];
  const run = execa(process.execPath, words, { env, extendEnv: false, reject: false, stdin: 'ignore' });
  const answered = new Set<string>();
  for await (const line of run) {
    const [, verb, what = ''] = /: rollbot (approve|answer) (\S+)/.exec(line) ?? [];
    if ((verb !== 'approve' && verb !== 'answer') || answered.has(what)) continue;
    await answer(host, verb, what);
    answered.add(what);
  }
  const { exitCode, stdout, stderr } = await run;
  expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/Done: This is the cache of the target/);
  expect(stdout.trimEnd()).toMatch(/The run ended: verified$/);
  expect([...answered].map((what) => what.split('/')[1])).toEqual(['clear-prefix', 'deploy', 'verify.3']);
  expect(await untilHealthy(sandbox)).toEqual([]);

  expect((await host.types('close')).code).toBe(0);
  const [report] = (await readdir(path.join(place.dir, 'incidents'))).filter((file) => file.endsWith('-cache.md'));
  const text = await readFile(path.join(place.dir, 'incidents', report ?? ''), 'utf8');
  expect(text).toMatch(/dana \(in the terminal\) started cache on staging[^\n]*the hit rate fell/);
  expect(text).toMatch(/omar \(in the terminal\) approved/);
  expect(text).toMatch(/verified/);
});
