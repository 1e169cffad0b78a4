import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Delivery, Mail, MediumPort, PageMessage } from '../core/page/port.ts';

/** The server that takes mail, with its user and password, and who mail comes from. */
export type MailServer = { readonly url: string; readonly from: string };

export type EmailParts = {
  /** Rejects with a sentence where rollbot.yml names none, or its secret can't be read. */
  readonly server: () => Promise<MailServer>;
  /** Certificates that are trusted beside the usual ones. */
  readonly ca?: string;
};

const TIMEOUT_MS = 10_000;
const SUBJECT_MAX = 200;
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** By mail over SMTP: whether it was taken is known from the server's answer, and whether it was read is not. */
export function createEmail(parts: EmailParts, addressOf: (contact: string) => string | null): MediumPort {
  const mail = createMail(parts);
  return {
    medium: 'email',
    async send(contact, message) {
      const to = addressOf(contact);
      if (to === null) return { status: 'failed', says: 'rollbot.yml has no mail address of theirs.', final: true };
      return await mail.send({ key: message.key, to: [to], subject: message.summary, text: textOf(message) });
    },
  };
}

/** Sends mail that is no page. The same key gives the same Message-ID, so that mailboxes can tell doubled mail. */
export function createMail({ server, ca }: EmailParts): Mail {
  return {
    async send({ key, to, subject, text }) {
      let own: MailServer;
      try {
        own = await server();
      } catch (error) {
        return { status: 'failed', says: error instanceof Error ? error.message : String(error), final: true };
      }
      const transport = openTransport(own, ca);
      if (transport === null)
        return { status: 'failed', says: 'The address of the mail server is no smtp:// or smtps:// URL.', final: true };
      const handedOver = { begun: false };
      try {
        const info = await transport.sendMail({
          from: own.from,
          to: [...to],
          subject: Array.from(subject.replaceAll(/\s+/g, ' ')).slice(0, SUBJECT_MAX).join(''),
          text: Readable.from(read(text, handedOver)),
          messageId: messageId(key, own.from),
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        const refused = info.rejected.length > 0 ? ` It refused ${info.rejected.map(String).join(', ')}.` : '';
        return { status: 'sent', says: `The mail server has taken it.${refused}`, ref: info.messageId };
      } catch (error) {
        return failureOf(error, handedOver.begun);
      } finally {
        transport.close();
      }
    },
  };
}

/** Encrypted from the first byte (smtps), or before anything is said (STARTTLS); only a server on this very host may do without. */
function openTransport({ url: text }: MailServer, ca: string | undefined) {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol)) return null;
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !LOCAL.has(url.hostname),
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(url.password) } }),
    ...(ca !== undefined && { tls: { ca } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The server asks for the text once it is willing to take the mail: from then on a lost connection leaves open whether it has. */
function* read(text: string, handedOver: { begun: boolean }): Generator<string> {
  handedOver.begun = true;
  yield text;
}

function failureOf(error: unknown, begun: boolean): Delivery {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const why = (message ?? String(error)).replaceAll(/\s+/g, ' ').slice(0, 200).replace(/\.$/, '');
  if (responseCode !== undefined) return { status: 'failed', says: `The mail server refused it: ${why}.`, final: responseCode >= 500 };
  if (code === 'EAUTH' || code === 'ENOAUTH') return { status: 'failed', says: `The mail server does not know us: ${why}.`, final: true };
  if (begun) return { status: 'unknown', says: `The answer of the mail server was lost (${why}).` };
  return { status: 'failed', says: `The mail server can't be reached (${why}).`, final: false };
}

function textOf({ summary, details, acknowledge, page }: PageMessage): string {
  return [
    summary,
    details,
    acknowledge === null ? 'Say in Slack that you have it.' : `I have it: ${acknowledge}`,
    `Page ${page.slice('page/'.length)}, sent by Rollbot.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function messageId(key: string, from: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}
