import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openHost } from '../../src/demo/slack-down/host.ts';
import { mistakesInTelling } from '../../src/demo/slack-down/telling.ts';
import { Settings } from '../../src/core/settings.ts';

const HEAD = 'Cache warming rollback on production';
const TOLD = [
  HEAD,
  HEAD,
  'Approval: Clear the warmed entries',
  'Approval: Deploy the restored version',
  'Verification: Cache warming rollback on production',
  ':checkered_flag: dana (in the terminal) closed this incident after 1 min 25 s.',
  '[file: Report: 20261126-111855-cache.md]',
];

test('what is told in its order and once has no mistake', () => {
  expect(mistakesInTelling(TOLD)).toEqual([]);
  expect(mistakesInTelling(TOLD.toSpliced(4, 0, 'Follow-ups: 5 of 5 to do'))).toEqual([]);
});

test.each<[what: string, lines: readonly string[], ...expected: string[]]>([
  ['something is missing', TOLD.toSpliced(3, 1), 'It does not say that the deployment was asked for.'],
  ['something comes twice', [...TOLD, TOLD[5] ?? ''], 'It says 2 times that it was closed in the terminal.'],
  ['something comes too early', [TOLD[4] ?? '', ...TOLD.toSpliced(4, 1)], 'It says too early the verification.'],
  [
    'somebody else closed it',
    TOLD.with(5, 'omar closed this incident after 2 min.'),
    'It does not say that it was closed in the terminal.',
  ],
])('where %s, that is said', (_what, lines, ...expected) => {
  expect(mistakesInTelling(lines)).toEqual(expected);
});

test('whoever sits down is who the user of this machine is, and nothing else of the settings changes', async () => {
  const folder = await mkdtemp('/tmp/rollbot-host-');
  const file = path.join(folder, 'rollbot.yml');
  const before = { targets: { production: {} }, roles: {}, start: { '*': ['lead-developer'] }, channels: {} };
  await writeFile(file, JSON.stringify(before));
  const said: string[] = [];
  const host = openHost({ env: { ROLLBOT_CONFIG: file }, people: { dana: 'U0DANA', omar: 'U0OMAR' }, say: (line) => said.push(line) });
  try {
    for (const [name, slack] of [
      ['omar', 'U0OMAR'],
      ['dana', 'U0DANA'],
    ] as const) {
      await host.sitsDown(name);
      const { terminal, ...rest } = Settings.parse(parse(await readFile(file, 'utf8')));
      expect(terminal?.people[userInfo().username]).toEqual({ slack, name });
      expect(rest).toEqual(before);
    }
    expect(said.map((line) => line.trim())).toContain('(dana sits down at the machine that Rollbot runs on.)');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
