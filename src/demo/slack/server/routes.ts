import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApiReply } from '../api/dispatcher.ts';
import { uploadedBytes, type ApiRequest } from '../api/request-body.ts';

/** What lies behind the workspace's addresses. */
export interface Routes {
  unavailable(): boolean;
  /** `/api/<method>` */
  api(request: ApiRequest): Promise<ApiReply>;
  /** `/commands/…`, `/actions/…` and `/app/…` */
  respond(path: string, request: ApiRequest): Promise<ApiReply>;
  /** `/upload/v1/<ticket>` */
  upload(ticket: string, content: Buffer): ApiReply;
}

/** Plain text with a status, as Slack answers outside its Web API. */
export function plainReply(status: number, body: string): ApiReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body, reset: false, delayMs: 0 };
}

export function createRoutes(routes: Routes): Server {
  return createServer((incoming, outgoing) => {
    void answer(routes, incoming)
      .then((reply) => send(reply, incoming, outgoing))
      .catch((error: unknown) => {
        // A request that was cut off by an outage has nobody left to answer.
        if (!outgoing.destroyed) send(plainReply(500, String(error)), incoming, outgoing);
      });
  });
}

async function answer(routes: Routes, incoming: IncomingMessage): Promise<ApiReply> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const request: ApiRequest = {
    method: url.pathname.replace(/^\/api\//, ''),
    verb: incoming.method ?? 'GET',
    authorization: incoming.headers.authorization ?? '',
    contentType: incoming.headers['content-type'] ?? '',
    query: url.searchParams,
    body: await bytesOf(incoming),
  };
  if (routes.unavailable())
    return { ...plainReply(503, '<html><body>Service Unavailable</body></html>'), headers: { 'content-type': 'text/html' } };
  if (url.pathname.startsWith('/api/')) return routes.api(request);
  if (/^\/(commands|actions|app)\//.test(url.pathname)) return routes.respond(url.pathname, request);
  const ticket = /^\/upload\/v1\/(\w+)$/.exec(url.pathname)?.[1];
  if (ticket) return routes.upload(ticket, await uploadedBytes(request));
  return plainReply(404, 'not_found');
}

function send(reply: ApiReply, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const go = () => {
    if (reply.reset) {
      incoming.socket.resetAndDestroy();
      return;
    }
    outgoing.writeHead(reply.status, reply.headers);
    outgoing.end(reply.body);
  };
  if (reply.delayMs > 0) setTimeout(go, reply.delayMs).unref();
  else go();
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}
