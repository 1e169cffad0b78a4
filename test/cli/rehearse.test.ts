import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { PROCEDURE, workplace } from '../catalog/workplace.ts';
import type { Files } from '../catalog/workplace.ts';

const GOOD = `target: production
params: { size: large }
scenarios:
  success:
    expect: { outcome: verified, order: [preflight, first, 'ask devops-engineer: second', second, verify] }
  second fails:
    outcomes: { second: failed }
    decisions: { second: stop }
    expect: { outcome: failed }
`;

async function rehearse(files: Files, ...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  await using place = await workplace(files);
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli({
    argv: ['rehearse', ...words],
    environment: { ROLLBOT_CONFIG: join(place.root, 'rollbot.yml'), ROLLBOT_PROCEDURES: join(place.root, 'procedures') },
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    ask: async () => null,
    clock: realClock,
    ids: realIds,
    process: { pid: 1, startedAt: 0 },
    onSignal: () => {},
    exit: () => {},
  });
  const clean = (texts: readonly string[]): string => texts.join('').replaceAll(`${place.root}/`, '');
  return { code, out: clean(out), err: clean(err) };
}

const BOTH = { 'procedures/try.yml': PROCEDURE, 'procedures/try.rehearsal.yml': GOOD };

test('a table says how each scenario went, and the exit status is 0', async () => {
  const { code, out, err } = await rehearse(BOTH);
  expect(err).toBe('');
  expect(code).toBe(0);
  await expect(out).toMatchFileSnapshot('../golden/cli/rehearse.txt');
});

test('what differs is shown as a small diff, and the exit status is 1', async () => {
  const other = GOOD.replace("'ask devops-engineer: second', second", 'second, other').replace('outcome: failed', 'outcome: undone');
  const { code, out } = await rehearse({ ...BOTH, 'procedures/try.rehearsal.yml': other }, 'try');
  expect(code).toBe(1);
  await expect(out).toMatchFileSnapshot('../golden/cli/rehearse-differs.txt');
});

test('with --verbose everything that happened is told', async () => {
  const { code, out } = await rehearse(BOTH, '--verbose');
  expect(code).toBe(0);
  expect(out).toContain(
    [
      '  second fails  size=large  ref=v1',
      '      running',
      '      first',
      '      ask devops-engineer: second',
      '      second: failed',
      '      decide lead-developer: second',
      '      second: stop',
      '      -> failed',
    ].join('\n'),
  );
});

test('with --json a program can read it', async () => {
  const { code, out } = await rehearse(BOTH, '--json');
  expect(code).toBe(0);
  const { ok, mistakes, procedures } = JSON.parse(out) as { ok: boolean; mistakes: unknown[]; procedures: { performances: object[] }[] };
  expect({ ok, mistakes }).toEqual({ ok: true, mistakes: [] });
  expect(procedures[0]?.performances[0]).toEqual({
    scenario: 'success',
    written: true,
    params: { size: 'large', ref: 'v1' },
    steps: 4,
    outcome: 'verified',
    order: ['preflight', 'first', 'ask devops-engineer: second', 'second', 'verify'],
    differs: [],
  });
});

test.each<[what: string, files: Files, words: readonly string[], out: RegExp, err: RegExp]>([
  ['a procedure has no rehearsal', { 'procedures/try.yml': PROCEDURE }, [], /^procedures\/try\.yml:1:1: try has no rehearsal/m, /^$/],
  ['a procedure is not known', BOTH, ['tri'], /^$/, /There is no procedure "tri"\. Did you mean "try"\? There are try\./],
  [
    'a procedure has a mistake',
    { ...BOTH, 'procedures/try.yml': PROCEDURE.replace('title: Try', 'titel: Try') },
    ['try'],
    /^$/,
    /try\.yml:1:1: "title" is missing/,
  ],
  ['the settings have a mistake', { ...BOTH, 'rollbot.yml': 'targets: 7\n' }, [], /^rollbot\.yml:1:10: /m, /^$/],
])('with 1 where %s', async (_what, files, words, out, err) => {
  const said = await rehearse(files, ...words);
  expect(said).toMatchObject({ code: 1, out: expect.stringMatching(out), err: expect.stringMatching(err) });
});
