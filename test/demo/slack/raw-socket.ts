import { WebSocket } from 'ws';
import type { Installation, SlackEmulator } from '../../../src/demo/slack/index.ts';
import { call } from './calling.ts';

/** A Socket Mode connection without any SDK, so that a test decides what is acknowledged. */
export interface RawSocket {
  /** Everything received, oldest first. */
  received: Record<string, unknown>[];
  /** Acknowledges whatever comes from now on, or stops doing so. */
  acknowledge(on: boolean): void;
  send(message: unknown): void;
  closed(): boolean;
  close(): void;
}

export async function rawSocket(slack: SlackEmulator, installed: Installation, options: { acknowledge: boolean }): Promise<RawSocket> {
  const { body } = await call(slack, installed.appToken, 'apps.connections.open');
  const socket = new WebSocket(String(body.url));
  const received: Record<string, unknown>[] = [];
  let { acknowledge } = options;
  socket.on('message', (data: Buffer) => {
    const message: Record<string, unknown> = JSON.parse(data.toString());
    received.push(message);
    if (acknowledge && message.envelope_id) socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
  });
  socket.on('error', () => undefined);
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('close', resolve);
    socket.once('error', reject);
  });
  return {
    received,
    acknowledge(on) {
      acknowledge = on;
    },
    send: (message) => socket.send(JSON.stringify(message)),
    closed: () => socket.readyState !== WebSocket.OPEN,
    close: () => socket.terminate(),
  };
}
