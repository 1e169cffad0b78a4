import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { z } from 'zod';
import { canonicalJson } from '../../../core/digest.ts';
import type { Clock } from '../../../core/ports.ts';

/** A stand-in for Alertmanager, which takes what Prometheus sends it and says what it has. */
export type Alertmanager = {
  readonly url: string;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
};

const Labels = z.record(z.string(), z.string());
const Sent = z.array(
  z.looseObject({ labels: Labels, annotations: Labels.default({}), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
);
/** With when it last came, whenever it began. */
type Alert = z.infer<typeof Sent>[number] & { readonly updatedAt: string };

export async function startAlertmanager({ clock }: { clock: Clock }): Promise<Alertmanager> {
  const alerts = new Map<string, Alert>();
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.get('/-/ready', () => 'OK');
  app.post('/api/v2/alerts', async (request, reply) => {
    const sent = Sent.safeParse(request.body);
    if (!sent.success) return await reply.code(400).send(z.prettifyError(sent.error));
    const updatedAt = new Date(clock.now()).toISOString();
    for (const alert of sent.data) alerts.set(canonicalJson(alert.labels), { ...alert, updatedAt });
    return await reply.code(200).send();
  });
  app.get('/api/v2/alerts', ({ query }) => {
    const { filter } = z.object({ filter: z.string().default('') }).parse(query);
    return [...alerts.values()].filter((alert) => matches(alert, filter) && Date.parse(alert.endsAt) > clock.now()).map(shown);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, forget: () => alerts.clear(), close: async () => await app.close() };
}

/** Only what compares one label with one value is understood. */
function matches({ labels }: Alert, filter: string): boolean {
  if (filter === '') return true;
  const [, name = '', value] = /^(\w+)="([^"]*)"$/.exec(filter) ?? [];
  return value !== undefined && labels[name] === value;
}

function shown({ labels, annotations, startsAt, endsAt, updatedAt }: Alert): object {
  return {
    labels,
    annotations,
    startsAt,
    endsAt,
    updatedAt,
    receivers: [{ name: 'people' }],
    status: { state: 'active', inhibitedBy: [], silencedBy: [] },
  };
}
