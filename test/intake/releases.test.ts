import { afterEach, describe, expect, test } from 'vitest';
import type { Asked, ReleaseAnswer } from '../../src/core/component/port.ts';
import { createIntake } from '../../src/intake/index.ts';
import type { Intake } from '../../src/intake/index.ts';
import { silent } from '../slack/house.ts';
import { alertParts } from './alert-samples.ts';
import { NO_LINKS } from './link-samples.ts';

const SECRET = 'a-secret-of-ci';
const YES: ReleaseAnswer = { status: 'done', says: 'yes' };
const HELD = 'Nothing is to be deployed to worker:api on production. It is held since 2026-11-24 03:00 UTC by dana: the cache is cold.';

type Heard = { readonly asked: Asked; readonly version: string };
const started: Intake[] = [];

afterEach(async () => {
  for (const intake of started.splice(0)) await intake.stop();
});

describe('may it be deployed?', () => {
  test('yes', async () => {
    const { url, heard } = await start(async () => await Promise.resolve(YES));
    expect(await get(`${url}/releases/production/worker:api/v1.4.2`)).toEqual([200, { deploy: true }]);
    expect(heard).toEqual([{ asked: { target: 'production', deployable: 'worker:api' }, version: 'v1.4.2' }]);
  });

  test('a version with a slash, and one that is long, arrive as they are', async () => {
    const { url, heard } = await start(async () => await Promise.resolve(YES));
    for (const version of ['release/1.4', 'a'.repeat(200)])
      await get(`${url}/releases/production/worker%3Aapi/${encodeURIComponent(version)}`);
    expect(heard.map(({ version }) => version)).toEqual(['release/1.4', 'a'.repeat(200)]);
  });

  test.each<[string, ReleaseAnswer, number]>([
    ['held', { status: 'refused', why: 'rules', says: HELD }, 409],
    ['no such target', { status: 'refused', why: 'target', says: 'There is no target "prod". Did you mean "production"?' }, 404],
    ['no such deployable', { status: 'refused', why: 'deployable', says: 'There is no deployable "worker:apo" on production.' }, 404],
  ])('no: %s', async (_, answer, status) => {
    const { url } = await start(async () => await Promise.resolve(answer));
    expect(await get(`${url}/releases/production/worker:api/v1.5.0`)).toEqual([status, { deploy: false, says: answer.says }]);
  });

  test('what can not be read is no yes', async () => {
    const { url } = await start(async () => await Promise.reject(new Error('The journal is broken.')));
    expect(await get(`${url}/releases/production/worker:api/v1.5.0`)).toEqual([503, { deploy: false, says: 'The journal is broken.' }]);
  });

  test.each(['%20', '-rf', 'a'.repeat(201), 'v1%0A'])('%s is no version', async (version) => {
    const { url, heard } = await start(async () => await Promise.resolve(YES));
    expect((await get(`${url}/releases/production/worker:api/${version}`))[0]).toBe(400);
    expect(heard).toEqual([]);
  });
});

describe('it was deployed', () => {
  test('is noted from whoever shows the secret', async () => {
    const { url, heard } = await start(async () => await Promise.resolve(YES));
    expect(await post(url, { version: 'v1.4.2' }, `Bearer ${SECRET}`)).toEqual([200, { noted: true }]);
    expect(heard).toEqual([{ asked: { target: 'production', deployable: 'worker:api' }, version: 'v1.4.2' }]);
  });

  test.each([undefined, 'Bearer', 'Bearer wrong', `Basic ${SECRET}`, `Bearer ${SECRET}x`, SECRET])(
    'not from who shows %s',
    async (shown) => {
      const { url, heard } = await start(async () => await Promise.resolve(YES));
      const [status, answer] = await post(url, { version: 'v1.4.2' }, shown);
      expect(status).toBe(401);
      expect(JSON.stringify(answer)).not.toContain(SECRET);
      expect(heard).toEqual([]);
    },
  );

  test('from nobody where rollbot.yml names no secret', async () => {
    const { url, heard } = await start(
      async () => await Promise.resolve(YES),
      async () => await Promise.resolve(null),
    );
    const [status, answer] = await post(url, { version: 'v1.4.2' }, 'Bearer null');
    expect([status, answer]).toMatchObject([403, { says: expect.stringContaining('add ci: { secret: { env: NAME } }') }]);
    expect(heard).toEqual([]);
  });

  test('from nobody while the secret can not be read', async () => {
    const { url } = await start(async () => await Promise.resolve(YES), unreadable);
    expect(await post(url, { version: 'v1.4.2' }, `Bearer ${SECRET}`)).toMatchObject([503, { says: expect.stringContaining('not set') }]);
  });

  test.each([{}, { version: '' }, { version: 4 }, { version: 'v1', target: 'staging' }, { version: '-rf' }, []])(
    '%j is no report',
    async (body) => {
      const { url, heard } = await start(async () => await Promise.resolve(YES));
      expect((await post(url, body, `Bearer ${SECRET}`))[0]).toBe(400);
      expect(heard).toEqual([]);
    },
  );

  test('a report that is too large is not read', async () => {
    const { url } = await start(async () => await Promise.resolve(YES));
    expect((await post(url, { version: 'v'.repeat(5000) }, `Bearer ${SECRET}`))[0]).toBe(413);
  });

  test('a place that is not there is said with its nearest names', async () => {
    const { url } = await start(
      async () => await Promise.resolve({ status: 'refused', why: 'target', says: 'Did you mean "production"?' }),
    );
    expect(await post(url, { version: 'v1' }, `Bearer ${SECRET}`)).toEqual([404, { says: 'Did you mean "production"?' }]);
  });
});

async function unreadable(): Promise<never> {
  return await Promise.reject(new Error('The secret of CI is read from the variable CI, which is not set.'));
}

async function unready(): Promise<readonly string[]> {
  return await Promise.resolve(['Slack is not connected']);
}

async function start(
  answer: () => Promise<ReleaseAnswer>,
  ciSecret: () => Promise<string | null> = async () => await Promise.resolve(SECRET),
): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  async function hear(asked: Asked, version: string): Promise<ReleaseAnswer> {
    heard.push({ asked, version });
    return await answer();
  }
  const releases = { mayDeploy: hear, noteDeployed: hear };
  const intake = createIntake({ port: 0, host: '127.0.0.1', log: silent, unready, releases, ciSecret, ...NO_LINKS, ...alertParts() });
  started.push(intake);
  return { url: `http://127.0.0.1:${await intake.start()}`, heard };
}

async function get(url: string): Promise<[number, unknown]> {
  const answer = await fetch(url);
  return [answer.status, await answer.json()];
}

async function post(url: string, body: unknown, authorization: string | undefined): Promise<[number, unknown]> {
  const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) };
  const answer = await fetch(`${url}/releases/production/worker:api`, { method: 'POST', headers, body: JSON.stringify(body) });
  return [answer.status, await answer.json()];
}
