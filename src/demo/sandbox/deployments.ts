import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import type { Cache } from './cache.ts';
import type { Database } from './database.ts';

/** What a deployed Worker can reach. */
export type Bindings = {
  readonly cache: Cache;
  readonly database: Database;
  readonly logError: (line: string) => void;
  readonly now: () => number;
};
type Handler = (request: Request, bindings: Bindings) => Promise<Response>;

/** An order to serve the code that lies in `deployments/<id>`. */
export const DeploymentOrder = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}-\w{6}$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  message: z.string().max(200),
});
export type DeploymentOrder = z.infer<typeof DeploymentOrder>;
export type Deployment = DeploymentOrder & { readonly deployedAt: string };

const Module = z.object({ default: z.object({ fetch: z.custom<Handler>((value) => typeof value === 'function') }) });

/** Keeps what was deployed when. The code changes between two requests: the new one is loaded before the old one leaves. */
export function createDeployments({ folder, clock }: { folder: string; clock: Clock }) {
  const history: Deployment[] = [];
  let handler: Handler | null = null;

  return {
    /** Throws when the code can't be loaded; what was served before is then still served. */
    async deploy(order: DeploymentOrder): Promise<Deployment> {
      const entry = join(folder, order.id, 'src', 'worker-production-db.ts');
      const loaded: unknown = await import(pathToFileURL(entry).href);
      handler = Module.parse(loaded).default.fetch;
      const deployment = { ...order, deployedAt: new Date(clock.now()).toISOString() };
      history.push(deployment);
      return deployment;
    },
    handler: () => handler,
    current: () => history.at(-1) ?? null,
    /** Oldest first. */
    history: (): readonly Deployment[] => history,
  };
}

export type Deployments = ReturnType<typeof createDeployments>;
