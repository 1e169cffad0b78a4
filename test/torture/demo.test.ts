import { afterEach, expect, test, vi } from 'vitest';
import type { SabotageName } from '../../src/demo/sandbox/sabotage.ts';
import { SABOTAGES } from '../../src/demo/sandbox/sabotage.ts';
import { alive, startDemo } from './demo-process.ts';
import type { DemoProcess } from './demo-process.ts';

/** How long processes may take to notice that nobody holds them any more. */
const GONE_WITHIN = { timeout: 60_000, interval: 100 };

let demo: DemoProcess;
afterEach(async () => {
  await demo.clear();
});

test('the demo that plays by itself ends well, compares itself with a plain script and leaves its reports only', async () => {
  demo = await startDemo('--auto');
  await demo.says('clicks [Approve]');
  const children = await demo.children();
  expect(await demo.ended).toBe(0);
  const printed = demo.printed();
  for (const line of ['dana: /rollback cache', 'omar: clicks [Approve]', 'The shop is healthy.', 'The report is complete.'])
    expect(printed).toContain(line);
  expect(printed).toMatch(/Rollbot’s last word: Done and verified\.\n/);
  expect(printed).toMatch(/Rollbot +[\d.]+ s of machine time, .*\n.*\n {2}plain script +[\d.]+ s, .*\n {2}ratio +[\d.]+ to 1/);
  expect(await demo.leftovers()).toEqual([]);
  expect(await alive(children)).toEqual([]);
});

test('without Slack a run is approved, answered and closed in the terminal, and told when Slack is back', async () => {
  demo = await startDemo('--auto', '--scenario', 'slack-down');
  expect(await demo.ended).toBe(0);
  const printed = demo.printed();
  expect(printed).toMatch(/Slack is down.*\n[^]*omar: \$ rollbot approve \w+\/deploy\n[^]*dana: \$ rollbot close .*\n[^]*Slack is back/);
  for (const line of ['The channel has told it in its order, and once.', 'The shop is healthy.', 'The report is complete.'])
    expect(printed).toContain(line);
  expect(await demo.leftovers()).toEqual([]);
});

/** What of Rollbot's dealing with it has to be seen in the conversation, in this order. */
const SEEN: Readonly<Record<SabotageName, readonly RegExp[]>> = {
  'crontab-unreadable': [/✘ The crontab can be read · failed/, /last word: Not started: a check before it failed, and nothing was changed/],
  'wrong-redis': [
    /✘ This is the cache of the target · failed/,
    /last word: Not started: a check before it failed, and nothing was changed/,
  ],
  'redis-down': [
    /The cache goes down now/,
    /so nothing was done: connect ECONNREFUSED [\d.:]+\.\n/,
    /dana: clicks \[Undo\]/,
    /last word: Undone/,
  ],
  'deploy-fails': [/A step failed: “Deploy the restored version”/, /dana: clicks \[Undo\]/, /last word: Undone/],
  'deploy-hangs': [/dana: \/rollback stop \w+/, /Run \w+ is being stopped\./, /⏹ Stopped/, /last word: Stopped/],
  'deployed-but-exit-1': [/A step failed: “Deploy/, /omar: clicks \[Retry\]/, /was done already/, /last word: Done and verified/],
  'warming-returns': [/dana: clicks \[No\]/, /The result could not be verified/, /dana: clicks \[Undo\]/, /last word: Undone/],
  'cloudflare-down': [
    /✘ Visitors are routed to the Worker of the target · failed/,
    /last word: Not started: a check before it failed, and nothing was changed/,
  ],
  'cloudflare-answer-lost': [/A step failed: “Deploy/, /omar: clicks \[Retry\]/, /was done already/, /last word: Done and verified/],
  'cloudflare-token-revoked': [
    /✘ Visitors are routed to the Worker of the target · failed/,
    /last word: Not started: a check before it failed, and nothing was changed/,
  ],
  'cloudflare-rate-limit': [
    /✘ Visitors are routed to the Worker of the target · failed/,
    /last word: Not started: a check before it failed, and nothing was changed/,
  ],
  // Nothing of the cache procedure purges the edge.
  'cloudflare-purge-ignored': [/last word: Done and verified/],
  'service-stays-sick': [/dana: clicks \[No\]/, /The result could not be verified/, /dana: clicks \[Undo\]/, /last word: Undone/],
};

test.each(SABOTAGES)('%s is dealt with before everybody’s eyes, and is never called a success', async (name) => {
  demo = await startDemo('--auto', '--sabotage', name);
  expect(await demo.ended).toBe(1);
  let rest = demo.printed();
  for (const sight of SEEN[name]) {
    const at = rest.search(sight);
    expect(at, `${String(sight)} is missing in:\n${rest}`).toBeGreaterThanOrEqual(0);
    rest = rest.slice(at);
  }
  expect(rest).toContain(`This run was sabotaged (${name}), so it counts as failed whatever became of it.`);
  expect(await demo.leftovers()).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the page and all that it has started', async (signal) => {
  demo = await startDemo('--port', '0');
  await demo.says('Ctrl+C ends everything.');
  const children = await demo.children();
  expect(children.length).toBeGreaterThanOrEqual(3);
  expect(await alive(children)).toEqual(children);
  demo.sends(signal);
  expect(await demo.ended).toBe(0);
  expect(await alive(children)).toEqual([]);
  expect(await demo.leftovers()).toEqual([]);
});

test('Ctrl+C in the middle of a conversation ends everything as well, and is no success', async () => {
  demo = await startDemo('--auto');
  await demo.says('Verification: ');
  const children = await demo.children();
  demo.sends('SIGINT');
  expect(await demo.ended).toBe(1);
  expect(await alive(children)).toEqual([]);
  expect(await demo.leftovers()).toEqual([]);
});

test('a bot that dies in the middle is missed at once', async () => {
  demo = await startDemo('--auto');
  await demo.says('Verification: ');
  const bots = await demo.children('rollbot.js start');
  expect(bots.length).toBeGreaterThanOrEqual(1);
  for (const bot of bots) process.kill(bot, 'SIGKILL');
  expect(await demo.ended).toBe(1);
  expect(demo.printed()).toContain('Rollbot has ended, which it should not have.');
  expect(await demo.leftovers()).toEqual([]);
});

test('nothing outlives a demo that was killed', async () => {
  demo = await startDemo('--port', '0');
  await demo.says('Ctrl+C ends everything.');
  const children = await demo.children();
  demo.sends('SIGKILL');
  expect(await demo.ended).toBe('SIGKILL');
  await vi.waitFor(async () => expect(await alive(children)).toEqual([]), GONE_WITHIN);
});

test('a demo that is ended while it starts leaves nothing', async () => {
  demo = await startDemo('--port', '0');
  await demo.says('This takes about ten seconds');
  demo.sends('SIGINT');
  expect(await demo.ended).toBe(0);
  expect(await demo.leftovers()).toEqual([]);
});
