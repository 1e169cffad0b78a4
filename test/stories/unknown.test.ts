import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { danaAsks, furniture, inTheSameInstant, isAsked } from './conversation.ts';
import type { Asked } from './conversation.ts';
import { NOBODY, story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const THREE = ['It happened', 'It did not: run it again', 'Stop here'];

story('the letter goes out and nobody hears of it in time: dana looks, says that it happened, and the run goes on', async ({ world }) => {
  const { dana, omar, shop } = world;
  const { channel } = await aLetterIsLost(world, 'slow');
  const unknown = await dana.sees(/Did it happen\?/, { in: channel });
  expect(unknown.buttons).toEqual(THREE);
  expect(unknown.text).toContain('Nobody knows whether this step happened: it took too long and was ended.');
  expect(unknown.text).toContain('echo "apology sent"');
  await dana.sees(/unknown: nobody knows whether it happened/, { in: channel });
  expect(omar.messages(channel).filter(({ text }) => /verified/.test(text))).toEqual([]);

  await dana.clicks('It happened');
  await dana.sees(/dana says that it happened/, { in: channel });
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['apology sent', 'noted']);
});

story('the postman slept: it did not happen, and to run it again takes a new approval', async ({ world }) => {
  const { dana, omar, shop } = world;
  const { channel, first } = await aLetterIsLost(world, 'asleep');
  await dana.sees(/Did it happen\?/, { in: channel });
  expect(await shop.diary()).toEqual([]);
  await shop.write('postman', 'quick');
  await dana.clicks('It did not: run it again');
  await dana.sees(/dana says that it did not happen, so it runs again/, { in: channel });
  const second = await omar.sees(/Approval needed[^]*attempt 2/, { in: channel });
  expect(second.text).not.toContain(`digest ${first}`);
  expect(await shop.diary()).toEqual([]);

  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['apology sent', 'noted']);
});

story('nobody can tell: Stop here ends the run, gives back its claim, and nothing else is done', async ({ world }) => {
  const { dana, shop } = world;
  const { run, channel } = await aLetterIsLost(world, 'slow');
  await dana.sees(/Did it happen\?/, { in: channel });
  await dana.clicks('Stop here');
  await dana.sees(/dana stopped here, without knowing whether it happened/, { in: channel });
  await dana.sees(/octagonal_sign: Stopped/, { in: channel });
  expect(await shop.diary()).toEqual(['apology sent']);
  expect(await world.app.store.claims()).toEqual([]);

  await dana.types('/incident close', { in: channel });
  const refused = await dana.sees(/Say why it may be closed all the same/);
  expect(refused.text).toContain(`newsletter (${run}) ended stopped`);
});

story('lee may not say what became of it, and of two who say it the first counts', async ({ world }) => {
  const { dana, omar, lee, shop, slack } = world;
  const { channel } = await aLetterIsLost(world, 'slow');
  await dana.sees(/Did it happen\?/, { in: channel });
  await omar.sees(/Did it happen\?/, { in: channel });
  slack.admin.addMember(channel, 'lee');
  await lee.clicks('It happened');
  await lee.sees(/You are not in a role that may do this/);
  await inTheSameInstant(
    world,
    () => dana.clicks('It happened'),
    () => omar.clicks('It did not: run it again'),
  );
  slack.expects(/Somebody has settled this already, so your click changed nothing/);
  const settled = await dana.sees(/(dana|omar) says that it (happened|did not happen)/, { in: channel });
  if (settled.text.includes('omar says')) await isAsked(omar, 'Send the apology');
  else await dana.sees(/done and verified/i, { in: channel });
  expect((await shop.diary()).filter((line) => line === 'apology sent')).toHaveLength(1);
});

story('the connection is lost before the post office answers: it has the letter once, and it is not handed in again', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const office = await aPostOffice();
  try {
    await world.edit('rollbot.yml', (text) => text.replace(NOBODY, office.url));
    const { channel } = await danaAsks(world, '/rollback newsletter by=post-office');
    await isAsked(omar, 'Hand the apology in');
    await omar.clicks('Approve');
    const unknown = await dana.sees(/Did it happen\?/, { in: channel });
    expect(unknown.text).toContain('the connection was lost before an answer came');
    expect(unknown.buttons).toEqual(THREE);
    await world.restarts();
    await dana.clicks('It happened');
    await dana.sees(/done and verified/i, { in: channel });
    expect(office.letters()).toEqual(['{"text":"We are sorry"}']);
    expect(await shop.diary()).toEqual(['noted']);
  } finally {
    await office.close();
  }
});

/** A run of the newsletter whose letter was approved, and of which nobody knows whether it went out. */
async function aLetterIsLost(world: LightWorld, postman: 'slow' | 'asleep'): Promise<Asked & { readonly first: string }> {
  furniture(world);
  await world.shop.write('postman', postman);
  const asked = await danaAsks(world, '/rollback newsletter');
  const request = await isAsked(world.omar, 'Send the apology');
  await world.omar.clicks('Approve');
  await world.dana.sees(/omar approved/, { in: asked.channel });
  return { ...asked, first: /digest (\w{8})/.exec(request.text)?.[1] ?? '' };
}

/** Takes every letter, and cuts the line instead of saying so. */
async function aPostOffice(): Promise<{ readonly url: string; letters(): readonly string[]; close(): Promise<void> }> {
  const letters: string[] = [];
  const server = createServer((request) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      letters.push(body);
      request.socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    letters: () => letters,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
