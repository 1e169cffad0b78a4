import { chmod, rm } from 'node:fs/promises';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Json } from '../../core/digest.ts';
import type { Clock, Ids, Log } from '../../core/ports.ts';
import type { TerminalDesk } from '../desk.ts';
import { placeBeside, whyUnsafe } from './place.ts';
import type { SocketPlace } from './place.ts';
import { openProofs } from './proof.ts';
import { createSessions } from './sessions.ts';

export type DoorParts = {
  /** The file beside which it is; only the owner of the database may open this door. */
  readonly database: string;
  readonly desk: TerminalDesk;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

/** The way in for the terminal of this machine. */
export type TerminalDoor = {
  /** Answers with why it stays shut, or null. */
  open(): Promise<string | null>;
  close(): Promise<void>;
};

const OWNER_AND_GROUP = 0o660;
const NOT_FOR_OTHERS = 0o117;
const MOST_BYTES = 2 * 1024 * 1024;

const Proof = z.object({ secret: z.string() });
const Call = z.object({ jsonrpc: z.literal('2.0'), id: z.union([z.string(), z.number()]), method: z.string(), params: z.json() });

/** A socket beside the database, for its owner's group: JSON-RPC over HTTP, for whoever has proved to be a user of this machine. */
export function createTerminalDoor(parts: DoorParts): TerminalDoor {
  let server: FastifyInstance | null = null;
  let socket: string | null = null;
  return {
    async open() {
      const place = await placeBeside(parts.database);
      if ('says' in place) return place.says;
      const unsafe = await whyUnsafe(place);
      if (unsafe !== null) return unsafe;
      try {
        await openProofs(place.proofs);
        // Whoever owns the database has no rival, so what lies here was left by one that is gone.
        await rm(place.socket, { force: true });
        server = serve(parts, place);
        await listen(server, place.socket);
        socket = place.socket;
        return null;
      } catch (error) {
        return `${place.socket} could not be opened: ${error instanceof Error ? error.message : String(error)}.`;
      }
    },
    async close() {
      await server?.close();
      if (socket !== null) await rm(socket, { force: true });
    },
  };
}

/** Never open to others, not even for a moment. */
async function listen(server: FastifyInstance, socket: string): Promise<void> {
  await server.ready();
  const before = process.umask(NOT_FOR_OTHERS);
  try {
    const listening = server.listen({ path: socket });
    process.umask(before);
    await listening;
  } finally {
    process.umask(before);
  }
  await chmod(socket, OWNER_AND_GROUP);
}

function serve({ desk, clock, ids, log }: DoorParts, { proofs }: SocketPlace): FastifyInstance {
  const sessions = createSessions({ proofs, clock, ids });
  const server = fastify({ logger: false, bodyLimit: MOST_BYTES, forceCloseConnections: true });
  server.post('/challenge', () => sessions.challenge());
  server.post('/prove', async ({ body }, reply) => {
    const read = Proof.safeParse(body);
    const opened = read.success ? await sessions.open(read.data.secret) : null;
    if (opened) return { session: opened.session };
    log.warn({}, 'somebody at the terminal did not prove who they are');
    return await reply.code(401).send({ says: 'This does not prove who you are.' });
  });
  server.post('/rpc', async ({ body, headers }, reply) => {
    const user = sessions.userOf(headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (user === null) return await reply.code(401).send({ says: 'Prove first who you are.' });
    const call = Call.safeParse(body);
    if (!call.success) return { jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'This is no call.' } };
    const { id, method } = call.data;
    const params = call.data.params as Json;
    try {
      return { jsonrpc: '2.0', id, result: await desk(user, method, params) };
    } catch (error) {
      log.error({ user: user.name, method, error }, 'a call from the terminal could not be dealt with');
      return { jsonrpc: '2.0', id, error: { code: -32_603, message: 'The bot could not do this. Its log says why.' } };
    }
  });
  return server;
}
