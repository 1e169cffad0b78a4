import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROLLBOT = path.join(import.meta.dirname, '..', '..', 'bin', 'rollbot.js');
let folder = '';
const slack = createServer((request, response) => {
  response.setHeader('x-oauth-scopes', 'chat:write, commands');
  response.end(JSON.stringify({ ok: true, team: 'Pitchey', url: request.url }));
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbot-doctor-'));
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await new Promise((resolve) => slack.close(resolve));
});

async function rollbot(words: readonly string[], env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  return await execa('node', [ROLLBOT, ...words], { cwd: folder, env: { PATH, HOME, ...env }, extendEnv: false, reject: false });
}

async function init(program: string): Promise<void> {
  const answers = {
    platform: 'Pitchey',
    staging: 'http://127.0.0.1:9/health',
    production: 'http://127.0.0.1:9/health',
    leads: 'U012ABCDEF',
    operators: 'U034GHIJKL',
    channel: 'C012ABCDEF',
    procedure: 'api',
    program,
  };
  await rollbot(['init', ...Object.entries(answers).flatMap(([name, answer]) => [`--${name}`, answer])]);
}

test('on the day before, it says what would fail, and what to do', async () => {
  await init('no-such-program --wait');
  const { exitCode, stdout } = await rollbot(['doctor']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^FAIL {2}programs .* no-such-program is missing for api on staging, api on production\.$/m);
  expect(stdout).toMatch(/^WARN {2}slack .* No token of Slack is set here/m);
  expect(stdout).toMatch(/^WARN {2}journal .* There is no journal at data\/rollbot\.db/m);
  expect(stdout).toMatch(/Mend what is marked FAIL\. \(1 failed, \d+ to look at, \d+ in order\)\n?$/);
});

test('it asks Slack what the bot may do, and never repeats its token', async () => {
  await init('true');
  const token = 'xoxb-0000000000-not-a-real-token';
  const { port } = slack.address() as AddressInfo;
  const env = { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: 'xapp-0000000000-neither', SLACK_API_URL: `http://127.0.0.1:${port}/api/` };
  const { exitCode, stdout } = await rollbot(['doctor', '--json'], env);
  expect(exitCode).toBe(1);
  const { worst, findings } = JSON.parse(stdout) as { worst: string; findings: { check: string; level: string; says: string }[] };
  expect(worst).toBe('failure');
  expect(findings.find(({ check }) => check === 'slack')?.says).toMatch(
    /^The app lacks .*channels:history, .*, which manifest\.yml asks for\.$/,
  );
  expect(findings.find(({ check }) => check === 'clock')?.level).toBe('ok');
  expect(stdout).not.toContain(token);
});

test('where nothing would fail, the exit status is 0', async () => {
  await init('true');
  const { exitCode, stdout } = await rollbot(['doctor', '--quick']);
  expect({ exitCode, failed: stdout.match(/^FAIL.*$/gm) }).toEqual({ exitCode: 0, failed: null });
});
