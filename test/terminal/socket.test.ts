import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, link, lstat, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { Client, request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realClock, realIds } from '../../src/clock.ts';
import type { Json } from '../../src/core/digest.ts';
import { createTerminalDoor, linkTo, ownUser } from '../../src/terminal/index.ts';
import type { TerminalDesk } from '../../src/terminal/index.ts';
import { giveProof } from '../../src/terminal/socket/proof.ts';
import { keepingLog } from '../contracts/store/subject.ts';

let folder: string;
let database: string;
let came: { readonly user: { readonly uid: number; readonly name: string }; readonly verb: string; readonly params: Json }[];
let close: () => Promise<void>;

const desk: TerminalDesk = async (user, verb, params) => {
  came.push({ user, verb, params });
  return await Promise.resolve({ status: 'done', why: null, lines: ['here it is'], data: { seen: true } });
};

async function openDoor(): Promise<string | null> {
  const door = createTerminalDoor({ database, desk, clock: realClock, ids: realIds, log: keepingLog([]) });
  close = async () => await door.close();
  return await door.open();
}

beforeEach(async () => {
  folder = await mkdtemp('/tmp/rollbot-socket-');
  await chmod(folder, 0o770);
  database = path.join(folder, 'rollbot.db');
  came = [];
  close = async () => await Promise.resolve();
});

afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

/** Speaks to the socket as somebody would who does not keep to what the client does. */
async function post(
  where: string,
  body: Json,
  session?: string,
): Promise<{ readonly status: number; readonly body: Record<string, string> }> {
  const dispatcher = new Client('http://rollbot', { socketPath: `${database}.sock` });
  const headers = { 'content-type': 'application/json', ...(session !== undefined && { authorization: `Bearer ${session}` }) };
  const answer = await request(`http://rollbot${where}`, { dispatcher, method: 'POST', headers, body: JSON.stringify(body) });
  const read = (await answer.body.json()) as Record<string, string>;
  await dispatcher.close();
  return { status: answer.statusCode, body: read };
}

async function challenge(): Promise<{ readonly file: string; readonly secret: string }> {
  const { body } = await post('/challenge', {});
  return { file: body['file'] ?? '', secret: body['secret'] ?? '' };
}

const proofs = (): string => `${database}.proofs`;
const prove = async (secret: string): Promise<number> => (await post('/prove', { secret })).status;

test('who asks is who the system says, whatever they say themselves', async () => {
  expect(await openDoor()).toBeNull();
  const linked = await linkTo(database);
  if (linked.status !== 'linked') throw new Error(linked.status);
  expect(await linked.link.call('status', { user: 'omar', uid: 0 })).toEqual({
    status: 'done',
    why: null,
    lines: ['here it is'],
    data: { seen: true },
  });
  expect(came).toEqual([{ user: ownUser(), verb: 'status', params: { user: 'omar', uid: 0 } }]);
  await linked.link.close();
});

test('the socket is for its owner and the group, and what proves people is for makers of files only', async () => {
  await openDoor();
  expect((await lstat(`${database}.sock`)).mode & 0o777).toBe(0o660);
  expect((await lstat(proofs())).mode & 0o7777).toBe(0o3770);
});

describe('nobody is let in who', () => {
  test('proves nothing', async () => {
    await openDoor();
    const call = { jsonrpc: '2.0', id: 1, method: 'status', params: {} };
    expect((await post('/rpc', call)).status).toBe(401);
    expect((await post('/rpc', call, 'made-up')).status).toBe(401);
    expect(await prove('made-up')).toBe(401);
    const { secret } = await challenge();
    expect(await prove(secret)).toBe(401);
  });

  test('writes something else than was asked for', async () => {
    await openDoor();
    const { file, secret } = await challenge();
    await writeFile(path.join(proofs(), file), secret);
    expect(await prove(secret)).toBe(401);
  });

  test.each(['a link', 'another name', 'the name of a pipe'] as const)(
    'shows %s of a file instead of a file of their own',
    async (what) => {
      await openDoor();
      const { file, secret } = await challenge();
      const elsewhere = { file: 'elsewhere', secret };
      await giveProof(proofs(), elsewhere);
      const place = path.join(proofs(), file);
      if (what === 'a link') await symlink(path.join(proofs(), 'elsewhere'), place);
      if (what === 'another name') await link(path.join(proofs(), 'elsewhere'), place);
      if (what === 'the name of a pipe') await once(spawn('mkfifo', [place]), 'close');
      expect(await prove(secret)).toBe(401);
    },
  );

  test('moves a file here that somebody was led to make elsewhere', async () => {
    await openDoor();
    const { file, secret } = await challenge();
    const trap = path.join(folder, 'trap');
    await mkdir(trap);
    await giveProof(trap, { file, secret });
    await rename(path.join(trap, file), path.join(proofs(), file));
    expect(await prove(secret)).toBe(401);
  });

  test('tries a challenge twice', async () => {
    await openDoor();
    const asked = await challenge();
    expect(await prove(asked.secret)).toBe(401);
    await giveProof(proofs(), asked);
    expect(await prove(asked.secret)).toBe(401);
  });
});

test('a good proof opens one session', async () => {
  await openDoor();
  const asked = await challenge();
  await giveProof(proofs(), asked);
  const { status, body } = await post('/prove', { secret: asked.secret });
  expect(status).toBe(200);
  const { status: called } = await post('/rpc', { jsonrpc: '2.0', id: 1, method: 'status', params: {} }, body['session'] ?? '');
  expect([called, came.map(({ user }) => user.uid)]).toEqual([200, [userInfo().uid]]);
});

test('what a dead bot has left is no hindrance', async () => {
  const dead = createServer().listen(`${database}.sock`);
  await once(dead, 'listening');
  // It goes without taking its socket along, as after SIGKILL.
  await rename(`${database}.sock`, `${database}.kept`);
  dead.close();
  await once(dead, 'close');
  await rename(`${database}.kept`, `${database}.sock`).catch(async () => await writeFile(`${database}.sock`, ''));
  expect(await openDoor()).toBeNull();
  expect((await linkTo(database)).status).toBe('linked');
});

test('where no bot is there is nobody, also behind a dead socket', async () => {
  expect(await linkTo(database)).toEqual({ status: 'nobody' });
  await openDoor();
  await close();
  expect(await linkTo(database)).toEqual({ status: 'nobody' });
});

test('a folder that everybody may write to gets no socket, and neither does a path that is too long', async () => {
  await chmod(folder, 0o777);
  expect(await openDoor()).toBe(
    `Everybody on this machine may write to ${folder}, so nobody can be trusted there. Take that away: chmod o-w ${folder}`,
  );
  database = path.join(folder, 'a'.repeat(120), 'rollbot.db');
  expect(await openDoor()).toMatch(/is too long for a socket. Keep the database in a folder with a shorter name/);
});

test('what is no socket is not spoken to', async () => {
  await writeFile(`${database}.sock`, '');
  expect(await linkTo(database)).toEqual({ status: 'refused', says: `${database}.sock is no socket. Remove it, and start the bot again.` });
});

/** Only root can be somebody else. */
describe.skipIf(userInfo().uid !== 0)('another user of the machine', () => {
  const NOBODY = 65_534;
  const ASK = `
    const { linkTo } = await import('./src/terminal/index.ts');
    const linked = await linkTo(process.argv[1]);
    if (linked.status === 'linked') { await linked.link.call('status', { uid: 0, name: 'root' }); await linked.link.close(); }
    console.log(JSON.stringify(linked.says ?? linked.status));`;

  async function askAs(gid: number): Promise<string> {
    const program = spawn(process.execPath, ['--input-type=module', '-e', ASK, database], {
      uid: NOBODY,
      gid,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said: string[] = [];
    program.stdout.on('data', (chunk) => said.push(String(chunk)));
    await once(program, 'close');
    return said.join('').trim();
  }

  test('in the group is who they are, and not who they say', async () => {
    await openDoor();
    expect(await askAs(0)).toBe('"linked"');
    expect(came).toMatchObject([{ user: { uid: NOBODY, name: 'nobody' } }]);
  });

  test('outside of the group is not heard', async () => {
    await openDoor();
    await chmod(folder, 0o775);
    expect(await askAs(NOBODY)).toMatch(/You may not speak to the bot at .*\.sock\. Have somebody put you into the group/);
    expect(came).toEqual([]);
  });

  test('who has put a socket of their own there is not spoken to', async () => {
    const server = createServer().listen(`${database}.sock`);
    await once(server, 'listening');
    const { chown } = await import('node:fs/promises');
    await chown(`${database}.sock`, NOBODY, NOBODY);
    expect(await linkTo(database)).toMatchObject({
      status: 'refused',
      says: expect.stringMatching(/belongs to the user 65534, and its folder to 0, so it is not trusted/),
    });
    server.close();
  });
});
