import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type Address = { readonly host: string; readonly port: number };

/** The only door to the sandbox's Redis: shutting it is an outage in which no data is lost. */
export type RedisGate = Address & { readonly shut: () => Promise<void>; readonly open: () => Promise<void> };

export async function openGate(upstream: Address): Promise<RedisGate> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const inner = connect(upstream.port, upstream.host);
    for (const socket of [client, inner]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        (socket === client ? inner : client).destroy();
      });
    }
    client.pipe(inner).pipe(client);
  });

  const listenOn = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });

  await listenOn(0);
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    async shut() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    async open() {
      if (!server.listening) await listenOn(port);
    },
  };
}
