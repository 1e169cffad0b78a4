import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { asks, furniture, isAsked } from './conversation.ts';
import { almost, CHANNEL, isCalled, MINUTE, openPaging, pages, stagesOf, timesCalled } from './page-scene.ts';
import { story } from './light-world.ts';

story('mina stays silent, so omar is called, who has it; mina, who answers late, is told so', async ({ world }) => {
  const { dana, mina, omar, clock } = world;
  await openPaging(world);
  const page = await pages(dana, '/page database-admin "restore needed"');
  await isCalled(mina, 'restore needed');
  await dana.sees(/Waiting for mina/, { in: CHANNEL });
  clock.advance(5 * MINUTE);
  await isCalled(omar, 'restore needed');
  await omar.clicks('I have it', { in: '@rollbot' });
  await omar.sees(/You have it/, { in: '@rollbot' });
  await mina.sees(/You were called[^]*omar has it/, { in: '@rollbot' });
  await dana.sees(/omar has it/, { in: CHANNEL });
  await mina.types(`/page ack ${page}`, { in: '#ops' });
  await mina.sees(/omar has it\. Thank you all the same/, { in: '#ops' });
  clock.advance(60 * MINUTE);
  await dana.types('/page list', { in: '#ops' });
  await dana.sees(/1 open page/, { in: '#ops' });
  await omar.types('/page done', { in: '#ops' });
  await omar.sees(/No page waits for you/, { in: '#ops' });
  await omar.types(`/page done ${page}`, { in: '#ops' });
  await omar.sees(/The page is over/, { in: '#ops' });
  await dana.sees(/omar says that it is done/, { in: CHANNEL });
  expect([timesCalled(mina, 'restore needed'), timesCalled(omar, 'restore needed')]).toEqual([1, 1]);
});

story('mina says during the wait that she has it, and nobody else is called', async ({ world }) => {
  const { dana, mina, omar, clock } = world;
  await openPaging(world);
  const page = await pages(dana, '/page database-admin restore needed');
  await isCalled(mina, 'restore needed');
  clock.advance(4 * MINUTE);
  await mina.types('/page ack', { in: '#ops' });
  await mina.sees(/You have it/, { in: '#ops' });
  await dana.sees(/mina has it\.$/, { in: CHANNEL });
  clock.advance(30 * MINUTE);
  await world.app.slack.settled();
  expect(await stagesOf(world, page, 1)).toEqual(['0s mina']);
  expect(timesCalled(omar, 'restore needed')).toBe(0);
});

story('the mail server is away, so omar is called at once instead of waiting for mina', async ({ world }) => {
  const { dana, omar, folder } = world;
  const url = path.join(folder, 'smtp-url');
  await writeFile(url, 'smtp://127.0.0.1:9');
  const paging = `  smtp: { url: { file: ${url} }, from: rollbot@pitchey.example }`;
  await openPaging(world, { mina: 'email: mina@pitchey.example', paging });
  const page = await pages(dana, '/page mina restore needed');
  await isCalled(omar, 'restore needed');
  expect(await stagesOf(world, page, 2)).toEqual(['0s mina', expect.stringMatching(/^\d\ds omar$|^\ds omar$/)]);
  await dana.sees(/mina: mail/, { in: CHANNEL });
  await omar.clicks('I have it', { in: '@rollbot' });
  await omar.sees(/You have it/, { in: '@rollbot' });
  await dana.sees(/omar has it\.$/, { in: CHANNEL });
});

story('everybody stays silent: priya, who asked, reads that, and they are called again until somebody answers', async ({ world }) => {
  const { dana, omar, priya, clock } = world;
  await openPaging(world);
  const page = await pages(priya, '/page database-admin restore needed');
  for (const many of [1, 2, 3]) {
    await stagesOf(world, page, many);
    clock.advance(5 * MINUTE);
  }
  await priya.sees(/priya: Nobody has answered yet/, { in: CHANNEL });
  await priya.sees(/Nobody has answered\. Everybody was called/, { in: CHANNEL });
  clock.advance(15 * MINUTE);
  const stages = await stagesOf(world, page, 4);
  expect(stages.map((each) => each.replace(/^\d+s /, ''))).toEqual(['mina', 'omar', 'dana', 'dana']);
  await expect.poll(() => timesCalled(dana, 'restore needed')).toBe(2);
  await dana.clicks('I have it', { in: '@rollbot' });
  await dana.sees(/You have it/, { in: '@rollbot' });
  await priya.sees(/priya: dana has it/, { in: CHANNEL });
  expect(timesCalled(omar, 'restore needed')).toBe(1);
});

story('the bot is started again in the middle of the wait, twice: omar is called to the second, and once', async ({ world }) => {
  const { dana, mina, omar, clock } = world;
  await openPaging(world);
  const page = await pages(dana, '/page database-admin restore needed');
  await isCalled(mina, 'restore needed');
  await world.restarts(async () => await Promise.resolve(clock.advance(2 * MINUTE)));
  clock.advance(MINUTE);
  await world.restarts();
  await almost(world, page, 5);
  await isCalled(omar, 'restore needed');
  expect(await stagesOf(world, page, 2)).toEqual(['0s mina', expect.stringMatching(/^30[0-2]s omar$/)]);
  expect([timesCalled(mina, 'restore needed'), timesCalled(omar, 'restore needed')]).toEqual([1, 1]);
});

story('omar steps in for dana in the middle of a hand-over, so he is called next, and dana is not', async ({ world }) => {
  const { dana, mina, omar } = world;
  await openPaging(world, {
    stages: ['{ wait: 5m }', '{ wait: 5m }'],
    role: 'on-call: databases\n    contacts: [omar]',
    more: "rotations:\n  databases: { people: [mina, dana], every: day, zone: UTC, at: '03:04', from: 2026-11-23 }",
  });
  const page = await pages(mina, '/page database-admin restore needed');
  await isCalled(mina, 'restore needed');
  await mina.types('/oncall override database-admin omar for 1h', { in: '#ops' });
  await mina.sees(/omar/, { in: '#ops' });
  await omar.sees(/mina has put you on call for database-admin/, { in: '@rollbot' });
  await dana.sees(/mina has put omar on call for database-admin instead of you/, { in: '@rollbot' });
  await almost(world, page, 5);
  await isCalled(omar, 'restore needed');
  expect(await stagesOf(world, page, 2)).toEqual(['0s mina', expect.stringMatching(/^30[0-2]s omar$/)]);
  expect(timesCalled(dana, 'restore needed')).toBe(0);
});

story(
  'nobody approves: omar and mina are called, omar again, then priya; and when omar approves, it is over for all',
  async ({ world }) => {
    const { dana, omar, mina, priya, clock } = world;
    furniture(world);
    await openPaging(world, { approvalAfter: '2m', everybody: 'product-owner' });
    const { channel } = await asks(dana, '/rollback banner');
    await isAsked(omar, 'Clear the banner');
    expect(timesCalled(omar, 'An approval is waited for')).toBe(0);
    clock.advance(2 * MINUTE);
    await isCalled(omar, 'An approval is waited for');
    await isCalled(mina, 'An approval is waited for');
    clock.advance(5 * MINUTE);
    await expect.poll(() => timesCalled(omar, 'An approval is waited for')).toBe(2);
    clock.advance(5 * MINUTE);
    await isCalled(priya, 'An approval is waited for');
    await omar.clicks('Approve', { in: channel });
    await priya.sees(/You were called[^]*It is decided/, { in: '@rollbot' });
    await dana.sees(/done and verified/i, { in: channel });
    expect(timesCalled(dana, 'An approval is waited for')).toBe(0);
  },
);

story('mina has the page of an approval and falls asleep over it, so omar is called again, also over a restart', async ({ world }) => {
  const { dana, omar, mina, clock } = world;
  furniture(world);
  await openPaging(world, { approvalAfter: '2m' });
  const { channel } = await asks(dana, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  clock.advance(2 * MINUTE);
  await isCalled(omar, 'An approval is waited for');
  await isCalled(mina, 'An approval is waited for');
  await mina.clicks('I have it', { in: '@rollbot' });
  const told = await mina.sees(/You have it\. .*Decide within \d+ min/, { in: '@rollbot' });
  expect(told.text).toMatch(/or the next ones are called\.$/);
  await omar.sees(/You were called[^]*mina has it[^]*The next ones are called at/, { in: '@rollbot' });
  clock.advance(4 * MINUTE);
  await world.restarts();
  expect(timesCalled(omar, 'An approval is waited for')).toBe(1);
  clock.advance(3 * MINUTE);
  await expect.poll(() => timesCalled(omar, 'An approval is waited for')).toBe(2);
  await dana.sees(/mina had it, and nothing was decided/, { in: channel });
  await omar.clicks('Approve', { in: channel });
  await mina.sees(/You were called[^]*It is decided/, { in: '@rollbot' });
  await dana.sees(/done and verified/i, { in: channel });
  expect([timesCalled(mina, 'An approval is waited for'), timesCalled(dana, 'An approval is waited for')]).toEqual([1, 0]);
});

story(
  'dana reports lost orders: mina is called once, by the rule and not by what contains them, and hears that it was called off',
  async ({ world }) => {
    const { dana, mina, omar, clock, shop } = world;
    furniture(world);
    await shop.write('delivery', 'it is here');
    await world.edit('procedures/stock.yml', (text) => text.replace('steps:', 'page: [database-admin]\nsteps:'));
    const channel = dana.screen().channels.find(({ name }) => name === CHANNEL)?.id ?? '';
    await openPaging(world, {
      more: `alerts: { channel: ${channel}, sources: {}, routes: [] }
triggers:
  lost:
    title: Orders are lost
    targets: [production]
    when: { kind: event, event: data-corruption }
    procedure: banner
    contain: stock
    mode: propose
    page: [database-admin]
`,
    });
    world.slack.expects(/Orders are lost on production/);
    await dana.types('/rollback report data-corruption Orders of last night are missing', { in: '#ops' });
    await dana.sees(/It is reported on production/, { in: '#ops' });
    const call = await isCalled(mina, 'Orders are lost on production');
    expect(call.text).toMatch(/You are called as database-admin[^]*Orders of last night are missing/);
    await mina.clicks('I have it', { in: '@rollbot' });
    await mina.sees(/You have it/, { in: '@rollbot' });
    await dana.sees(/Page for database-admin[^]*Orders are lost[^]*mina has it/);
    // What contains them is over, and the orders are still lost.
    await dana.sees(/Stock rollback on production[^]*done and verified/);
    clock.advance(30 * MINUTE);
    await dana.clicks('Call it off', { in: CHANNEL });
    world.slack.expects(/[Cc]alled off|called it off/);
    await mina.sees(/You were called[^]*dana has called it off/, { in: '@rollbot' });
    expect([timesCalled(mina, 'You were called'), timesCalled(mina, 'Orders are lost'), timesCalled(omar, 'Orders are lost')]).toEqual([
      1, 1, 0,
    ]);
  },
);
