import { Client, request } from 'undici';
import { z } from 'zod';
import type { Json } from '../../core/digest.ts';
import type { Reply } from '../reply.ts';
import { ownUser } from './os-user.ts';
import { placeBeside, whyForeign, whyUnsafe } from './place.ts';
import type { SocketPlace } from './place.ts';
import { giveProof } from './proof.ts';

/** Somebody who does what is asked for from the terminal. */
export type TerminalLink = {
  call(verb: string, params: Json): Promise<Reply>;
  close(): Promise<void>;
};

export type Linked =
  | { readonly status: 'linked'; readonly link: TerminalLink }
  /** No bot listens there. */
  | { readonly status: 'nobody' }
  | { readonly status: 'refused'; readonly says: string };

/** The bot can't be spoken to any more, or does not speak as it should. */
class LinkLost extends Error {
  readonly code = 'link-lost';
}

const Challenge = z.object({ file: z.string().regex(/^[\w-]+$/), secret: z.string() });
const Session = z.object({ session: z.string() });
const Reply = z.object({
  status: z.enum(['done', 'refused']),
  why: z.enum(['person', 'words', 'rules']).nullable(),
  lines: z.array(z.string()),
  data: z.json(),
});
const Answer = z.object({ result: Reply.optional(), error: z.object({ message: z.string() }).optional() });

const NOBODY = new Set(['ENOENT', 'ECONNREFUSED']);
/** Longer than any verb waits. */
const WITHIN_MS = 60_000;

/** Speaks to the bot that owns a database, after proving to it who this is. */
export async function linkTo(database: string): Promise<Linked> {
  const place = await placeBeside(database);
  if ('says' in place) return { status: 'nobody' };
  const foreign = (await whyForeign(place, ownUser().uid)) ?? null;
  if (foreign !== null) return { status: 'refused', says: foreign };
  const client = new Client('http://rollbot', { socketPath: place.socket, headersTimeout: WITHIN_MS, bodyTimeout: WITHIN_MS });
  try {
    let session = await prove(client, place);
    const link: TerminalLink = {
      async call(verb, params) {
        const first = await send(client, '/rpc', { jsonrpc: '2.0', id: 1, method: verb, params }, session);
        if (first.status !== 401) return readAnswer(first.body);
        session = await prove(client, place);
        return readAnswer((await send(client, '/rpc', { jsonrpc: '2.0', id: 1, method: verb, params }, session)).body);
      },
      close: async () => await client.close(),
    };
    return { status: 'linked', link };
  } catch (error) {
    await client.destroy();
    return await whyNot(place, error);
  }
}

async function whyNot(place: SocketPlace, error: unknown): Promise<Linked> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (NOBODY.has(code)) return { status: 'nobody' };
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      status: 'refused',
      says: `You may not speak to the bot at ${place.socket}. Have somebody put you into the group that it belongs to.`,
    };
  }
  const unsafe = await whyUnsafe(place);
  return {
    status: 'refused',
    says: unsafe ?? `The bot at ${place.socket} does not answer as it should: ${error instanceof Error ? error.message : String(error)}`,
  };
}

async function prove(client: Client, { proofs }: SocketPlace): Promise<string> {
  const challenge = Challenge.parse((await send(client, '/challenge', {})).body);
  const takeBack = await giveProof(proofs, challenge);
  try {
    return Session.parse((await send(client, '/prove', { secret: challenge.secret })).body).session;
  } finally {
    await takeBack();
  }
}

async function send(
  dispatcher: Client,
  path: string,
  body: Json,
  session?: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const headers = { 'content-type': 'application/json', ...(session !== undefined && { authorization: `Bearer ${session}` }) };
  const answer = await request(`http://rollbot${path}`, { dispatcher, method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.statusCode, body: await answer.body.json() };
}

function readAnswer(body: unknown): Reply {
  const { result, error } = Answer.parse(body);
  if (result) return result;
  throw new LinkLost(error?.message ?? 'The bot gave no answer.');
}
