import { afterEach, beforeEach, expect, test } from 'vitest';
import { asks, openTerminalWorld, plain } from '../process/terminal-world.ts';
import type { TerminalWorld } from '../process/terminal-world.ts';

let world: TerminalWorld;

beforeEach(async () => {
  world = await openTerminalWorld();
});

afterEach(async () => await world.close());

test('whoever asked, who types another digest, and who is nobody here is refused in the terminal, and another person is not', async () => {
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
