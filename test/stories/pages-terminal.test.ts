import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { openGateway } from '../paging/gateway.ts';
import type { Gateway } from '../paging/gateway.ts';
import { sitsAtTheHost, typedAtTheHost } from './at-the-host.ts';
import type { Said } from './at-the-host.ts';
import { furniture, nothingIsOwed } from './conversation.ts';
import { storyWith } from './light-world.ts';
import type { LightWorld } from './light-world.ts';
import { CHANNEL, MINUTE, openPaging, timesCalled } from './page-scene.ts';

const story = storyWith(({ people }) => sitsAtTheHost(people, 'omar'));
const SECRET = 'what the gateway and the bot both know';

/** Mina is reached by Slack and by a gateway, and holds the role by name; then Slack goes down. */
async function slackGoesDown(world: LightWorld, more = ''): Promise<Gateway> {
  const { mina, folder, slack } = world;
  const gateway = await openGateway(SECRET);
  const secret = path.join(folder, 'sms-secret');
  await writeFile(secret, SECRET);
  await openPaging(world, {
    mina: `slack: ${mina.id}, webhook: { to: sms, address: '+1 555 0100' }`,
    role: 'contacts: [mina, priya]\n    on-call: databases',
    more: `rotations:\n  databases: { people: [mina, priya], every: day, zone: Europe/London, at: '03:40', from: 2026-11-23 }\n${more}`,
    paging: `  webhooks: { sms: { url: '${gateway.url}', secret: { file: ${secret} } } }`,
  });
  // What Slack says of omar is on disk, because he may use the terminal.
  await expect.poll(async () => await world.app.store.getFact(`person/${world.omar.id}`)).toMatchObject({ status: 'member' });
  await nothingIsOwed(world);
  await slack.faults.outage('refused');
  return gateway;
}

/** What is typed on the host, by whoever sits there. */
async function types(world: LightWorld, ...argv: readonly string[]): Promise<Said> {
  return await typedAtTheHost(world, argv);
}

async function sitsDown(world: LightWorld, name: 'mina' | 'omar'): Promise<void> {
  const user = userInfo().username;
  await world.edit('rollbot.yml', (text) =>
    text.replace(
      /(\n {2}people:\n {4})[^\n]+:\n {6}slack: \w+\n {6}name: \w+/,
      `$1${user}:\n      slack: ${world[name].id}\n      name: ${name}`,
    ),
  );
}

story(
  'Slack is down, so omar pages in the terminal: it goes out by the gateway, mina answers there too, and Slack is told when it is back',
  async ({ world }) => {
    const { dana, mina, omar, slack, clock } = world;
    const gateway = await slackGoesDown(world);
    const called = await types(world, 'page', 'database-admin', 'restore needed');
    expect([called.code, called.err]).toEqual([0, '']);
    expect(called.out).toMatch(/^Paging database-admin \(page \w+\)\.$/m);
    expect(called.out).toMatch(
      /^ {2}03:\d\d:\d\d mina: Slack failed: .+; webhook sent · Not all of database-admin are known now: Slack can't be reached .+$/m,
    );
    expect(called.out).toMatch(/^ {2}Waiting for mina\. omar is called at 03:\d\d:\d\d \(in [45] min/m);
    expect(gateway.taken.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ to: '+1 555 0100', summary: 'restore needed' }]);
    const page = /\(page (\w+)\)/.exec(called.out)?.[1] ?? '';

    expect((await types(world, 'page', 'ack')).err).toBe('No page waits for you. `rollbot page list` shows those that are open.\n');
    expect((await types(world, 'page', 'ack', page)).err).toMatch(
      /This page does not call you\. Ask somebody whom it calls, or a commander/,
    );
    // Who is reached by Slack alone is not reached, and then neither is anybody else: the command says so by its exit status.
    const missed = await types(world, 'page', 'priya', 'what do users see?');
    expect([missed.code, missed.out]).toEqual([1, expect.stringMatching(/priya: Slack failed: Slack can't be reached/)]);
    const other = /\(page (\w+)\)/.exec(missed.out)?.[1] ?? '';
    expect((await types(world, 'page', 'done', other)).out).toBe('The page is over.\n');
    await sitsDown(world, 'mina');
    expect(await types(world, 'page', 'ack')).toMatchObject({ code: 0, out: 'You have it. Everybody who was called can see that.\n' });
    expect((await types(world, 'page', 'list')).out).toMatch(/mina has it since 03:\d\d:\d\d\.\n {2}rollbot page done \w+\n$/);
    clock.advance(30 * MINUTE);

    await slack.faults.recover();
    clock.advance(2 * MINUTE);
    await dana.sees(/Page for database-admin[^]*mina has it[^]*asked for by omar \(in the terminal\) · 2026-11-24 03:00 UTC/, {
      in: CHANNEL,
    });
    await dana.sees(/omar: mina has it/, { in: CHANNEL });
    expect(await types(world, 'page', 'done', page)).toMatchObject({ code: 0, out: 'The page is over.\n' });
    await dana.sees(/mina says that it is done/, { in: CHANNEL });
    await nothingIsOwed(world);
    expect([timesCalled(mina, 'restore needed'), timesCalled(omar, 'restore needed'), gateway.taken.length]).toEqual([0, 0, 1]);
    await gateway.close();
  },
);

story(
  'while Slack is down a vendor has to be asked about the open incident: it is done in the terminal, and Slack and the report tell it',
  async ({ world }) => {
    const { dana, omar, slack, clock, shop } = world;
    furniture(world);
    world.slack.expects(/Stock rollback on production/);
    const gateway = await slackGoesDown(
      world,
      `vendors:
  cloudflare-support:
    title: Cloudflare Support
    support: { email: cloudflare-support@pitchey.example, phone: '+1 555 0100' }
    owner: devops-engineer
`,
    );
    expect(await types(world, 'page', 'cloudflare-support', 'the edge is silent')).toMatchObject({
      code: 64,
      err: expect.stringMatching(/^What is said to a vendor is about an incident\. Say which one: --incident <id>/),
    });
    await shop.write('delivery', 'here');
    expect((await types(world, 'run', 'stock')).code).toBe(0);
    const asked = await types(world, 'page', 'cloudflare-support', 'the edge', 'is silent');
    expect([asked.code, asked.err]).toEqual([0, '']);
    expect(asked.out).toMatch(/^It is the task of omar \(devops-engineer\), with what to say\.$/m);
    expect(asked.out).toMatch(/^ {4}Stock rollback on production on production, since .* the edge is silent$/m);
    expect(asked.out).toMatch(/^ {2}rollbot page mail\|ack\|done cloudflare-support$/m);
    expect(await types(world, 'page', 'ack', 'cloudflare-support')).toMatchObject({ code: 0, out: 'It is your task now.\n' });
    expect((await types(world, 'page', 'list')).out).toMatch(
      /^cloudflare-support {2}Ask Cloudflare Support: the edge is silent\n {2}the task of omar/m,
    );
    const mailed = await typedAtTheHost(world, ['page', 'mail', 'cloudflare-support'], { answers: ['no'] });
    expect(mailed).toMatchObject({ code: 64, err: 'rollbot: Nothing was sent.\n' });
    expect(await types(world, 'page', 'mail', 'cloudflare-support', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/The mail to Cloudflare Support did not go out: .*Say it once more, or ask them another way/),
    });
    expect((await types(world, 'page', 'done', 'cloudflare-support')).out).toBe('It is noted that they were asked.\n');
    expect((await types(world, 'report')).out).toMatch(/Cloudflare Support was asked/);

    await slack.faults.recover();
    clock.advance(2 * MINUTE);
    await dana.sees(/Ask Cloudflare Support[^]*omar \(in the terminal\) says: They were asked/);
    await nothingIsOwed(world);
    expect(timesCalled(omar, 'Cloudflare')).toBe(0);
    await gateway.close();
  },
);

story('while Slack is down mina puts priya on call in the terminal, who reads it when Slack is back', async ({ world }) => {
  const { priya, slack, clock } = world;
  const gateway = await slackGoesDown(world);
  expect((await types(world, 'oncall')).out).toMatch(
    /^database-admin {3}mina until Tue 24 Nov 2026 03:40 Europe\/London, then priya\nproduct-owner {4}priya \(no rotation\)$/m,
  );
  const override = ['oncall', 'override', 'database-admin', 'priya', 'from', '03:30', 'to', '05:00'] as const;
  expect(await types(world, ...override)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Only those who hold the role, and commanders/),
  });
  await sitsDown(world, 'mina');
  expect((await types(world, ...override)).out).toMatch(
    /^priya is on call for database-admin from Tue 24 Nov 2026 03:30 Europe\/London to/,
  );
  const shown = await types(world, 'oncall', 'database-admin');
  expect(shown.out).toMatch(/^ {2}mina by Slack, webhook · on call$/m);
  expect(shown.out).toMatch(/^ {2}override \w+: priya from Tue 24 Nov 2026 03:30 .*, by mina \(in the terminal\)$/m);
  await slack.faults.recover();
  clock.advance(2 * MINUTE);
  await priya.sees(/mina \(in the terminal\) has put you on call for database-admin/, { in: '@rollbot' });
  expect((await types(world, 'oncall', 'cancel', 'database-admin')).out).toMatch(/^The override is cancelled\. mina is on call/);
  await priya.sees(/mina \(in the terminal\) has taken it back/, { in: '@rollbot' });
  await gateway.close();
});
