import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Routes } from './routes.ts';

/** Puts the routes on a free port of loopback. */
export async function listen(routes: Routes): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(routes, request)
      .catch((error: unknown) => Response.json({ error: String(error) }, { status: 500 }))
      .then((answered) => write(answered, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(routes: Routes, request: IncomingMessage): Promise<Response> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (request.method !== 'GET' && request.method !== 'HEAD') return Response.json({ error: 'Not found.' }, { status: 404 });
  return routes.read(url);
}

async function write(answered: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(await answered.text());
}
