import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Delivery, MediumPort, PageMessage } from '../core/page/port.ts';
import { mayHelpLater, postJson } from './post.ts';

export type PagerDutyParts = {
  /** Of the Events API; PagerDuty's own unless rollbot.yml says otherwise. */
  readonly url: () => string;
  /** The routing key of the service that pages a contact. Rejects with a sentence where there is none. */
  readonly keyOf: (contact: string) => Promise<string>;
};

/** PagerDuty's own address. */
export const PAGERDUTY_URL = 'https://events.pagerduty.com';

const SUMMARY_MAX = 1024;
const DETAILS_MAX = 5000;
const DEDUP_MAX = 255;

/** By the Events API v2: an event opens an incident at PagerDuty, which calls, and is acknowledged and resolved with the page. */
export function createPagerDuty({ url, keyOf }: PagerDutyParts): MediumPort {
  async function enqueue(contact: string, event: Readonly<Record<string, unknown>>): Promise<Delivery> {
    let key: string;
    try {
      key = await keyOf(contact);
    } catch (error) {
      return { status: 'failed', says: error instanceof Error ? error.message : String(error), final: true };
    }
    const posted = await postJson(new URL('/v2/enqueue', url()), JSON.stringify({ routing_key: key, ...event }), {});
    if (posted.status === 'unreachable') return { status: 'failed', says: `PagerDuty can't be reached (${posted.says}).`, final: false };
    if (posted.status === 'lost') return { status: 'unknown', says: `The answer of PagerDuty was lost (${posted.says}).` };
    const { code, text, afterMs } = posted;
    if (code === 202) return { status: 'sent', says: 'PagerDuty has taken it.', ref: refIn(text) };
    const says = `PagerDuty answered ${code}${sayWhy(text, key)}.`;
    const final = !mayHelpLater(code);
    return { status: 'failed', says, final, ...(!final && afterMs !== null && { afterMs }) };
  }
  return {
    medium: 'pagerduty',
    send: async (contact, message) => await enqueue(contact, triggerOf(message)),
    settle: async (contact, key, as) =>
      await enqueue(contact, { event_action: as === 'acknowledged' ? 'acknowledge' : 'resolve', dedup_key: dedupKey(key) }),
  };
}

function triggerOf({ key, summary, details, severity, at, acknowledge }: PageMessage): Readonly<Record<string, unknown>> {
  return {
    event_action: 'trigger',
    dedup_key: dedupKey(key),
    client: 'Rollbot',
    payload: {
      summary: first(summary, SUMMARY_MAX),
      source: 'rollbot',
      severity,
      timestamp: new Date(at).toISOString(),
      custom_details: { details: first(details, DETAILS_MAX) },
    },
    ...(acknowledge !== null && { links: [{ href: acknowledge, text: 'I have it' }] }),
  };
}

/** The same page is the same incident at PagerDuty, however often it is sent. */
function dedupKey(key: string): string {
  return key.length <= DEDUP_MAX ? key : createHash('sha256').update(key).digest('hex');
}

function first(text: string, max: number): string {
  return Array.from(text).slice(0, max).join('');
}

const Answer = z.object({
  message: z.string().optional(),
  errors: z.array(z.string()).optional(),
  dedup_key: z.string().optional(),
});

function answerIn(text: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

function refIn(text: string): string | null {
  return answerIn(text).dedup_key ?? null;
}

/** What PagerDuty says is wrong, without the key that it may repeat. */
function sayWhy(text: string, key: string): string {
  const { message, errors = [] } = answerIn(text);
  const why = [...(message === undefined ? [] : [message]), ...errors].join('; ').replaceAll(key, '…');
  return why === '' ? '' : `: ${first(why, 200).replace(/\.$/, '')}`;
}
