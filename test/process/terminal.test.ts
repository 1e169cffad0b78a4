import { afterEach, beforeEach, expect, test } from 'vitest';
import { asks, openTerminalWorld, plain } from './terminal-world.ts';
import type { TerminalWorld } from './terminal-world.ts';

let world: TerminalWorld;

beforeEach(async () => {
  world = await openTerminalWorld();
});

afterEach(async () => await world.close());

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
  await world.sits('omar');
  const shown = await world.says('approve');
  expect([shown.code, shown.err]).toEqual([64, expect.stringMatching(/Nobody sits here who could confirm it.*--digest [0-9a-f]{8}/)]);
  expect(shown.out).toContain('    rm -- "$SHOP/banner-cache"; echo "banner cache cleared" >>"$SHOP/diary"');
  const digest = /digest ([0-9a-f]{8})/.exec(shown.out.join('\n'))?.[1] ?? '';
  expect((await world.says('approve', '--digest', digest)).code).toBe(0);
  expect(await run.ends()).toBe(0);
  expect(plain(run.lines.map(({ msg }) => String(msg)))).toContain(`omar (in the terminal) approved: Clear the banner's cache (${digest})`);
  expect(await world.diary()).toEqual(['banner cache cleared', 'banner plain']);
});
