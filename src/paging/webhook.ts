import { createHmac } from 'node:crypto';
import type { MediumPort } from '../core/page/port.ts';
import type { Clock } from '../core/ports.ts';
import { mayHelpLater, postJson } from './post.ts';

/** Where a gateway is, what it is signed with, and whom it is to reach. */
export type Hook = { readonly url: string; readonly secret: string; readonly address: string };

export type WebhookParts = {
  /** The gateway of a contact. Rejects with a sentence where there is none. */
  readonly hookOf: (contact: string) => Promise<Hook>;
  readonly clock: Pick<Clock, 'now'>;
};

/** By a signed POST, for gateways to SMS and the rest; docs/paging.md says what is sent. */
export function createWebhook({ hookOf, clock }: WebhookParts): MediumPort {
  return {
    medium: 'webhook',
    async send(contact, { key, page, summary, details, severity, at, acknowledge }) {
      let hook: Hook;
      try {
        hook = await hookOf(contact);
      } catch (error) {
        return { status: 'failed', says: error instanceof Error ? error.message : String(error), final: true };
      }
      const body = JSON.stringify({
        event: 'page',
        key,
        page: page.slice('page/'.length),
        to: hook.address,
        summary,
        details,
        severity,
        at: new Date(at).toISOString(),
        acknowledge,
      });
      const timestamp = String(Math.floor(clock.now() / 1000));
      const posted = await postJson(new URL(hook.url), body, {
        'idempotency-key': key,
        'rollbot-timestamp': timestamp,
        'rollbot-signature': signature(hook.secret, timestamp, body),
      });
      const host = new URL(hook.url).host;
      if (posted.status === 'unreachable') return { status: 'failed', says: `${host} can't be reached (${posted.says}).`, final: false };
      if (posted.status === 'lost') return { status: 'unknown', says: `The answer of ${host} was lost (${posted.says}).` };
      const { code, afterMs } = posted;
      if (code >= 200 && code < 300) return { status: 'sent', says: `${host} has taken it.`, ref: null };
      const final = !mayHelpLater(code);
      return { status: 'failed', says: `${host} answered ${code}.`, final, ...(!final && afterMs !== null && { afterMs }) };
    },
  };
}

/** Proves that a body comes from us, and when it was sent: `v1=` and the HMAC-SHA256 of the time, a dot and the body. */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
