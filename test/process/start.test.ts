import { cp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBotProcess } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { openLedgerWorld, until } from './ledger-world.ts';
import type { LedgerWorld } from './ledger-world.ts';
import { Database } from '../torture/journal-reader.ts';

let world: LedgerWorld;
let bots: BotProcess[];

beforeEach(async () => {
  world = await openLedgerWorld();
  bots = [];
});

afterEach(async () => {
  await world.open('gate');
  for (const bot of bots) await bot.ends('SIGKILL');
  await world.close();
});

function start(changes: Record<string, string> = {}, program?: readonly string[]): BotProcess {
  const bot = startBotProcess({ ...world.environment, ...changes }, program);
  bots.push(bot);
  return bot;
}

test('it prints JSON lines, says when it is ready, and ends with 0 on SIGTERM', async () => {
  const bot = start();
  expect(await bot.says('ready')).toMatchObject({ level: 'info', msg: 'ready' });
  expect(await bot.ends('SIGTERM')).toBe(0);
  expect(bot.lines.every((line) => typeof line['level'] === 'string')).toBe(true);
});

test('it lives and is ready on its own port, and answers nothing else there', async () => {
  const bot = start();
  const { port } = await bot.says('ready');
  const status = async (where: string): Promise<number> => (await fetch(`http://127.0.0.1:${String(port)}${where}`)).status;
  expect([await status('/healthz'), await status('/readyz'), await status('/rollbot.yml')]).toEqual([200, 200, 404]);
});

test.each([
  ['no bot token', { SLACK_BOT_TOKEN: '' }, /SLACK_BOT_TOKEN/],
  ['a token of the wrong kind', { SLACK_BOT_TOKEN: 'xoxp-1234567890' }, /SLACK_BOT_TOKEN.*xoxb-/],
  ['neither socket nor HTTP', { SLACK_APP_TOKEN: '' }, /SLACK_APP_TOKEN|SLACK_SIGNING_SECRET/],
  ['Postgres, which comes later', { DATABASE_URL: 'postgres://localhost/rollbot' }, /SQLite/],
  ['a variable that nobody reads', { ROLLBOT_REPORT: 'x' }, /ROLLBOT_REPORT\b.*ROLLBOT_REPORTS/],
  ['no settings where they should be', { ROLLBOT_CONFIG: '/nowhere/rollbot.yml' }, /rollbot\.yml/],
])('with %s it says so and ends with 78 before it contacts anybody', async (_name, changes, sentence) => {
  const bot = start(changes);
  expect(await bot.ends()).toBe(78);
  expect(bot.stderr()).toMatch(sentence);
  expect(world.slack.calls).toEqual([]);
});

test('a mistake in rollbot.yml is named by file, line and column', async () => {
  await writeFile(path.join(world.folder, 'rollbot.yml'), 'targets:\n  sandbox:\n    protectd: true\nroles: {}\n');
  const bot = start();
  expect(await bot.ends()).toBe(78);
  expect(bot.stderr()).toMatch(/rollbot\.yml:3:5: /);
});

test('a token that Slack does not know ends it with 78 and a sentence', async () => {
  const bot = start({ SLACK_BOT_TOKEN: 'xoxb-000000000000-wrong' });
  expect(await bot.ends()).toBe(78);
  expect(bot.stderr()).toMatch(/SLACK_BOT_TOKEN/);
  expect(bot.stderr()).not.toContain('xoxb-000000000000-wrong');
});

test('a second one on the same database is refused with 75 and the name of the first', async () => {
  const first = start();
  await first.says('ready');
  const second = start();
  expect(await second.ends()).toBe(75);
  expect(second.stderr()).toContain(String(first.child.pid));
});

test('SIGTERM in the middle of a step: it goes in order, and the step is unknown', async () => {
  await world.shut('gate');
  const bot = start();
  await bot.says('ready');
  await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
  const omar = world.slack.person('omar');
  await omar.sees(/Approval needed: Write a destructive line/);
  await omar.clicks('Approve');
  await until(() => world.exists('gate.struck'), 'the step to have begun');
  expect(await bot.ends('SIGTERM')).toBe(0);
  await world.open('gate');
  await start().says('ready');
  await omar.sees(/bot (was )?stopped/i);
  expect((await world.lines()).filter((line) => line.startsWith('struck'))).toHaveLength(1);
});

test('SIGTERM in the middle of a step while Slack answers nothing: it is gone just the same, and so is the step', async () => {
  await world.shut('gate');
  const bot = start();
  await bot.says('ready');
  await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
  const omar = world.slack.person('omar');
  await omar.sees(/Approval needed: Write a destructive line/);
  await omar.clicks('Approve');
  await until(() => world.exists('gate.struck'), 'the step to have begun');
  for (const method of ['users.info', 'chat.update', 'chat.postMessage']) world.slack.faults.slow(method, 600_000, { times: 20 });
  await world.slack.person('lee').types('/rollback status', { in: '#ops' });
  await until(() => world.slack.calls.at(-1)?.method === 'users.info', 'Slack to be asked who lee is');
  expect([0, 1]).toContain(await bot.ends('SIGTERM'));
  const { reason } = Database.last(world.folder, 'step-unknown') ?? {};
  expect(reason).toBe('bot-stopped');
});

test('a second signal ends it at once, whatever runs', async () => {
  await world.shut('gate');
  const bot = start();
  await bot.says('ready');
  await world.slack.person('dana').types('/rollback ledger', { in: '#ops' });
  const omar = world.slack.person('omar');
  await omar.sees(/Approval needed: Write a destructive line/);
  await omar.clicks('Approve');
  await until(() => world.exists('gate.struck'), 'the step to have begun');
  // One right after the other, so that it can't have gone in order before the second one comes.
  bot.child.kill('SIGTERM');
  expect(await bot.ends('SIGINT')).toBe(1);
  expect(Database.last(world.folder, 'step-unknown')).toBeNull();
});

test('the commands that talk to nobody: check, verify, schema, and their help', async () => {
  const check = start({}, ['bin/rollbot.js', 'check']);
  expect([await check.ends(), check.lines.at(0)?.['msg']]).toEqual([
    0,
    expect.stringMatching(/rollbot\.yml and 1 procedure are in order: ledger/),
  ]);
  await cp('test/process/fixtures/procedures', path.join(world.folder, 'procedures'), { recursive: true });
  await writeFile(path.join(world.folder, 'procedures', 'broken.yml'), 'title: [\n');
  const broken = start({ ROLLBOT_PROCEDURES: path.join(world.folder, 'procedures') }, ['bin/rollbot.js', 'check']);
  expect([await broken.ends(), broken.lines.at(0)?.['msg']]).toEqual([1, expect.stringMatching(/broken\.yml:\d+:\d+: /)]);
  const verify = start({}, ['bin/rollbot.js', 'verify', path.join(world.folder, 'none.db')]);
  expect([await verify.ends(), verify.stderr()]).toEqual([1, expect.stringMatching(/^rollbot: .*none\.db.*\n$/)]);
  const help = start({}, ['bin/rollbot.js', 'start', '--help']);
  expect([await help.ends(), help.lines.map((line) => line['msg']).join('\n')]).toEqual([
    0,
    expect.stringContaining('SLACK_SIGNING_SECRET'),
  ]);
  const typo = start({}, ['bin/rollbot.js', 'chekc']);
  expect([await typo.ends(), typo.stderr()]).toEqual([64, expect.stringContaining('check')]);
  expect(await readdir(world.folder)).not.toContain('data');
});
