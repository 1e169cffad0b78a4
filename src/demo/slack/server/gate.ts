import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How an outage shows: connections reset, connections refused, or 503 for everything. */
type Outage = 'reset' | 'refused' | 'unavailable';

/** The server's door, which an outage can shut and open again on the same port. */
export interface Gate {
  readonly outage: Outage | null;
  shut(how: Outage): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

export function createGate(server: Server, port: () => number): Gate {
  const sockets = new Set<Socket>();
  let outage: Outage | null = null;
  server.on('connection', (socket) => {
    if (outage === 'reset') {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const cutAll = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    get outage() {
      return outage;
    },
    async shut(how) {
      outage = how;
      const stopped = how === 'refused' ? stop(server) : null;
      if (how !== 'unavailable') cutAll();
      await stopped;
    },
    async open() {
      const wasRefusing = outage === 'refused';
      outage = null;
      if (wasRefusing) await listen(server, port());
    },
    async close() {
      const stopped = stop(server);
      cutAll();
      await stopped;
    },
  };
}

/** Listens on loopback; port 0 takes any free one. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(portOf(server.address()));
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
