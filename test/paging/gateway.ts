import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signature } from '../../src/paging/webhook.ts';

/** A gateway that takes what is signed with its secret, and nothing else. */
export type Gateway = {
  readonly url: string;
  readonly taken: readonly { readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[];
  asked(): number;
  next(what: number | 'lost'): void;
  close(): Promise<void>;
};

/** Opens it on loopback. */
export async function openGateway(secret: string): Promise<Gateway> {
  const taken: { headers: Readonly<Record<string, unknown>>; body: string }[] = [];
  const faults: (number | 'lost')[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked += 1;
      const fault = faults.shift();
      const body = Buffer.concat(chunks).toString();
      if (fault === 'lost') return request.socket.destroy();
      if (fault !== undefined) return response.writeHead(fault).end('no');
      const shown = request.headers['rollbot-signature'];
      if (shown !== signature(secret, String(request.headers['rollbot-timestamp']), body)) return response.writeHead(401).end();
      taken.push({ headers: request.headers, body });
      return response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/sms`,
    taken,
    asked: () => asked,
    next: (what) => void faults.push(what),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
