import { createHmac } from 'node:crypto';
import { Agent, fetch, type Response } from 'undici';
import { parsedJson } from '../api/arguments.ts';
import { systemClock, type Patience } from '../clock.ts';
import type { Ids } from '../state/ids.ts';
import type { App } from '../state/model.ts';
import type { Acknowledgement, Parcel, Transport } from './transport.ts';

export interface SignedHttpParts {
  url: string;
  app: App;
  ids: Ids;
  patience: Patience;
  ackTimeoutMs: number;
  /** How the next request is to be signed wrongly, if at all. */
  forgery: () => Forgery | null;
}

/** A signature with another secret, one of ten minutes ago, or none. */
export type Forgery = 'wrong' | 'stale' | 'missing';

/** Delivery to a request URL, each request signed. */
export interface SignedHttp extends Transport {
  /** Slack's handshake before it accepts a request URL; refuses one that does not answer with the challenge. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

export function createSignedHttp(parts: SignedHttpParts): SignedHttp {
  const agent = new Agent();
  /** Sends it, and reads the answer while there is patience for it. */
  async function ask<Answer>(
    body: string,
    headers: Record<string, string>,
    read: (response: Response) => Promise<Answer>,
  ): Promise<Answer> {
    const late = new AbortController();
    const relax = parts.patience(parts.ackTimeoutMs, () => late.abort(new Late()));
    const signed = { ...headers, ...signature(parts, body) };
    try {
      const order = { method: 'POST', body, headers: signed, dispatcher: agent, signal: late.signal, redirect: 'manual' } as const;
      return await read(await fetch(parts.url, order));
    } finally {
      relax();
    }
  }
  return {
    async deliver(parcel) {
      try {
        return await ask(bodyOf(parcel), headersOf(parcel), acknowledgement);
      } catch (error) {
        if (error instanceof Late)
          return { kind: 'missed-ack', detail: `no answer within ${parts.ackTimeoutMs} ms`, reason: 'http_timeout' };
        return { kind: 'not-connected', detail: `the request URL could not be reached (${String(error)})`, reason: 'connection_failed' };
      }
    },
    async verify() {
      const challenge = parts.ids.hex(32);
      const body = JSON.stringify({ token: parts.app.verificationToken, challenge, type: 'url_verification' });
      const { status, answer } = await ask(body, { 'content-type': 'application/json' }, async (response) => ({
        status: response.status,
        answer: await response.text(),
      }));
      if (status === 200 && answer.includes(challenge)) return;
      throw new Error(`${parts.url} did not answer with the challenge (HTTP ${status}): start the app before setting its request URL.`);
    },
    close: () => agent.close(),
  };
}

class Late extends Error {}

/** A form for commands and interactions, JSON for events, as Slack sends them. */
function bodyOf(parcel: Parcel): string {
  switch (parcel.type) {
    case 'slash_commands':
      return new URLSearchParams(Object.entries(parcel.payload).map(([key, value]): [string, string] => [key, String(value)])).toString();
    case 'interactive':
      return new URLSearchParams({ payload: JSON.stringify(parcel.payload) }).toString();
    case 'events_api':
      return JSON.stringify(parcel.payload);
    default:
      return parcel.type satisfies never;
  }
}

function headersOf(parcel: Parcel): Record<string, string> {
  const type = parcel.type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
  const retry = parcel.retry;
  if (!retry || retry.attempt === 0) return { 'content-type': type };
  return { 'content-type': type, 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
}

/** Signed with the machine's own time, against which the receiver checks how old a request is. */
function signature({ app, forgery }: SignedHttpParts, body: string): Record<string, string> {
  const forged = forgery();
  if (forged === 'missing') return {};
  const timestamp = String(Math.floor(systemClock.now() / 1000) - (forged === 'stale' ? 600 : 0));
  const secret = forged === 'wrong' ? 'another secret' : app.signingSecret;
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

async function acknowledgement(response: Response): Promise<Acknowledgement> {
  const body = await response.text();
  if (response.status === 200) return { kind: 'acked', body: body === '' ? undefined : (parsedJson(body) ?? body) };
  const noRetry = response.headers.get('x-slack-no-retry') === '1';
  return { kind: 'bad-status', detail: `the app answered with HTTP ${response.status}`, reason: 'http_error', noRetry };
}
