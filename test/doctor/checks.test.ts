import { describe, expect, test } from 'vitest';
import type { Instant, StreamId } from '../../src/core/brand.ts';
import { gotWorse, worstOf } from '../../src/core/doctor/finding.ts';
import type { DoctorFinding } from '../../src/core/doctor/finding.ts';
import type { DoctorParts } from '../../src/core/doctor/port.ts';
import type { Reading } from '../../src/core/reading/reading.ts';
import { renderFindings } from '../../src/cli/doctor-table.ts';
import { examine } from '../../src/doctor/index.ts';
import { workplace, PROCEDURE, SETTINGS } from '../catalog/workplace.ts';

const NOW = Date.UTC(2026, 10, 24, 3) as Instant;
const GIB = 1024 ** 3;
/** What Slack says of people has tests of its own. */
const NOBODY = {
  now: NOW,
  slack: 'not here',
  procedures: [],
  holders: new Map(),
  names: new Map(),
  overrides: new Map(),
  media: new Map(),
};

/** An installation in which all is well, but for what a test changes. */
async function installation(changes: Partial<DoctorParts> = {}, procedure = PROCEDURE, more = ''): Promise<readonly DoctorFinding[]> {
  const settings = SETTINGS.replaceAll('    vars:', "    last-good: { 'worker:api': v1.2.3 }\n    vars:");
  await using place = await workplace({ 'rollbot.yml': settings + more, 'procedures/try.yml': procedure });
  const opened = await place.open();
  if (opened.status !== 'ready') throw new Error('The settings of the tests are broken.');
  const parts: DoctorParts = {
    catalog: opened.catalog,
    clock: { now: () => NOW },
    hasProgram: () => true,
    secrets: async () => [{ name: 'api_token', says: null }],
    preflight: async (id, target) => ({
      status: 'shown',
      dryRun: { procedure: id, title: 'Try out', target, params: {}, why: {}, items: [] },
    }),
    metric: async () => ({ at: NOW, value: 0.02 }),
    lastGood: async () => ({ version: 'v1.2.3', why: 'set by hand in rollbot.yml' }),
    journal: journal({}),
    people: async () => ({ ...NOBODY, settings: opened.catalog.settings() }),
    disk: async () => [{ folder: 'data', freeBytes: 20 * GIB, totalBytes: 40 * GIB }],
    slack: async () => ({
      status: 'reached',
      workspace: 'Pitchey',
      scopes: ['commands'],
      wanted: ['commands'],
      clocks: { theirs: NOW, ours: NOW },
    }),
    ...changes,
  };
  const findings = await examine(parts);
  return findings.map((finding) => ({ ...finding, says: finding.says.replaceAll(place.root, '…') }));
}

const bad = (findings: readonly DoctorFinding[]): readonly string[] =>
  findings.filter(({ level }) => level !== 'ok').map(({ level, check, says }) => `${level} ${check}: ${says}`);

test('where all is well, only what is closed and what nobody has drilled are worth a word', async () => {
  const findings = await installation();
  expect(bad(findings)).toEqual([
    'warning break glass: Whoever is alone at night can not go on past an approval that nobody gives.',
    'warning drills: try has never ended verified here.',
  ]);
  await expect(renderFindings(findings)).toMatchFileSnapshot('../golden/cli/doctor-well.txt');
});

test.each<[what: string, changes: Partial<DoctorParts>, says: string]>([
  ['a secret is missing', { secrets: async () => [{ name: 'x', says: 'It is not set.' }] }, 'failure secrets: It is not set.'],
  [
    'the disk is full',
    { disk: async () => [{ folder: 'data', freeBytes: 0.1 * GIB, totalBytes: GIB }] },
    'failure disk: data has 0.1 GiB free of 1.0 GiB.',
  ],
  [
    'the disk fills',
    { disk: async () => [{ folder: 'data', freeBytes: GIB, totalBytes: 9 * GIB }] },
    'warning disk: data has 1.0 GiB free of 9.0 GiB.',
  ],
  [
    'there is nothing to return to',
    { lastGood: async () => ({ says: 'None is known.' }) },
    'failure versions: worker:api on staging has no version to return to. None is known.',
  ],
  [
    'the journal is damaged',
    { journal: journal({ verify: async () => [{ stream: 'incident/a' as StreamId, seq: 3, says: 'The hash is another.' }] }) },
    'failure journal: incident/a #3: The hash is another.',
  ],
  ['there is no journal', { journal: { says: 'There is none.' } }, 'warning journal: There is none.'],
  ['Slack refuses the token', { slack: async () => ({ status: 'failed', says: 'invalid_auth.' }) }, 'failure slack: invalid_auth.'],
  ['a scope is missing', { slack: slack({ scopes: [] }) }, 'failure slack: The app lacks commands, which manifest.yml asks for.'],
  [
    'the clock is a little off',
    { slack: slack({ clocks: { theirs: NOW, ours: (NOW + 9000) as Instant } }) },
    'warning clock: The clock of this machine and that of Slack are 9 s apart.',
  ],
  [
    'the clock is far off',
    { slack: slack({ clocks: { theirs: NOW, ours: (NOW - 600_000) as Instant } }) },
    'failure clock: The clock of this machine and that of Slack are 10 min apart.',
  ],
  ['a check breaks', { disk: async () => await Promise.reject(new Error('EIO')) }, 'failure disk: This could not be looked at: EIO'],
])('%s', async (_, changes, says) => expect(bad(await installation(changes))).toContain(says));

test('a program that is missing is named once, with all that needs it', async () => {
  const needing = PROCEDURE.replace('locks:', 'needs: [wrangler]\nlocks:');
  const findings = await installation({ hasProgram: (program) => program !== 'wrangler' }, needing);
  expect(bad(findings)).toContain('failure programs: wrangler is missing for try on staging, try on production.');
});

test('a broken procedure is a finding with its place', async () => {
  expect(bad(await installation({}, PROCEDURE.replace('title: Try', 'titel: Try')))[0]).toMatch(/^failure settings: .*try\.yml:1:1: /);
});

describe('what got worse', () => {
  test.each([
    ['a new failure', [], [found('failure', 'a')], 1],
    ['the same failure', [found('failure', 'a')], [found('failure', 'a')], 0],
    ['the same with other figures', [found('warning', '1 GiB free')], [found('warning', '0 GiB free')], 0],
    ['a warning that becomes a failure', [found('warning', 'a')], [found('failure', 'a')], 1],
    ['one that is mended', [found('failure', 'a')], [found('ok', 'a')], 0],
    ['something that is well', [], [found('ok', 'a')], 0],
  ] as const)('%s', (_, before, now, count) => expect(gotWorse(before, now)).toHaveLength(count));

  test('nothing is well', () => expect(worstOf([])).toBe('ok'));
});

function found(level: DoctorFinding['level'], says: string): DoctorFinding {
  return { check: 'disk', level, says, advice: null };
}

function journal(changes: Partial<Extract<DoctorParts['journal'], { verify: unknown }>>): DoctorParts['journal'] {
  return { verify: async () => [], streams: async () => [], load: async () => ({ status: 'none' }), overrides: async () => [], ...changes };
}

function slack(changes: object): DoctorParts['slack'] {
  return async () => ({ status: 'reached', workspace: 'Pitchey', scopes: ['commands'], wanted: ['commands'], clocks: null, ...changes });
}

describe('metrics', () => {
  const METRIC = "metrics:\n  hit_rate: { title: Hit rate, unit: ratio, http: { url: 'http://127.0.0.1:9/metrics', pointer: /hits } }\n";
  const at = NOW;

  test.each<[what: string, reading: Reading, says: string | null]>([
    ['is what it should be', { at, value: 0.62 }, null],
    ['is a percentage', { at, value: 62 }, 'warning metrics: hit_rate of production is 62, and a ratio is from 0 to 1.'],
    ["can't be read", { at, why: 'Nobody answers.' }, "warning metrics: hit_rate of production can't be read. Nobody answers."],
  ])('one that %s', async (_, reading, says) => {
    const findings = bad(await installation({ metric: async () => reading }, PROCEDURE, METRIC));
    expect(findings.filter((each) => each.includes('hit_rate of production'))).toEqual(says === null ? [] : [says]);
  });
});
