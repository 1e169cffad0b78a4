import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { App } from '@slack/bolt';
import { HTTPModuleFunctions, HTTPResponseAck, isValidSlackRequest } from '@slack/bolt';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.ts';
import { sdkLogger } from '../sdk-logger.ts';
import type { Opening, Way } from './receiver.ts';
import { createReplayMemory } from './replay-memory.ts';

export type HttpParts = { readonly port: number; readonly signingSecret: string; readonly clock: Clock; readonly log: Log };

const PATH = '/slack/events';
const BODY_LIMIT = 1024 * 1024;
const MOST_SKEW_S = 5 * 60;
const Body = z.looseObject({ type: z.string().optional(), ssl_check: z.string().optional() });

/** Takes Slack's signed requests at `/slack/events`: once each, and none from the past or the future. */
export function createHttpWay({ port, signingSecret, clock, log }: HttpParts): Way {
  const memory = createReplayMemory(clock);
  const life: { app: App | null; server: Server | null } = { app: null, server: null };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    handle({ request, response, signingSecret, clock, log, memory, app: life.app }).catch((error: unknown) => {
      log.error({ error }, 'a request could not be handled');
      if (!response.headersSent) respond(response, 500);
    });
  };
  return {
    init(app) {
      life.app = app;
    },
    start() {
      const server = createServer(serve);
      life.server = server;
      return new Promise<Opening>((resolve) => {
        server.once('error', (error) =>
          resolve({ status: 'refused', says: `Port ${port} can't be used (${error.message}). Set PORT to a free one.` }),
        );
        server.listen(port, () => {
          const address = server.address();
          resolve({ status: 'open', port: typeof address === 'object' && address ? address.port : port });
        });
      });
    },
    async stop() {
      const { server } = life;
      life.server = null;
      if (!server) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
    },
    isOpen: () => life.server?.listening ?? false,
  };
}

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: ReturnType<typeof createReplayMemory>;
  readonly app: App | null;
};

async function handle(exchange: Exchange): Promise<void> {
  const { request, response, log, memory, app } = exchange;
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'POST' || pathname !== PATH) return respond(response, 404);
  const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, BODY_LIMIT).catch(() => null);
  if (buffered === null) return cutOff(request, response);
  const signature = isGenuine(exchange, buffered.rawBody.toString('utf8'));
  if (signature === null) return respond(response, 401);
  const body = readBody(buffered);
  if (body === null) return respond(response, 400);
  if (body.ssl_check === '1') return respond(response, 200);
  if (body.type === 'url_verification') return HTTPModuleFunctions.buildUrlVerificationResponse(response, body);
  if (!memory.isNew(signature)) {
    log.warn({}, 'the same signed request came twice');
    return respond(response, 200);
  }
  const retryNum = HTTPModuleFunctions.extractRetryNumFromHTTPRequest(request);
  const retryReason = HTTPModuleFunctions.extractRetryReasonFromHTTPRequest(request);
  const ack = new HTTPResponseAck({
    logger: sdkLogger(log),
    processBeforeResponse: false,
    httpRequest: buffered,
    httpRequestBody: body,
    httpResponse: response,
  });
  await app?.processEvent({
    body,
    ack: ack.bind(),
    ...(retryNum !== undefined && { retryNum }),
    ...(retryReason !== undefined && { retryReason }),
  });
}

/** The signature of a request that Slack has signed, within five minutes of our own time; null for any other. */
function isGenuine({ request, signingSecret, clock }: Exchange, body: string): string | null {
  const signature = request.headers['x-slack-signature'];
  const timestamp = Number(request.headers['x-slack-request-timestamp']);
  if (typeof signature !== 'string' || !Number.isInteger(timestamp)) return null;
  if (Math.abs(clock.now() / 1000 - timestamp) > MOST_SKEW_S) return null;
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
  return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: clock.now() }) ? signature : null;
}

function readBody(request: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]): z.infer<typeof Body> | null {
  try {
    const read = Body.safeParse(HTTPModuleFunctions.parseHTTPRequestBody(request));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Answers a request that goes on for too long, and listens to it no further. */
function cutOff(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { connection: 'close' });
  response.end(() => request.destroy());
}

function respond(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
