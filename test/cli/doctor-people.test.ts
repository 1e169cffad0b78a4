import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { realClock, realIds } from '../../src/clock.ts';
import { runCli } from '../../src/cli.ts';
import type { Instant, PersonId } from '../../src/core/brand.ts';
import { calendarOf } from '../../src/core/calendar/state.ts';
import type { DoctorFinding } from '../../src/core/doctor/finding.ts';
import { KINDS } from '../../src/core/kinds.ts';
import { readDirectory } from '../../src/demo/directory.ts';
import { startSlack } from '../../src/demo/slack/index.ts';
import type { SlackEmulator } from '../../src/demo/slack/index.ts';
import { whoIsReached } from '../../src/demo/who-is-reached.ts';
import { openSqliteStore } from '../../src/store/index.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import { OWNER } from '../store/place.ts';

const MAILS = { SMTP_URL: 'smtps://mail.pitchey.example' };
const WIPE = `title: Wipe
component: Cache Layer
locks: [cache:main]
steps:
  - id: wipe
    title: Wipe the cache
    run: ['true']
    effect: destructive
    because: all of it is gone
    approve: { by: [database-admin, lead-developer], need: 1 }
    undo: { none: it fills again }
verify: [{ title: It is empty, ask: lead-developer }]
`;

let slack: SlackEmulator;
let folder: string;
let environment: Record<string, string>;
let ids: { readonly people: Readonly<Record<string, string>>; readonly groups: Readonly<Record<string, string>> };

beforeAll(async () => {
  slack = await startSlack({ clock: realClock });
  folder = await mkdtemp(path.join(tmpdir(), 'rollbot-doctor-'));
  const installed = slack.install(parse(await readFile('manifest.yml', 'utf8')));
  const directory = readDirectory(slack, installed);
  ids = {
    people: Object.fromEntries(directory.people.map(({ name, id }) => [name, id])),
    groups: Object.fromEntries(Object.entries(directory.groups).map(([handle, { id }]) => [handle, id])),
  };
  await mkdir(path.join(folder, 'procedures'));
  await writeFile(path.join(folder, 'procedures', 'wipe.yml'), WIPE);
  environment = {
    SLACK_BOT_TOKEN: installed.botToken,
    SLACK_APP_TOKEN: installed.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `sqlite:${path.join(folder, 'data', 'rollbot.db')}`,
    ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml'),
    ROLLBOT_PROCEDURES: path.join(folder, 'procedures'),
  };
});
// What one of them leaves in the journal is no business of the next one.
afterEach(async () => await rm(path.join(folder, 'data'), { recursive: true, force: true }));
afterAll(async () => {
  await slack.close();
  await rm(folder, { recursive: true, force: true });
});

type Told = ReturnType<typeof settingsOf>;

function settingsOf() {
  const { roles, contacts, rotations } = whoIsReached(ids.people, ids.groups);
  return {
    targets: { production: { protected: true, default: true } },
    roles: { ...roles },
    contacts: { ...contacts },
    rotations: { ...rotations },
    start: { '*': ['lead-developer', 'devops-engineer'] },
    channels: { prefix: 'inc' },
    paging: { smtp: { url: { env: 'SMTP_URL' }, from: 'rollbot@pitchey.example' } },
  };
}

/** What the doctor says of people, in a workspace in which all is well but for what a test changes. */
async function saysOfPeople(
  change: (settings: Told) => void = () => undefined,
  variables: Record<string, string> = MAILS,
): Promise<readonly string[]> {
  const settings = settingsOf();
  change(settings);
  await writeFile(path.join(folder, 'rollbot.yml'), stringify(settings));
  const said = { out: '' };
  await runCli({
    argv: ['doctor', '--json'],
    environment: { ...environment, ...variables },
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.out += text) },
    ask: async () => await Promise.resolve(null),
    clock: createManualClock(),
    ids: realIds,
    process: OWNER,
    onSignal: () => undefined,
    exit: () => undefined,
  });
  const { findings } = JSON.parse(said.out) as { findings: readonly DoctorFinding[] };
  const ours = findings.filter(({ check }) => ['roles', 'contacts', 'approvals tonight'].includes(check));
  return ours.map(({ check, level, says }) => `${level} ${check}: ${says}`);
}

test('all is well', async () => {
  expect(await saysOfPeople()).toEqual([
    'ok roles: All 6 roles are held, now and in the next 14 days.',
    'ok contacts: All 5 contacts can be reached.',
    'ok approvals tonight: Every approval of every procedure could be given, at every hour until this time tomorrow.',
  ]);
});

test('what would be missing tonight', async () => {
  const found = await saysOfPeople((settings) => {
    settings.roles['lead-developer'] = { people: [ids.people['gus'] ?? ''] };
    settings.contacts['mina'] = {
      slack: ids.people['mina'] ?? '',
      pagerduty: { env: 'MINA_KEY' },
      quiet: { from: '22:00', to: '07:00', media: ['pagerduty'] },
    };
    settings.contacts['gus'] = { slack: ids.people['gus'] ?? '', email: 'gus@pitchey.example' };
  });
  expect(found).toEqual([
    'failure roles: Nobody holds lead-developer.',
    "failure contacts: In the quiet hours mina can't be reached (pagerduty: Its key is read from the variable MINA_KEY, which is not set).",
    `warning contacts: gus can be reached by email alone (slack: ${ids.people['gus']} is a guest, who can not use Rollbot).`,
    'failure approvals tonight: At Tue 24 Nov 2026 23:00 Europe/Berlin nobody could approve “Wipe the cache” of wipe on production: it takes 1 of database-admin or lead-developer besides whoever starts it.',
  ]);
});

test('an override that was made in Slack is read from the journal, beside the bot that owns it', async () => {
  const store = await openSqliteStore({ file: path.join(folder, 'data', 'rollbot.db'), folds: KINDS, log: keepingLog([]), owner: OWNER });
  const now = createManualClock().now();
  const by = { kind: 'person', id: 'U0DANA' as PersonId, name: 'dana' } as const;
  const made = { type: 'override-made', id: 'k1', who: 'lee', from: (now + 1) as Instant, to: (now + 3_600_000) as Instant, by } as const;
  await store.append([{ stream: calendarOf('databases'), expectedSeq: 0, facts: [made] }], {}, now);
  const found = await saysOfPeople();
  await store.close();
  expect(found[0]).toBe('warning roles: lee is on call for database-admin from Tue 24 Nov 2026 15:00 Europe/Berlin, and does not hold it.');
});

test('without a token of Slack, only what can be known is said', async () => {
  const why = 'email: The mail server is read from the variable SMTP_URL, which is not set';
  expect(await saysOfPeople(undefined, { SLACK_BOT_TOKEN: '' })).toEqual(
    ['dana', 'omar', 'mina', 'priya', 'lee'].map((name) => `warning contacts: ${name} can be reached by slack alone (${why}).`),
  );
});
