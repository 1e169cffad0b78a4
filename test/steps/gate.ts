import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A way to a server that breaks off, or falls silent, as soon as a certain word goes by. */
export type Gate = {
  readonly url: string;
  /** Resolves when the word has gone by. */
  readonly heard: Promise<void>;
  close(): Promise<void>;
};

export async function startGate(url: string, word: string, how: 'cut' | 'mute'): Promise<Gate> {
  const { promise: heard, resolve } = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const gate = createServer((near) => {
    const far = createConnection({ port: Number(new URL(url).port), host: '127.0.0.1' });
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.on('data', (data) => {
      far.write(data);
      if (!data.toString('latin1').toUpperCase().includes(word)) return;
      far.removeAllListeners('data');
      if (how === 'cut') near.destroy();
      resolve();
    });
    far.on('data', (data) => near.write(data));
  });
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  return {
    url: Object.assign(new URL(url), { port: (gate.address() as AddressInfo).port }).href,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      gate.close();
      await once(gate, 'close');
    },
  };
}
