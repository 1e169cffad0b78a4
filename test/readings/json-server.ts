import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on loopback whose answers a test writes. */
export type JsonServer = {
  readonly url: string;
  /** Paths with their queries, oldest first. */
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  answer(how: Answer): void;
  close(): Promise<void>;
};

export async function startJsonServer(first: Answer): Promise<JsonServer> {
  const asked: JsonServer['asked'] = [];
  let now = first;
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    now(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (how) => void (now = how),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with this value, whatever was asked. */
export const json =
  (value: unknown, status = 200): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
