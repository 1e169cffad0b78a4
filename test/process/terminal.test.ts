import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BotProcess } from './bot-process.ts';
import { openTerminalWorld } from './terminal-world.ts';
import type { TerminalWorld } from './terminal-world.ts';

let world: TerminalWorld;

beforeEach(async () => {
  world = await openTerminalWorld();
});

afterEach(async () => await world.close());

/** What was said, without times and ids. */
function plain(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replace(/^[\d-]{10} [\d:]{8} /, '')
      .replaceAll(/\b(run|Run|incident|report) [2-9a-z]{6}\b/g, '$1 …')
      .replaceAll(/\d+(\.\d+)? s\)/g, '… s)'),
  );
}

async function asks(run: BotProcess): Promise<void> {
  await expect.poll(() => run.lines.some(({ msg }) => String(msg).includes('waits for approval')), { timeout: 90_000 }).toBe(true);
}

test('with no Slack configured at all, a run is started, watched to its end, and ends well', async () => {
  await world.write('delivery', 'here');
  const { code, out, err } = await world.says('run', 'stock', '--target', 'staging', '--reason', 'it was wrong');
  expect([code, err]).toEqual([0, '']);
  expect(plain(out)).toEqual([
    'Run … of stock has started, in the incident ….',
    'No bot is running, so this command carries it on, without Slack. Others can answer from their terminals.',
    'dana (in the terminal) started stock on staging (run …): it was wrong',
    'Begun: Close the door',
    'Done: Close the door: The script ended with exit status 0. (… s)',
    'Begun: Wait for the delivery',
    'Done: Wait for the delivery: The script ended with exit status 0. (… s)',
    'Begun: Count the stock',
    'Done: Count the stock: The script ended with exit status 0. (… s)',
    'Begun: The stock is counted',
    'Done: The stock is counted: The script ended with exit status 0. (… s)',
    'The run ended: verified',
  ]);
  expect(await world.diary()).toEqual(['door closed', 'stock counted']);
});

test('another person approves it in another terminal, by the digest of what is shown there', async () => {
  const run = world.rollbot('run', 'banner');
  await asks(run);
  const own = await world.says('approve', '--digest', '00000000');
  expect([own.code, own.err]).toEqual([64, expect.stringMatching(/This is not the digest of what would run, which is [0-9a-f]{8}/)]);
  const shown = await world.says('approve');
  expect([shown.code, shown.err]).toEqual([64, expect.stringMatching(/Nobody sits here who could confirm it.*--digest [0-9a-f]{8}/)]);
  expect(shown.out).toContain('    rm -- "$SHOP/banner-cache"; echo "banner cache cleared" >>"$SHOP/diary"');
  const digest = /digest ([0-9a-f]{64})/.exec(shown.out.join('\n'))?.[1] ?? '';

  const herself = await world.says('approve', '--digest', digest.slice(0, 8));
  expect([herself.code, herself.err]).toEqual([1, 'You asked for this run, so somebody else has to approve it.\n']);
  await world.sits('omar');
  const listed = JSON.parse((await world.says('status', '--json')).out[0] ?? '') as { incidents: { waiting: { digest: string }[] }[] };
  expect(listed.incidents[0]?.waiting[0]?.digest).toBe(digest);
  expect((await world.says('approve', '--digest', digest.slice(0, 8))).code).toBe(0);
  expect(await run.ends()).toBe(0);
  expect(plain(run.lines.map(({ msg }) => String(msg)))).toContain(
    `omar (in the terminal) approved: Clear the banner's cache (${digest.slice(0, 8)})`,
  );
  expect(await world.diary()).toEqual(['banner cache cleared', 'banner plain']);
  await world.sits('nobody');
  const stranger = await world.says('status');
  expect([stranger.code, stranger.err]).toEqual([
    77,
    expect.stringMatching(/^The user \S+ \(\d+\) is nobody to Rollbot\. Add terminal: .* to rollbot\.yml/),
  ]);
});

test('Ctrl+C ends the command that carried a run, and the next one takes it up', async () => {
  const run = world.rollbot('run', 'banner');
  await asks(run);
  expect(await run.ends('SIGINT')).toBe(130);
  expect(run.stderr()).toMatch(/This command was all that carried run \w+ on\. Start the bot, or give any order about the run/);
  await world.sits('omar');
  const shown = await world.says('approve', '--digest', 'f'.repeat(8));
  const digest = /digest ([0-9a-f]{8})/.exec(shown.out.join('\n'))?.[1] ?? '';
  const approved = await world.says('approve', '--digest', digest);
  expect([approved.code, approved.out.at(-1)]).toEqual([0, expect.stringMatching(/The run ended: verified/)]);
  expect((await world.says('close')).code).toBe(0);
  expect(await world.reports()).toEqual([expect.stringMatching(/^\d{8}-\d{6}-banner\.md$/)]);
  expect((await world.says('status')).out).toEqual(['Nothing is running, and no incident is open.']);
});
