import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Ids } from '../state/ids.ts';

/** Where Socket Mode connections come in: each with a ticket that works once. */
export interface SocketDoor {
  issueTicket(): string;
  /** Says goodbye to every connection, and cuts those that don't answer. */
  close(): Promise<void>;
}

export function createSocketDoor(server: Server, ids: Ids, accept: (socket: WebSocket) => void): SocketDoor {
  const tickets = new Set<string>();
  const door = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const ticket = url.searchParams.get('ticket') ?? '';
    if (!url.pathname.startsWith('/link') || !tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    door.handleUpgrade(request, socket, head, accept);
  });
  return {
    issueTicket() {
      const ticket = ids.uuid();
      tickets.add(ticket);
      return ticket;
    },
    async close() {
      await Promise.all([...door.clients].map(farewell));
      door.close();
    },
  };
}

const patienceMs = 250;

function farewell(client: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => client.terminate(), patienceMs);
    client.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.close(1001);
  });
}
