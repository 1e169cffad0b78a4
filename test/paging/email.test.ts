import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createEmail, createMail } from '../../src/paging/email.ts';
import { message } from '../contracts/media-contract.ts';
import { makeCertificate } from '../steps/certificate.ts';
import { openMailHost } from './mail-host.ts';
import type { MailHost } from './mail-host.ts';

let host: MailHost | null = null;
afterEach(async () => await host?.close());

const serverAt = (url: string) => async () => await Promise.resolve({ url, from: 'rollbot@pitchey.example' });

test.each([
  ['encrypted from the first byte', 'smtps', { secure: true }],
  ['by STARTTLS', 'smtp', { disabledCommands: [] }],
])('mail goes %s to a server with a certificate that is trusted, and to no other', async (_how, scheme, options) => {
  const made = makeCertificate('localhost');
  const [cert, key] = [readFileSync(made.certificate, 'utf8'), readFileSync(made.key, 'utf8')];
  made.remove();
  host = await openMailHost({ cert, key, ...options });
  const server = serverAt(`${scheme}://localhost:${host.port}`);
  expect(await createMail({ server }).send(to('mina@pitchey.example'))).toMatchObject({ status: 'failed', final: false });
  expect(host.received).toEqual([]);
  expect(await createMail({ server, ca: cert }).send(to('mina@pitchey.example'))).toMatchObject({ status: 'sent' });
  expect(host.received).toMatchObject([{ secure: true, from: 'rollbot@pitchey.example', to: ['mina@pitchey.example'] }]);
});

test('a mail says all of the page, in one subject line and whatever letters, and how it is acknowledged', async () => {
  host = await openMailHost();
  const medium = createEmail({ server: serverAt(`smtp://127.0.0.1:${host.port}`) }, () => 'mina@pitchey.example');
  await medium.send(
    'mina',
    message({ summary: 'DRILL: Restore\r\nBcc: eve@elsewhere.example', acknowledge: 'https://rollbot.example/pages/p1/acknowledge?x=1' }),
  );
  const raw = host.received[0]?.raw ?? '';
  expect(host.received[0]?.to).toEqual(['mina@pitchey.example']);
  expect(raw).toMatch(/^Subject: DRILL: Restore Bcc: eve@elsewhere\.example\r?$/m);
  expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^Bcc:/m);
  expect(raw).toMatch(/^Message-ID: <[0-9a-f]{40}@pitchey\.example>\r?$/m);
  expect(raw.replaceAll(/=\r\n/g, '')).toContain('I have it: https://rollbot.example/pages/p1/acknowledge?x=3D1');
});

const to = (address: string) => ({ key: address, to: [address], subject: 'Hello', text: 'there' });

test('a mailbox that does not exist is refused for good, and one that is busy for now', async () => {
  host = await openMailHost();
  const mail = createMail({ server: serverAt(`smtp://127.0.0.1:${host.port}`) });
  expect(await mail.send(to('nobody@pitchey.example'))).toMatchObject({
    status: 'failed',
    final: true,
    says: expect.stringContaining('No such mailbox'),
  });
  expect(await mail.send(to('busy@pitchey.example'))).toMatchObject({ status: 'failed', final: false });
  expect(await mail.send({ ...to('mina@pitchey.example'), to: ['mina@pitchey.example', 'nobody@pitchey.example'] })).toMatchObject({
    status: 'sent',
    says: expect.stringContaining('It refused nobody@pitchey.example'),
  });
});

test.each(['http://mail.example', 'mail.example:25', ''])('no mail goes to %j', async (url) => {
  expect(await createMail({ server: serverAt(url) }).send({ key: 'k', to: ['a@b.example'], subject: 's', text: 't' })).toMatchObject({
    status: 'failed',
    final: true,
    says: expect.stringContaining('smtp:// or smtps://'),
  });
});
