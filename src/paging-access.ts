import { parseDuration } from './core/duration.ts';
import type { MediumPort, Mail, PageMessage, Delivery } from './core/page/port.ts';
import type { Catalog, Clock } from './core/ports.ts';
import { createEmail, createMail } from './paging/email.ts';
import type { MailServer } from './paging/email.ts';
import { createLinks } from './paging/links.ts';
import type { Links, LinkSettings } from './paging/links.ts';
import { createPagerDuty, PAGERDUTY_URL } from './paging/pagerduty.ts';
import { createSlackMedium } from './paging/slack.ts';
import { createWebhook } from './paging/webhook.ts';
import type { Hook } from './paging/webhook.ts';
import { readSource } from './target-access.ts';
import type { Environment } from './target-access.ts';

export type PagingAccess = { readonly media: readonly MediumPort[]; readonly mail: Mail; readonly links: Links };

const LINK_HOLDS_MS = 60 * 60_000;

/** Builds the media on what `rollbot.yml` says at the moment when they are used; a secret is read for each message, and kept nowhere. */
export function openPaging(
  catalog: Pick<Catalog, 'settings'>,
  environment: Environment,
  clock: Pick<Clock, 'now'>,
  sendDirect: (message: PageMessage) => Promise<Delivery>,
): PagingAccess {
  const paging = () => catalog.settings().paging;
  const contact = (name: string) => {
    const { contacts = {} } = catalog.settings();
    return Object.hasOwn(contacts, name) ? contacts[name] : undefined;
  };
  async function mailServer(): Promise<MailServer> {
    const smtp = paging()?.smtp;
    if (!smtp) throw new Error('rollbot.yml names no mail server: add paging: { smtp: { url: …, from: … } }.');
    return { url: await readSource(smtp.url, 'The address of the mail server', environment), from: smtp.from };
  }
  async function keyOf(name: string): Promise<string> {
    const source = contact(name)?.pagerduty;
    if (!source) throw new Error(`rollbot.yml has no routing key of PagerDuty for ${name}.`);
    return await readSource(source, `The PagerDuty key of ${name}`, environment);
  }
  async function hookOf(name: string): Promise<Hook> {
    const own = contact(name)?.webhook;
    const hook = own && Object.hasOwn(paging()?.webhooks ?? {}, own.to) ? paging()?.webhooks?.[own.to] : undefined;
    if (!own || !hook) throw new Error(`rollbot.yml names no webhook for ${name}.`);
    return {
      url: hook.url,
      secret: await readSource(hook.secret, `The secret of the webhook ${own.to}`, environment),
      address: own.address,
    };
  }
  async function linkSettings(): Promise<LinkSettings | null> {
    const { link, 'link-secret': secret, 'link-holds': holds } = paging() ?? {};
    if (link === undefined || secret === undefined) return null;
    return {
      base: link,
      secret: await readSource(secret, 'The secret of links to acknowledge', environment),
      holdsMs: parseDuration(holds ?? '') ?? LINK_HOLDS_MS,
    };
  }
  return {
    media: [
      createSlackMedium(sendDirect),
      createPagerDuty({ url: () => paging()?.pagerduty?.url ?? PAGERDUTY_URL, keyOf }),
      createEmail({ server: mailServer }, (name) => contact(name)?.email ?? null),
      createWebhook({ hookOf, clock }),
    ],
    mail: createMail({ server: mailServer }),
    links: createLinks({ settings: linkSettings, clock }),
  };
}
