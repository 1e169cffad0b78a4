import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { Client, request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { readTerminalConfig } from '../../src/config.ts';
import type { Json } from '../../src/core/digest.ts';
import type { Reply } from '../../src/terminal/index.ts';
import { giveProof } from '../../src/terminal/socket/proof.ts';
import { keepingLog } from '../contracts/store/subject.ts';

type User = { readonly name: string; readonly uid: number };
/** What one person can ask of the bot, once they have proved who they are. */
type Says = (verb: string, params: Json) => Promise<Reply>;

const [DANA, OMAR] = ['U001DANA', 'U002OMAR'];
let folder: string;
let database: string;
let app: App;
let client: Client;
let users: readonly User[];

/** Only root can make files that belong to somebody else. */
describe.skipIf(userInfo().uid !== 0)('people of the same machine, at one socket', () => {
  beforeEach(async () => {
    folder = await mkdtemp('/tmp/rollbot-two-');
    users = await usersHere();
    const shop = path.join(folder, 'shop');
    await mkdir(shop);
    for (const [file, text] of Object.entries({ diary: '', banner: 'festive\n', 'banner-cache': 'festive\n' }))
      await writeFile(path.join(shop, file), text);
    await writeFile(path.join(folder, 'rollbot.yml'), settings(shop));
    await mkdir(path.join(folder, 'data'));
    await chmod(path.join(folder, 'data'), 0o770);
    database = path.join(folder, 'data', 'rollbot.db');
    const environment = {
      DATABASE_URL: `sqlite:${database}`,
      ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml'),
      ROLLBOT_PROCEDURES: path.resolve('test/fixtures/stories/procedures'),
      ROLLBOT_REPORTS: path.join(folder, 'incidents'),
    };
    const config = readTerminalConfig(environment);
    if ('mistakes' in config) throw new Error(config.mistakes.join(' '));
    const process = { pid: globalThis.process.pid, startedAt: 0 };
    const started = await startApp({ config, environment, clock: realClock, ids: realIds, log: keepingLog([]), process, alone: true });
    if ('exitCode' in started) throw new Error(started.says.join(' '));
    app = started;
    client = new Client('http://rollbot', { socketPath: `${database}.sock` });
  });

  afterEach(async () => {
    await client.close();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('dana asks, and can not approve it, at whichever user she sits; omar, at his own, can', async () => {
    const [dana, omar, danaElsewhere, stranger] = await Promise.all(users.map(async (user) => await speaksAs(user)));
    if (!dana || !omar || !danaElsewhere || !stranger) throw new Error('There are too few users on this machine.');
    const run = said(await dana('start', { procedure: 'banner', target: 'production', params: {}, reason: null }), 'run');
    const { token, digest } = await asked(dana, run);

    const own = { status: 'refused', lines: ['You asked for this run, so somebody else has to approve it.'] };
    expect(await dana('approve', { token, digest })).toMatchObject(own);
    expect(await danaElsewhere('approve', { token, digest })).toMatchObject(own);
    expect(await stranger('approve', { token, digest })).toMatchObject({
      why: 'person',
      lines: [expect.stringMatching(`^The user ${users[3]?.name} \\(${users[3]?.uid}\\) is nobody to Rollbot\\.`)],
    });
    expect(await diary()).toEqual([]);

    const page = said(await dana('page', { to: 'devops-engineer', summary: 'approve this', incident: 'any' }), 'page');
    expect(await stranger('page-ack', { page, incident: null })).toMatchObject({ why: 'person' });
    expect(await omar('page-ack', { page: null, incident: null })).toMatchObject({ status: 'done', data: { page } });
    expect(await omar('approve', { token, digest })).toMatchObject({ status: 'done' });
    expect(await ended(omar, run)).toBe('verified');
    expect(await diary()).toEqual(['banner cache cleared', 'banner plain']);
    const report = (await stranger('report', { of: run })).why === 'person' ? await dana('report', { of: run }) : null;
    expect(report?.lines.join('\n')).toMatch(/omar \(in the terminal\) approved/);
  });
});

/** Four users that every machine has, beside the one that the bot belongs to: dana, omar, dana once more, and nobody. */
async function usersHere(): Promise<readonly User[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  const all = lines.map((line) => ({ name: line.split(':')[0] ?? '', uid: Number(line.split(':')[2]) }));
  return all.filter(({ name, uid }) => uid > 0 && /^[a-z]+$/.test(name)).slice(0, 4);
}

function settings(shop: string): string {
  const [dana, omar, danaElsewhere] = users.map(({ name }) => name);
  return stringify({
    targets: {
      production: { protected: true, default: true, vars: { shop, post_office: 'http://127.0.0.1:9' }, env: { PATH: '/usr/bin:/bin' } },
    },
    roles: { 'lead-developer': { people: [DANA] }, 'devops-engineer': { people: [DANA, OMAR] }, 'database-admin': {}, 'product-owner': {} },
    start: { '*': ['lead-developer'] },
    channels: {},
    terminal: {
      people: {
        [dana ?? '']: { slack: DANA, name: 'dana' },
        [omar ?? '']: { slack: OMAR, name: 'omar' },
        [danaElsewhere ?? '']: { slack: DANA, name: 'dana' },
      },
    },
  });
}

/** Proves to be somebody with a file that is theirs, as a program does that they have started. */
async function speaksAs({ uid }: User): Promise<Says> {
  const challenge = (await post('/challenge', {})) as { file: string; secret: string };
  const proofs = `${database}.proofs`;
  const takeBack = await giveProof(proofs, challenge);
  await chown(path.join(proofs, challenge.file), uid, 0);
  const { session } = (await post('/prove', { secret: challenge.secret })) as { session: string };
  await takeBack();
  return async (verb, params) =>
    ((await post('/rpc', { jsonrpc: '2.0', id: 1, method: verb, params }, session)) as { result: Reply }).result;
}

async function post(where: string, body: Json, session?: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(session !== undefined && { authorization: `Bearer ${session}` }) };
  const answer = await request(`http://rollbot${where}`, { dispatcher: client, method: 'POST', headers, body: JSON.stringify(body) });
  return await answer.body.json();
}

type Followed = {
  readonly seq: number;
  readonly run: { readonly status: string; readonly outcome: string | null };
  readonly waiting: readonly { readonly kind: string; readonly token: string; readonly digest: string }[];
};

/** Hears of a run until something is true of it; the bot answers when there is anything new. */
async function follow<Found>(says: Says, run: string, find: (now: Followed) => Found | undefined): Promise<Found> {
  let after = 0;
  for (;;) {
    const now = (await says('follow', { run, after })).data as unknown as Followed;
    const found = find(now);
    if (found !== undefined) return found;
    after = now.seq;
  }
}

async function asked(says: Says, run: string): Promise<{ readonly token: string; readonly digest: string }> {
  return await follow(says, run, ({ waiting }) => waiting.find(({ kind }) => kind === 'approval'));
}

async function ended(says: Says, run: string): Promise<string> {
  return await follow(says, run, (now) => now.run.outcome ?? undefined);
}

/** An id in what was answered. */
function said({ data, lines }: Reply, name: string): string {
  const id = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Readonly<Record<string, Json>>)[name] : null;
  if (typeof id !== 'string') throw new Error(lines.join(' '));
  return id;
}

async function diary(): Promise<readonly string[]> {
  return (await readFile(path.join(folder, 'shop', 'diary'), 'utf8')).split('\n').filter((line) => line !== '');
}
