import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { StreamId } from '../../src/core/brand.ts';
import { danaAsks, furniture } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld, Shop } from './light-world.ts';

const STREAM = 'component/production/shop:front' as StreamId<'component'>;
const FRONT = `
title: Shop front rollback
component: Shop front
locks: [shop:front]
params:
  to: { about: The version to return to, pattern: 'v[0-9]+', default: last-good, of: shop:front }
preflight:
  - id: running
    title: The version that runs is known
    http: '\${target.front}/version'
    outputs: { version: { pointer: /version, pattern: 'v[0-9]+' } }
steps:
  - id: deploy
    title: Deploy the shop front
    effect: guarded
    check: { shell: { env: { SHOP: '\${target.shop}', TO: '\${params.to}' }, script: '[[ $(<"$SHOP/version") == "$TO" ]]' } }
    shell: { env: { SHOP: '\${target.shop}', TO: '\${params.to}' }, script: 'echo "$TO" >"$SHOP/version"; echo "deployed $TO" >>"$SHOP/diary"' }
    undo: { none: run it again with another version }
    releases: { deployable: shop:front, version: '\${params.to}', instead-of: '\${steps.running.version}' }
verify:
  - { title: The shop front is up, http: '\${target.front}/health' }
`;
const WATCHED = `    deployables:
      shop:front:
        version: { http: '\${target.front}/version', pointer: /version }
        healthy: { http: '\${target.front}/health' }
        every: 10s
`;

story('a rollback goes back to what dana called good, and what it came back from is held until she lifts it', async ({ world }) => {
  const { dana, lee, shop } = world;
  furniture(world);
  await openFront(world);
  await lee.types('/rollback good shop:front v1', { in: '#ops' });
  await lee.sees(/You are not in a role that may do this[^]*lead-developer/);
  await dana.types('/rollback good shop:front v1 production "a quiet week"', { in: '#ops' });
  await dana.sees('shop:front v1 counts as good on production from now on.');

  await shop.write('version', 'v2');
  await dana.types('/rollback front --dry-run', { in: '#ops' });
  const dry = await dana.sees(/Dry run: Shop front rollback/);
  expect(dry.text).toMatch(/to=v1 \(the last good version: verified on 2026-11-\d\d \d\d:\d\d UTC by dana\)/);

  const { run, channel } = await danaAsks(world, '/rollback front');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['deployed v1']);
  const [status, answer] = await mayDeploy(world, 'v2');
  expect(status).toBe(409);
  expect(answer).toMatchObject({ deploy: false, says: expect.stringContaining(`by run ${run}: Shop front rollback.`) });
  expect(answer).toMatchObject({ says: expect.stringMatching(/Lift it with \/rollback unhold shop:front production$/) });
  expect(await mayDeploy(world, 'v1')).toEqual([200, { deploy: true }]);

  await dana.types('/rollback releases shop:front production', { in: '#ops' });
  const list = await dana.sees(/One deployable/);
  expect(list.text).toMatch(new RegExp(`Held since .* by run ${run}: Shop front rollback`));
  expect(list.text).toMatch(new RegExp(`v1 since .*deployed by a run ${run}.*runs now.*good since .*, said by dana: a quiet week`));
  expect(list.text).toMatch(new RegExp(`v2 since .*doubted by run ${run}`));

  await dana.types('/rollback unhold shop:front production mended', { in: '#ops' });
  await dana.sees('shop:front is no longer held on production.');
  expect(await mayDeploy(world, 'v2')).toEqual([200, { deploy: true }]);
});

story('where no version is good, the order is refused and says how to name one; a doubted one is none', async ({ world }) => {
  const { dana, shop } = world;
  await openFront(world);
  await shop.write('version', 'v2');
  await dana.types('/rollback front', { in: '#ops' });
  await dana.sees(/production has no last good version of shop:front\. Name one with to=<commit>, say which is good with \/rollback good/);
  await dana.types('/rollback good shop:front v1 production', { in: '#ops' });
  await dana.sees(/counts as good/);
  await dana.types('/rollback doubt shop:front v1 production "it lost orders"', { in: '#ops' });
  await dana.sees('shop:front v1 is doubted on production, and no rollback goes back to it.');
  await dana.types('/rollback front staging', { in: '#general' });
  await dana.sees(/staging has no last good version of shop:front/, { in: '#general' });
  await dana.types('/rollback front production', { in: '#general' });
  await dana.sees(/production has no last good version of shop:front/, { in: '#general' });
  expect(await shop.diary()).toEqual([]);
});

story('whoever mistypes reads the nearest names, and nothing is said about anything else', async ({ world }) => {
  const { dana } = world;
  await openFront(world);
  const slips: readonly (readonly [string, RegExp])[] = [
    ['/rollback hold shop:frnot', /There is no deployable "shop:frnot" on production\. Did you mean "shop:front"\?/],
    ['/rollback hold shop:front stagin', /There is no target "stagin"\. Did you mean "staging"\?/],
    ['/rollback hold', /Type it as \/rollback hold <deployable> \[target\] \[reason\]/],
    ['/rollback good shop:front v11', /This version was never seen running here\. Did you mean "v1"\? Seen last: v1\./],
    ['/rollback unhold shop:front', /It is not held, so nothing was changed/],
    ['/rollback releases shop:bakc', /There is no deployable "shop:bakc" on production/],
    ['/rollback releases shop:front prodction', /There is no target "prodction"\. Did you mean "production"\?/],
  ];
  for (const [command, reads] of slips) {
    await dana.types(command, { in: '#ops' });
    expect((await dana.sees(reads)).kind).toBe('ephemeral');
  }
  await dana.types('/rollback hold shop:front "the sale is on"', { in: '#ops' });
  await dana.sees(/shop:front is held on production: who asks before deploying is told no/);
  await dana.types('/rollback hold shop:front', { in: '#ops' });
  await dana.sees(/It is held already, so nothing was changed\. It is held since .* by dana: the sale is on\./);
});

story('CI is answered and heard, whether Slack is there or not', async ({ world }) => {
  await openFront(world);
  await world.slack.close();
  expect(await mayDeploy(world, 'v7')).toEqual([200, { deploy: true }]);
  expect(await call(world, '/releases/prodction/shop:front/v7')).toMatchObject([
    404,
    { deploy: false, says: expect.stringContaining('Did you mean "production"?') },
  ]);
  expect(await report(world, 'v7', 'wrong')).toMatchObject([401, {}]);
  expect(await report(world, 'v7', 'ci-secret-of-the-story')).toEqual([200, { noted: true }]);
  expect((await world.app.store.load(STREAM)).state).toMatchObject({
    running: 'v7',
    releases: [{ version: 'v1' }, { version: 'v7', how: 'ci' }],
  });
});

/** A shop front at v1 that is up and watched, with a procedure that rolls it back. */
async function openFront(world: LightWorld): Promise<void> {
  const { shop, folder, app, clock } = world;
  await shop.write('version', 'v1');
  const front = await serve(shop);
  await writeFile(path.join(folder, 'procedures', 'front.yml'), FRONT);
  const secret = path.join(folder, 'ci-secret');
  await writeFile(secret, 'ci-secret-of-the-story\n');
  await world.edit('rollbot.yml', (text) =>
    text
      .replaceAll(/^ {4}env:/gm, `      front: ${front}\n${WATCHED}    env:`)
      .replace('- banner', '- front\n      - banner')
      .concat(`ci: { secret: { file: ${secret} } }\n`),
  );
  clock.advance(30_000);
  await expect
    .poll(async () => (await app.store.load(STREAM)).state, { timeout: 60_000 })
    .toMatchObject({ running: 'v1', health: { is: 'healthy' } });
}

/** What the shop front says about itself, for as long as the story goes on. */
async function serve(shop: Shop): Promise<string> {
  const server = createServer((request, response) => {
    void shop.read('version').then((version) => response.end(JSON.stringify(request.url === '/version' ? { version } : { up: true })));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function mayDeploy(world: LightWorld, version: string): Promise<readonly [number, unknown]> {
  return await call(world, `/releases/production/shop:front/${version}`);
}

async function report(world: LightWorld, version: string, secret: string): Promise<readonly [number, unknown]> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
  return await call(world, '/releases/production/shop:front', { method: 'POST', headers, body: JSON.stringify({ version }) });
}

async function call({ app }: LightWorld, place: string, init: RequestInit = {}): Promise<readonly [number, unknown]> {
  const answer = await fetch(`http://127.0.0.1:${app.port}${place}`, init);
  return [answer.status, await answer.json()];
}
