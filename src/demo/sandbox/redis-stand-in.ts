import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../core/ports.ts';
import { perform } from './redis-commands.ts';
import { createKeyspace } from './redis-keyspace.ts';
import type { Keyspace } from './redis-keyspace.ts';
import type { RedisServer } from './redis-server.ts';
import { readCommands, writeReply } from './resp.ts';

/** A small Redis on loopback for a demo on a machine that has none; one contract holds it and the real one to the same answers. */
export async function startRedisStandIn(clock: Clock): Promise<RedisServer> {
  const keys = createKeyspace(clock);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    converse(socket, keys);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, keys: Keyspace): void {
  let arrived = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      const { commands, rest } = readCommands(arrived + String(chunk));
      arrived = rest;
      for (const words of commands) {
        socket.write(writeReply(perform(words, keys)), 'latin1');
        if (words[0]?.toLowerCase() === 'quit') socket.end();
      }
    } catch (error) {
      socket.end(writeReply({ kind: 'error', text: `ERR ${error instanceof Error ? error.message : 'Protocol error'}` }), 'latin1');
    }
  });
}
