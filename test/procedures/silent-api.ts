import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address for an API that gives no answer yet: it refuses connections, or answers each with 500, until it passes them on. */
export async function silentApi(serviceUrl: string, how: 'refuses' | 'answers 500') {
  let passes = false;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = passes ? await fetch(new URL(request.url ?? '/', serviceUrl)) : Response.json({}, { status: 500 });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  }

  const server = createServer((request, response) => void respond(request, response));
  const listen = async (port: number) => await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const close = async () => await new Promise((done) => server.close(done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  if (how === 'refuses') await close();
  return {
    url: `http://127.0.0.1:${port}`,
    async speak() {
      passes = true;
      if (!server.listening) await listen(port);
    },
    close,
  };
}
