import fastify from 'fastify';
import type { Log } from '../core/ports.ts';
import { addAlerts } from './alerts/index.ts';

export { takeSaved } from './alerts/index.ts';
import type { AlertIntakeParts } from './alerts/index.ts';
import { addPages } from './pages.ts';
import type { PageIntakeParts } from './pages.ts';
import { addReleases } from './releases.ts';
import type { ReleaseIntakeParts } from './releases.ts';

export type IntakeParts = ReleaseIntakeParts &
  AlertIntakeParts &
  PageIntakeParts & {
    readonly port: number;
    /** Loopback unless the installation says otherwise; a container listens on all addresses. */
    readonly host: string;
    readonly log: Log;
    /** How long a request may take to come in. Whoever is slower, or is gone without a word, gives up their place. */
    readonly patienceMs?: number;
    /** What keeps the bot from taking commands now; empty when nothing does. */
    readonly unready: () => Promise<readonly string[]>;
    /** What Prometheus reads, in its text format. */
    readonly metrics: () => Promise<string>;
  };

/** Of a part of a path: a version may be longer than what a router usually takes. */
const LONGEST_NAME = 300;

const PATIENCE_MS = 20_000;

export type Intake = {
  /** Answers with the port that is listened on. */
  start(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * The bot's own HTTP server, apart from Slack's: whether it lives (`/healthz`), whether it can take commands (`/readyz`),
 * what CI asks and says about releases, who has a page, and what monitoring systems report.
 */
export function createIntake({ port, host, log, patienceMs = PATIENCE_MS, unready, metrics, ...parts }: IntakeParts): Intake {
  const server = fastify({
    logger: false,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    requestTimeout: patienceMs,
    http: { headersTimeout: patienceMs, connectionsCheckingInterval: patienceMs / 4 },
    routerOptions: { maxParamLength: LONGEST_NAME },
  });
  addReleases(server, parts);
  addPages(server, parts);
  addAlerts(server, { ...parts, log });
  server.get('/healthz', () => ({ status: 'alive' }));
  server.get('/metrics', async (_request, reply) => await reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics()));
  server.get('/readyz', async (_request, reply) => {
    const reasons = await unready();
    return await reply.code(reasons.length === 0 ? 200 : 503).send({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  });
  return {
    async start() {
      await server.listen({ port, host });
      const address = server.addresses()[0];
      const listening = typeof address === 'object' ? address.port : port;
      log.info({ port: listening }, 'health server is listening');
      return listening;
    },
    async stop() {
      await server.close();
    },
  };
}
