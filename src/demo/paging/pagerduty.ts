import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** An incident at PagerDuty, as its events have made it. */
export type PagerDutyIncident = {
  readonly key: string;
  readonly service: string;
  readonly summary: string;
  readonly status: 'triggered' | 'acknowledged' | 'resolved';
  /** How many events there were about it. */
  readonly events: number;
};

/** What it answers next instead of looking at the event. */
export type PagerDutyFault = number | 'lost';

/** A stand-in for the Events API v2: it takes what PagerDuty takes and refuses what PagerDuty refuses, with its words. */
export type PagerDutyStandIn = {
  readonly url: string;
  readonly incidents: readonly PagerDutyIncident[];
  /** Every request, with the status that it was answered with; null where the answer was lost. */
  readonly requests: readonly (number | null)[];
  /** The next requests are answered so, one after the other. */
  fails(...faults: readonly PagerDutyFault[]): void;
  close(): Promise<void>;
};

const MOST_BYTES = 512 * 1024;
const RETRY_AFTER_SECONDS = 7;

const Event = z
  .object({
    routing_key: z.string().length(32, "Length of 'routing_key' is incorrect (should be 32 characters)"),
    event_action: z.enum(['trigger', 'acknowledge', 'resolve'], "'event_action' is not one of: trigger, acknowledge, resolve"),
    dedup_key: z.string().max(255, "Length of 'dedup_key' is incorrect (should be at most 255 characters)").optional(),
    payload: z
      .object({
        summary: z.string({ error: "'payload.summary' is missing or blank" }).min(1).max(1024),
        source: z.string({ error: "'payload.source' is missing or blank" }).min(1),
        severity: z.enum(
          ['critical', 'error', 'warning', 'info'],
          "'payload.severity' is invalid (must be one of: critical, error, warning, info)",
        ),
        timestamp: z.iso.datetime().optional(),
      })
      .optional(),
    links: z.array(z.object({ href: z.url(), text: z.string() })).optional(),
    client: z.string().optional(),
  })
  .refine(({ event_action, payload }) => event_action !== 'trigger' || payload !== undefined, "'payload' is missing")
  .refine(({ event_action, dedup_key }) => event_action === 'trigger' || dedup_key !== undefined, "'dedup_key' is missing");

/** Opens it on loopback; `services` are the routing keys that exist, or null for any. */
export async function openPagerDuty(services: readonly string[] | null = null): Promise<PagerDutyStandIn> {
  const incidents = new Map<string, PagerDutyIncident>();
  const requests: (number | null)[] = [];
  const faults: PagerDutyFault[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const fault = faults.shift();
      const { code, body } =
        typeof fault === 'number' ? { code: fault, body: {} } : take(incidents, services, request.url ?? '', Buffer.concat(chunks));
      requests.push(fault === 'lost' ? null : code);
      if (fault === 'lost') return request.socket.destroy();
      if (code === 429) response.setHeader('retry-after', String(RETRY_AFTER_SECONDS));
      return response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get incidents() {
      return [...incidents.values()];
    },
    requests,
    fails: (...next) => void faults.push(...next),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Answer = { readonly code: number; readonly body: object };

function take(incidents: Map<string, PagerDutyIncident>, services: readonly string[] | null, path: string, bytes: Buffer): Answer {
  if (path !== '/v2/enqueue') return { code: 404, body: {} };
  if (bytes.length > MOST_BYTES) return { code: 413, body: {} };
  const read = Event.safeParse(parse(bytes.toString()));
  if (!read.success) return invalid(read.error.issues.map(({ message }) => message));
  const { routing_key: service, event_action: action, dedup_key, payload } = read.data;
  if (services !== null && !services.includes(service)) return invalid(['Invalid routing key']);
  const key = dedup_key ?? `made-${incidents.size + 1}`;
  const before = incidents.get(`${service} ${key}`);
  if (action === 'trigger' || before) {
    const status = action === 'resolve' ? 'resolved' : action === 'acknowledge' ? 'acknowledged' : 'triggered';
    const open = before && before.status !== 'resolved' ? before : null;
    incidents.set(`${service} ${key}`, {
      key,
      service,
      summary: open?.summary ?? payload?.summary ?? before?.summary ?? '',
      // A second event about the same thing opens nothing and calls nobody.
      status: action === 'trigger' && open ? open.status : status,
      events: (open?.events ?? 0) + 1,
    });
  }
  return { code: 202, body: { status: 'success', message: 'Event processed', dedup_key: key } };
}

function invalid(errors: readonly string[]): Answer {
  return { code: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
