import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { openMailHost } from '../paging/mail-host.ts';
import type { MailHost } from '../paging/mail-host.ts';
import { furniture } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MINUTE = 60_000;

/** The mail server of this story takes mail, updates for the business go to a list, and one vendor is asked by mail. */
async function openMails(world: LightWorld): Promise<MailHost> {
  const host = await openMailHost();
  const smtp = path.join(world.folder, 'smtp-url');
  await writeFile(smtp, `smtp://127.0.0.1:${host.port}`);
  await world.edit(
    'rollbot.yml',
    (text) => `${text}
contacts:
  omar: { name: Omar Haddad, slack: ${world.omar.id} }
paging:
  smtp: { url: { file: ${smtp} }, from: rollbot@pitchey.example }
updates:
  business: { mail: [everybody@pitchey.example, board@pitchey.example] }
vendors:
  cloudflare-support:
    title: Cloudflare Support
    support: { email: support@cloudflare.example }
    owner: devops-engineer
    say: "\${incident}. \${impact}"
`,
  );
  await world.dana.types('/rollback list', { in: '#ops' });
  await world.dana.sees(/rollback/i, { in: '#ops' });
  return host;
}

/** An incident that was opened by hand; answers with its channel. */
async function openIncident({ dana }: LightWorld): Promise<string> {
  await dana.types('/incident open The site is slow', { in: '#ops' });
  await dana.sees(/The incident is open/);
  await dana.sees(/Opened by /);
  return (
    dana
      .screen()
      .channels.map(({ name }) => name)
      .find((name) => name.startsWith('#inc-')) ?? ''
  );
}

story('an update is mailed to its list once, after the mail server was busy, and over a restart', async ({ world }) => {
  const { dana, clock } = world;
  furniture(world);
  world.slack.expects(/Update 1 by dana/);
  const host = await openMails(world);
  const channel = await openIncident(world);
  host.next('busy');
  await dana.types('/incident update', { in: channel });
  await dana.sees('For the business', { in: 'view' });
  expect(await dana.submits({ 'For the business': 'We are looking for the cause.' })).toEqual({ status: 'closed' });
  await dana.sees(/The update is on its way/);
  await expect.poll(() => host.begun(), { timeout: 60_000 }).toBe(1);
  expect(host.received).toEqual([]);
  await world.restarts();
  clock.advance(2 * MINUTE);
  await expect.poll(() => host.received.length, { timeout: 60_000 }).toBe(1);
  const [mail] = host.received;
  expect(mail?.to).toEqual(['everybody@pitchey.example', 'board@pitchey.example']);
  expect(mail?.raw).toContain('Subject: The site is slow: update 1');
  expect(mail?.raw).toContain('We are looking for the cause.');
  await world.restarts();
  clock.advance(30 * MINUTE);
  await world.app.slack.settled();
  expect(host.received).toHaveLength(1);
  await host.close();
});

story('omar mails a vendor with one button, once, and the button is gone over a restart', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  world.slack.expects(/Page for devops-engineer/);
  world.slack.expects(/You (?:are|were) called/);
  world.slack.expects(/omar: Ask Cloudflare Support/);
  const host = await openMails(world);
  const channel = await openIncident(world);
  await dana.types('/page cloudflare-support the edge is silent', { in: channel });
  await dana.sees(/It is the task of Omar Haddad/, { in: channel });
  await omar.sees(/Ask Cloudflare Support/, { in: channel });
  await omar.clicks('Send the mail', { in: channel });
  await omar.sees(/The mail to Cloudflare Support is on its way/, { in: channel });
  expect(host.received.map(({ to }) => to)).toEqual([['support@cloudflare.example']]);
  expect(host.received[0]?.raw).toContain('The site is slow. the edge is silent');
  await world.restarts();
  const card = await omar.sees(/Ask Cloudflare Support/, { in: channel });
  expect(card.buttons).not.toContain('Send the mail');
  await omar.clicks('They were asked', { in: channel });
  await omar.sees('It is noted that they were asked.', { in: channel });
  await omar.sees(/omar says: They were asked/, { in: channel });
  expect(host.received).toHaveLength(1);
  await host.close();
});
