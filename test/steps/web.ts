import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Web = {
  readonly url: string;
  /** What came in, oldest first. */
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  close(): Promise<void>;
};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server with one answer a path, well-behaved and not. */
export async function startWeb(): Promise<Web> {
  const requests: Web['requests'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const path = request.url ?? '';
      requests.push({ method: request.method ?? '', path, headers: request.headers, body });
      const answer = ANSWERS[path.split('?')[0] ?? ''];
      if (answer) answer(request, response);
      else response.writeHead(404).end('no such page\nsecond line');
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const json =
  (value: unknown): Answer =>
  (_, response) =>
    respond(response, 200, JSON.stringify(value));

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/health': json({ status: 'up', hit_rate: 0.72, workers: ['a', 'b'] }),
  '/text': (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('v1.2.3\n'),
  '/empty': (_, response) => response.writeHead(204).end(),
  '/bad-json': (_, response) => respond(response, 200, '{"status": "up"'),
  '/deep-json': (_, response) => respond(response, 200, '['.repeat(200_000) + ']'.repeat(200_000)),
  '/broken': (_, response) => respond(response, 500, '{"error":"out of memory"}'),
  '/gateway': (_, response) => response.writeHead(504).end(),
  '/moved': (_, response) => response.writeHead(302, { location: '/health' }).end(),
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/hang': () => undefined,
  '/half': (request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half of it');
    setImmediate(() => request.socket.destroy());
  },
  '/drip': (_, response) => void response.writeHead(200).write('a'),
  '/echo': (request, response) => respond(response, 200, JSON.stringify(request.headers)),
  '/denied': (request, response) => response.writeHead(403).end(`bad credentials: ${request.headers.authorization}`),
  '/huge': (_, response) => flood(response),
};

function respond(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
}

/** Two gigabytes, as fast as they are taken. */
function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, 'x');
  let left = 32_768;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    response.end();
  };
  response.writeHead(200, { 'content-length': chunk.length * left });
  more();
}
