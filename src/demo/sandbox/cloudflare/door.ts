import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ACCOUNT, ZONE } from './account.ts';
import { CODES } from './codes.ts';
import { giveRefusal, refuse } from './envelope.ts';
import type { Answer, Refusal } from './envelope.ts';
import type { CloudflareFaults } from './faults.ts';
import { refuseByFault } from './faults.ts';

const LARGEST_UPLOAD = 10_000_000;

export type Call = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
};
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** Adds something that the API answers to, below `/client/v4`. */
export type Serve = (method: Method, path: string, handle: (call: Call) => Promise<Answer | Refusal> | Answer | Refusal) => void;

export type Door = { readonly url: string; readonly close: () => Promise<void> };
type Parts = { readonly token: string; readonly uploadToken: string; readonly faults: CloudflareFaults };

/** Opens the API on a free port of loopback. Whoever has no token, or names another account or zone, gets no further than here. */
export async function openDoor({ token, uploadToken, faults }: Parts, furnish: (serve: Serve) => void): Promise<Door> {
  const tokenFor = (url: string): string => (url.startsWith('/client/v4/pages/assets/') ? uploadToken : token);
  const app = fastify({ logger: false, bodyLimit: LARGEST_UPLOAD, forceCloseConnections: true });
  readForms(app);
  app.addHook('onRequest', async (request, reply) => {
    const no = refuseByFault(faults) ?? refuseStranger(request, faults.isOn('cloudflare-token-revoked') ? null : tokenFor(request.url));
    if (no) await send(reply, giveRefusal(no));
  });
  app.addHook('onSend', async (request, reply) => {
    if (losesAnswer(request) && faults.isOn('cloudflare-answer-lost')) reply.raw.socket?.destroy();
    await Promise.resolve();
  });
  app.setNotFoundHandler(async (request, reply) => await send(reply, giveRefusal(noRoute(request.url))));
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    await send(reply, giveRefusal(refuse(status, status < 500 ? CODES.badBody : CODES.internal, error.message)));
  });
  furnish((method, path, handle) => {
    app.route({
      method,
      url: `/client/v4${path}`,
      async handler(request, reply) {
        const { params, query, body } = request as Call;
        const answer = refuseElsewhere(request.url, params) ?? (await handle({ params, query, body }));
        await send(reply, 'refused' in answer ? giveRefusal(answer) : answer);
      },
    });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/client/v4`, close: async () => await app.close() };
}

/** Whether the world has changed with this; an upload alone changes it for nobody. */
function losesAnswer({ method, url }: FastifyRequest): boolean {
  return method !== 'GET' && !/\/versions(?:\?|$)/.test(url);
}

async function send(reply: FastifyReply, { status, headers = {}, body }: Answer): Promise<void> {
  await reply.code(status).headers(headers).send(body);
}

/** Forms are read by what Node itself has for them. */
function readForms(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    return await new Response(new Uint8Array(body), { headers }).formData();
  });
}

function refuseStranger({ headers, url }: FastifyRequest, token: string | null): Refusal | null {
  const [, given] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (given === undefined) return refuse(400, CODES.badHeaders, 'Invalid request headers');
  if (given === token) return null;
  const asksItself = url.startsWith('/client/v4/user/tokens/verify');
  return asksItself ? refuse(401, CODES.invalidToken, 'Invalid API Token') : refuse(401, CODES.notAuthenticated, 'Authentication error');
}

function refuseElsewhere(url: string, { account, zone }: Call['params']): Refusal | null {
  for (const [given, own] of [
    [account, ACCOUNT.id],
    [zone, ZONE.id],
  ]) {
    if (given === undefined || given === own) continue;
    return /^[0-9a-f]{32}$/.test(given) ? refuse(403, CODES.notAuthenticated, 'Authentication error') : noRoute(url);
  }
  return null;
}

function noRoute(url: string): Refusal {
  const path = url.replace('/client/v4', '').split('?')[0];
  return refuse(404, CODES.noRoute, `Could not route to ${path}, perhaps your object identifier is invalid?`);
}
