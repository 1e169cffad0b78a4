import fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import type { Directory } from '../directory.ts';
import { SABOTAGES } from '../sandbox/sabotage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SlackEmulator } from '../slack/index.ts';
import type { StoryName } from '../story-choice.ts';
import { readAssets } from './assets.ts';
import type { Asset } from './assets.ts';
import { Deed, perform } from './deeds.ts';
import { createFeed } from './feed.ts';
import type { Feed } from './feed.ts';
import { HEADERS, refusalOf } from './guard.ts';
import { FIGURE_LIMITS, startMonitor } from './readings.ts';

export type PageParts = {
  readonly slack: SlackEmulator;
  readonly directory: Directory;
  readonly sandbox: Pick<Sandbox, 'serviceUrl' | 'health' | 'break' | 'sabotage' | 'relent' | 'sabotaged' | 'commits' | 'procedures'>;
  readonly clock: Clock;
  /** The port that is wanted; the next free one is taken where it is in use, and 0 takes any. */
  readonly port: number;
  /** Where the bot leaves its reports, for the page to say. */
  readonly reports: string;
  /** The story that is played, if any. */
  readonly story: StoryName | null;
};

/** The page on loopback in which a visitor is anybody of the workspace. */
export type Page = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

const PORTS_TRIED = 50;

export async function startPage(parts: PageParts): Promise<Page> {
  const { slack, directory, sandbox, clock } = parts;
  const monitor = startMonitor({ sandbox, clock });
  const feed = createFeed({ slack, directory, monitor, clock, procedure: sandbox.procedures[0], told: parts.story });
  const server = createServer(parts, await readAssets(), feed);
  const port = await listen(server, parts.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      monitor.stop();
      feed.stop();
      await server.close();
    },
  };
}

function createServer(parts: PageParts, assets: ReadonlyMap<string, Asset>, feed: Feed): FastifyInstance {
  const server = fastify({ logger: false, bodyLimit: 100_000, forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(HEADERS);
    const refusal = refusalOf({ method: request.method, port: request.socket.localPort ?? 0, headers: request.headers });
    if (refusal !== null) await reply.code(403).send({ says: refusal });
  });
  for (const [address, { type, body }] of assets) server.get(address, (_, reply) => reply.type(type).send(body));
  server.get('/scene', () => sceneOf(parts));
  const Follower = z.object({ as: z.enum(parts.directory.people.map(({ name }) => name)) });
  server.get('/news', async (request, reply) => {
    const follower = Follower.safeParse(request.query);
    if (!follower.success) return await reply.code(400).send({ says: 'There is nobody of that name in this workspace.' });
    return sendNews(reply, feed, follower.data.as);
  });
  server.post('/deeds', async (request, reply) => {
    const deed = Deed.safeParse(request.body);
    if (!deed.success) return await reply.code(400).send({ says: `This is nothing that one can do here: ${z.prettifyError(deed.error)}` });
    try {
      return await perform(deed.data, parts);
    } catch (error) {
      return await reply.code(409).send({ says: error instanceof Error ? error.message : String(error) });
    }
  });
  return server;
}

/** What does not change while the page is open. */
function sceneOf({ directory, sandbox, reports }: PageParts): object {
  return { ...directory, limits: FIGURE_LIMITS, commits: sandbox.commits, sabotages: SABOTAGES, reports, procedure: sandbox.procedures[0] };
}

/** Server-sent events, for as long as the page is open. */
function sendNews(reply: FastifyReply, feed: Feed, name: string): void {
  reply.hijack();
  reply.raw.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
  reply.raw.write('retry: 500\n\n');
  const unfollow = feed.follow(name, (news) => reply.raw.write(`data: ${JSON.stringify(news)}\n\n`));
  reply.raw.once('close', unfollow);
}

async function listen(server: FastifyInstance, wanted: number): Promise<number> {
  for (let port = wanted; ; port += 1) {
    try {
      await server.listen({ port, host: '127.0.0.1' });
      const address = server.addresses()[0];
      return typeof address === 'object' ? address.port : port;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port >= wanted + PORTS_TRIED || port >= 65_535) throw error;
    }
  }
}
