import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { z } from 'zod';

/** A stand-in for Docker: what runs in a container elsewhere is a plain program of the sandbox, and can be restarted by its name. */
export type Containers = { readonly url: string; readonly close: () => Promise<void> };

export async function startContainers(restart: Readonly<Record<string, () => Promise<void>>>): Promise<Containers> {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.post('/services/:service/restart', async (request, reply) => {
    const { service } = z.object({ service: z.string() }).parse(request.params);
    const deed = Object.hasOwn(restart, service) ? restart[service] : undefined;
    if (!deed) return await reply.code(404).send(`no such service: ${service}`);
    await deed();
    return await reply.code(204).send();
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: async () => await app.close() };
}
