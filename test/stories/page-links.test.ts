import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { openMailHost } from '../paging/mail-host.ts';
import { CHANNEL, isCalled, MINUTE, openPaging, pages, stagesOf, timesCalled } from './page-scene.ts';
import { story } from './light-world.ts';

story(
  'a scanner opens the link in mina’s mail, which answers for nobody; mina presses its button, and everybody sees it',
  async ({ world }) => {
    const { dana, mina, omar, clock, folder, app } = world;
    const host = await openMailHost();
    const [smtp, secret] = [path.join(folder, 'smtp-url'), path.join(folder, 'link-secret')];
    await writeFile(smtp, `smtp://127.0.0.1:${host.port}`);
    await writeFile(secret, 'a secret that signs links and nothing else');
    await openPaging(world, {
      mina: `slack: ${mina.id}, email: mina@pitchey.example`,
      paging: `  smtp: { url: { file: ${smtp} }, from: rollbot@pitchey.example }
  link: https://rollbot.pitchey.example
  link-secret: { file: ${secret} }`,
    });
    const page = await pages(dana, '/page database-admin restore needed');
    await isCalled(mina, 'restore needed');
    await expect.poll(() => host.received.length, { timeout: 60_000 }).toBe(1);
    const { pathname, search, hostname } = linkIn(host.received[0]?.raw ?? '');
    expect([hostname, pathname]).toEqual(['rollbot.pitchey.example', `/pages/${page}/acknowledge`]);
    const at = `http://127.0.0.1:${app.port}${pathname}${search}`;

    const form = await fetch(at);
    expect(form.status).toBe(200);
    expect(await form.text()).toMatch(/Do you have it, mina\?[^]*<form method="post">/);
    const forged = await fetch(at.replace('contact=mina', 'contact=omar'), { method: 'POST' });
    expect(forged.status).toBe(403);
    await dana.types('/page list', { in: '#ops' });
    await dana.sees(/Waiting for mina/, { in: '#ops' });

    const answered = await fetch(at, { method: 'POST' });
    expect([answered.status, await answered.text()]).toEqual([200, expect.stringContaining('You have it.')]);
    await mina.sees(/You were called[^]*mina has it/, { in: '@rollbot' });
    await dana.sees(/Page for database-admin[^]*mina has it/, { in: CHANNEL });
    await dana.sees(/dana: mina has it/, { in: CHANNEL });
    clock.advance(30 * MINUTE);
    await world.app.slack.settled();
    expect(await stagesOf(world, page, 1)).toEqual(['0s mina']);
    expect([timesCalled(omar, 'restore needed'), host.received.length]).toEqual([0, 1]);
    clock.advance(60 * MINUTE);
    expect((await fetch(at, { method: 'POST' })).status).toBe(410);
    await host.close();
  },
);

/** The address that stands in a mail, whose long lines were folded on their way. */
function linkIn(raw: string): URL {
  const text = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return new URL(/https:\/\/\S+\/acknowledge\S+/.exec(text)?.[0] ?? 'about:nothing');
}
