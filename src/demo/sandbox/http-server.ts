import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
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

async function answer(routes: Routes, asked: IncomingMessage): Promise<Response> {
  const { method = 'GET' } = asked;
  const headers = new Headers();
  for (const [name, value] of Object.entries(asked.headers)) if (typeof value === 'string') headers.set(name, value);
  const body = method === 'GET' || method === 'HEAD' ? null : await text(asked);
  return await routes.answer(new Request(new URL(asked.url ?? '/', 'http://127.0.0.1'), { method, headers, body }));
}

async function write(answered: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(await answered.text());
}
