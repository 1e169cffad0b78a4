import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firingIn } from '../src/core/alert/state.ts';
import { openAlertWorld, readGroups, sendAlerts } from '../test/process/alert-world.ts';
import { startBotProcess } from '../test/process/bot-process.ts';
import { until } from '../test/process/ledger-world.ts';

const GROUPS = 300;
const ALERTS = 100;
const CLIENTS = 8;
const PATIENCE_MS = 300_000;
const MOST_MESSAGES = 20;
const MOST_MIB = 512;
/** What senders wait for is one second at the strictest. */
const P99_MS = 1000;

test('a storm of 30,000 firing alerts in 300 groups', async () => {
  const world = await openAlertWorld();
  const bot = startBotProcess(world.environment);
  try {
    const { port } = await bot.says('ready');
    const before = memoryOf(bot.child.pid);
    const names = Array.from({ length: GROUPS }, (_, index) => `group-${index}`);
    const began = performance.now();
    const { times, again } = await sendAll(Number(port), names, ALERTS);
    const sent = performance.now() - began;
    const firing = async (): Promise<number> =>
      (await readGroups(world, names)).reduce((sum, state) => sum + (state.status === 'open' ? firingIn(state) : 0), 0);
    await until(async () => (await firing()) === GROUPS * ALERTS, 'all alerts to be in the journal', PATIENCE_MS);
    const done = performance.now() - began;
    const shows = (): boolean =>
      world.slack
        .person('dana')
        .messages('#ops')
        .some(({ text }) => text.includes(`${(GROUPS - 10).toLocaleString('en-US')} groups are held back`));
    await until(shows, 'the storm to be shown', PATIENCE_MS);
    const posts = world.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    const edits = world.slack.calls.filter(({ method }) => method === 'chat.update').length;
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0;
    const most = memoryOf(bot.child.pid);
    console.log(
      `${GROUPS} groups of ${ALERTS}: answers p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, ${again} of them 503; sent in ${(sent / 1000).toFixed(1)} s, in the journal after ${(done / 1000).toFixed(1)} s; ${posts} Slack messages, ${edits} edits; memory ${before.now} MiB before, ${most.most} MiB at most`,
    );
    expect(posts).toBeLessThan(MOST_MESSAGES);
    expect(most.most).toBeLessThan(MOST_MIB);
    expect(at(0.99)).toBeLessThan(P99_MS);
  } finally {
    await bot.ends('SIGKILL');
    await world.close();
  }
}, 600_000);

/** Sends each group until it is taken, as monitoring systems do. */
async function sendAll(
  port: number,
  names: readonly string[],
  alerts: number,
): Promise<{ readonly times: number[]; readonly again: number }> {
  const times: number[] = [];
  const waiting = [...names];
  let again = 0;
  async function client(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const start = performance.now();
      const status = await sendAlerts(port, name, alerts);
      times.push(performance.now() - start);
      if (status === 202) continue;
      again += 1;
      waiting.push(name);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { times, again };
}

/** What a process takes and has taken at most, in MiB, as Linux counts it. */
function memoryOf(pid: number | undefined): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: read('VmRSS'), most: read('VmHWM') };
}
