import { expect, test } from 'vitest';
import { runCli } from '../../src/cli.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { SABOTAGES } from '../../src/demo/sandbox/sabotage.ts';

/** Runs `rollbot demo …` up to where it would start anything. */
async function demo(...argv: readonly string[]): Promise<{ status: number; printed: string; complained: string }> {
  let printed = '';
  let complained = '';
  const status = await runCli({
    argv: ['demo', ...argv],
    environment: {},
    stdout: { write: (text) => (printed += text) },
    stderr: { write: (text) => (complained += text) },
    ask: async () => null,
    clock: realClock,
    ids: realIds,
    process: { pid: process.pid, startedAt: realClock.now() },
    onSignal: () => {},
    exit: () => {},
  });
  return { status, printed, complained };
}

test('the help names every option, everything that can go wrong, and the exit statuses', async () => {
  const { status, printed } = await demo('--help');
  expect(status).toBe(0);
  for (const word of [
    '--auto',
    '--procedure',
    '--scenario',
    '--sabotage',
    '--port',
    '--keep',
    ...SABOTAGES,
    'Exit status: 0',
    'incidents/',
    'Ctrl+C',
  ])
    expect(printed).toContain(word);
});

test.each([
  ['deploy-fail', 'Did you mean "deploy-fails"?'],
  ['redisdown', 'Did you mean "redis-down"?'],
  ['veryfy', 'Did you mean "verify"?'],
  ['meteor', 'Choose crontab-unreadable, '],
  ['toString', 'Choose crontab-unreadable, '],
])('there is no sabotage %s, and the answer says what there is', async (name, says) => {
  const { status, printed, complained } = await demo('--auto', '--sabotage', name);
  expect({ status, printed }).toEqual({ status: 64, printed: '' });
  expect(complained).toContain(`There is no sabotage "${name}".`);
  expect(complained).toContain(says);
});

test.each([
  ['cahce', 'Did you mean "cache"?'],
  ['weather', 'Choose cache'],
])('there is nothing broken for a procedure %s, and the answer says what there is', async (name, says) => {
  const { status, printed, complained } = await demo('--auto', '--procedure', name);
  expect({ status, printed }).toEqual({ status: 64, printed: '' });
  expect(complained).toContain(says);
});

test.each(['99999', 'http', '-1', '1.5', ''])('"%s" is no port, and nothing is started', async (port) => {
  const { status, printed, complained } = await demo(`--port=${port}`);
  expect({ status, printed }).toEqual({ status: 64, printed: '' });
  expect(complained).toContain(`"${port}" is no port. Choose a number from 0 to 65535.`);
});

test.each([
  [['--scenario', 'alarm'], 'There is no scenario "alarm". Did you mean "alert"? Choose alert, incident, drill, page or slack-down.'],
  [['--scenario', 'alert', '--procedure', 'hyperdrive'], 'leave out --procedure and --sabotage'],
  [['--scenario', 'alert', '--sabotage', 'deploy-fails'], 'leave out --procedure and --sabotage'],
] as const)('%j is no scenario, and the answer says what is', async (argv, says) => {
  const { status, printed, complained } = await demo('--auto', ...argv);
  expect({ status, printed }).toEqual({ status: 64, printed: '' });
  expect(complained).toContain(says);
});

test('a story that plays by itself is refused where nobody plays it', async () => {
  const { status, printed, complained } = await demo('--scenario', 'slack-down');
  expect({ status, printed }).toEqual({ status: 64, printed: '' });
  expect(complained).toBe('rollbot: The scenario slack-down plays by itself: add --auto.\n');
});
