import { beforeEach, describe, expect, test } from 'vitest';
import { account, COMMITS, NOBODY, standingIn, zone } from './standing-in.ts';

const stand = standingIn();
const PROJECT = `${account}/pages/projects/shop-web`;
beforeEach(async () => {
  stand.cloudflare().rewind(COMMITS);
  await stand.clock.pass(10_000);
});

type Build = { readonly id: string; readonly environment: string; readonly latest_stage: { readonly status: string } };
async function builds(query = ''): Promise<readonly Build[]> {
  const { result } = await stand.ask('GET', `${PROJECT}/deployments${query}`);
  return Array.isArray(result) ? (result as readonly Build[]) : [];
}
async function buildOf(commit: string, environment: string): Promise<string> {
  const all = (await builds(`?env=${environment}`)) as readonly (Build & { deployment_trigger: { metadata: { commit_hash: string } } })[];
  return all.find((build) => build.deployment_trigger.metadata.commit_hash === commit)?.id ?? 'none';
}
const rollBackTo = async (id: string) => await stand.ask('POST', `${PROJECT}/deployments/${id}/rollback`);
const purge = async (body: unknown) => await stand.ask('POST', `${zone}/purge_cache`, { body });
async function look(path = '/build.json') {
  const answer = stand.cloudflare().site.serve(path);
  return { cache: answer.headers.get('cf-cache-status'), says: await answer.text() };
}

describe('the frontend', () => {
  test('has its builds listed, newest first, by environment', async () => {
    expect((await builds()).map(({ environment, latest_stage }) => [environment, latest_stage.status])).toEqual([
      ['production', 'success'],
      ['production', 'failure'],
      ['preview', 'success'],
      ['production', 'success'],
    ]);
    expect(await builds('?env=production')).toHaveLength(3);
  });

  test('goes back to a build that was good, and forward again', async () => {
    for (const commit of [COMMITS.good, COMMITS.newest]) {
      const id = await buildOf(commit, 'production');
      expect(await rollBackTo(id)).toMatchObject({ success: true, result: { id } });
      expect((await stand.ask('GET', PROJECT)).result).toMatchObject({ canonical_deployment: { id } });
      expect((await stand.ask('GET', `${PROJECT}/deployments/${id}`)).result).toMatchObject({ id, environment: 'production' });
    }
  });

  test.each([
    ['a preview', async () => await buildOf(COMMITS.bad, 'preview'), 400],
    ['a build that failed', async () => await buildOf(COMMITS.bad, 'production'), 400],
    ['a build that does not exist', async () => await Promise.resolve(NOBODY), 404],
  ])('does not go back to %s', async (_what, find, status) => {
    const before = (await stand.ask('GET', PROJECT)).result['canonical_deployment'];
    expect(await rollBackTo(await find())).toMatchObject({ status, success: false });
    expect((await stand.ask('GET', PROJECT)).result['canonical_deployment']).toEqual(before);
  });

  test('of another name does not exist', async () => {
    expect(await stand.ask('GET', `${account}/pages/projects/shop-emergency`)).toMatchObject({ status: 404, code: 8_000_007 });
  });
});

describe('the cache before it', () => {
  test('keeps what it has until it is purged, whatever was rolled back', async () => {
    expect(await look()).toMatchObject({ cache: 'MISS', says: expect.stringContaining('broken') });
    await rollBackTo(await buildOf(COMMITS.good, 'production'));
    expect(await look()).toMatchObject({ cache: 'HIT', says: expect.stringContaining('broken') });
    expect((await purge({ purge_everything: true })).success).toBe(true);
    expect(await look()).toMatchObject({ cache: 'MISS', says: expect.stringContaining(COMMITS.good) });
  });

  test.each([
    ['files', { files: ['https://www.shop.example/assets/app.js'] }, ['/assets/app.js']],
    ['files with headers', { files: [{ url: 'https://www.shop.example/', headers: {} }] }, ['/']],
    ['tags', { tags: ['build', 'assets'] }, ['/build.json', '/assets/app.js']],
    ['the host', { hosts: ['www.shop.example'] }, ['/', '/build.json', '/assets/app.js']],
    ['another host', { hosts: ['api.shop.example'] }, []],
    ['prefixes', { prefixes: ['www.shop.example/assets'] }, ['/assets/app.js']],
  ])('forgets what is named by %s, and nothing else', async (_what, body, forgotten) => {
    const paths = ['/', '/build.json', '/assets/app.js'];
    for (const path of paths) await look(path);
    expect(await purge(body)).toMatchObject({ success: true });
    const missed = await Promise.all(paths.map(async (path) => ((await look(path)).cache === 'MISS' ? path : null)));
    expect(missed.filter((path) => path !== null)).toEqual(forgotten);
  });

  test.each([
    ['nothing', {}, 400, 1012],
    ['everything, but no', { purge_everything: false }, 400, 1012],
    ['two ways at once', { purge_everything: true, tags: ['pages'] }, 400, 1012],
    ['an empty list', { files: [] }, 400, 1012],
    ['a way that there is not', { urls: ['https://www.shop.example/'] }, 400, 1012],
    ['a hundred and one', { tags: Array.from({ length: 101 }, (_, each) => `tag-${each}`) }, 400, 1094],
    ['what is in another zone', { files: ['https://example.com/'] }, 400, 1016],
    ['what is no address', { files: ['/build.json'] }, 400, 1016],
    ['a host of another zone', { hosts: ['shop.example.com'] }, 400, 1016],
  ])('is not purged of %s', async (_what, body, status, code) => {
    await look();
    expect(await purge(body)).toMatchObject({ status, success: false, code });
    expect((await look()).cache).toBe('HIT');
  });

  test('says how old a copy is, and has forgotten nothing where it is told in vain', async () => {
    await look();
    await stand.clock.pass(90_000);
    expect(stand.cloudflare().site.serve('/build.json').headers.get('age')).toBe('90');
    stand.faults.add('cloudflare-purge-ignored');
    expect(await purge({ purge_everything: true })).toMatchObject({ success: true });
    stand.faults.delete('cloudflare-purge-ignored');
    expect((await look()).cache).toBe('HIT');
    expect(await purge({ purge_everything: true })).toMatchObject({ success: true });
    expect(stand.cloudflare().site.serve('/build.json').headers.has('age')).toBe(false);
  });

  test('is purged so and so often, and again when a second has passed', async () => {
    const statuses: number[] = [];
    for (let each = 0; each < 26; each += 1) statuses.push((await purge({ tags: ['pages'] })).status);
    expect(statuses).toEqual([...Array.from({ length: 25 }, () => 200), 429]);
    expect(await purge({ tags: ['pages'] })).toMatchObject({ code: 1134 });
    await stand.clock.pass(1000);
    expect((await purge({ tags: ['pages'] })).status).toBe(200);
  });
});
