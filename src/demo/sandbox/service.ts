import type { Redis } from 'ioredis';
import type { Clock } from '../../core/ports.ts';
import { createCache } from './cache.ts';
import { createDatabase } from './database.ts';
import type { Site } from './cloudflare/site.ts';
import type { Traffic } from './cloudflare/traffic.ts';
import type { ErrorLog } from './error-log.ts';
import type { Health } from './health.ts';
import { listen } from './http-server.ts';
import { createRoutes } from './routes.ts';
import type { Extras, Scenario } from './scenario.ts';
import { createShop } from './shop.ts';
import { startTraffic } from './traffic.ts';
import { createWindow } from './window.ts';
import type { Figures } from './window.ts';

export type ServiceOptions = {
  readonly clock: Clock;
  readonly redis: Redis;
  /** Which code is served to whom. */
  readonly traffic: Traffic;
  /** The frontend beside it. */
  readonly site: Site;
  readonly emergencySite: (path: string) => Response;
  readonly perSecond: number;
  readonly windowMs: number;
  readonly isSick: () => boolean;
  readonly errors: ErrorLog;
  readonly scenario: Pick<Scenario, 'workerPaths'>;
  readonly extras: Extras;
};

/** The "production" of the sandbox: it serves what is deployed to customers of its own, on loopback. */
export type Service = {
  readonly url: string;
  readonly health: () => Promise<Health>;
  readonly figures: () => Figures;
  /** Begins the figures anew, so that they say nothing of what was before. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
};

export async function startService(options: ServiceOptions): Promise<Service> {
  const { clock, redis, perSecond, windowMs, errors } = options;
  const window = createWindow({ clock, windowMs });
  const cache = createCache({ redis, clock });
  await cache.setLimit();
  const bindings = { cache, database: createDatabase({ clock, perSecond }), logError: errors.write, now: () => clock.now() };
  const shop = createShop({ ...options, bindings, window });
  const routes = createRoutes({ ...options, shop, cache, bindings, window });
  const server = await listen(routes);
  const visit = (id: number) => void shop.serve(new Request(`${server.url}/api/products/${id}`));
  const stopTraffic = startTraffic({ clock, perSecond, visit });
  return {
    url: server.url,
    health: routes.health,
    figures: () => window.figures(),
    forget: () => window.forget(),
    async close() {
      stopTraffic();
      cache.close();
      await server.close();
    },
  };
}
