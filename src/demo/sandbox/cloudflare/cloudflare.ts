import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../core/ports.ts';
import { HYPERDRIVE, SCRIPTS } from './account.ts';
import { openDoor } from './door.ts';
import type { CloudflareFaults } from './faults.ts';
import { newRoutes, serveRoutes } from './routes.ts';
import { createTraffic } from './traffic.ts';
import type { Traffic } from './traffic.ts';
import { serveWhoami } from './whoami.ts';
import { serveWorkers } from './workers/endpoints.ts';
import type { Scripts } from './workers/script.ts';

/** A stand-in for Cloudflare: its API on loopback, and the traffic that the API decides about. */
export type Cloudflare = {
  /** With `/client/v4` at its end, as wrangler wants it. */
  readonly url: string;
  /** The only token that it knows; another one for every sandbox. */
  readonly token: string;
  readonly traffic: Traffic;
  /** Forgets what an emergency has left: the other Worker, and the route that leads to it. */
  readonly rewind: () => void;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly clock: Clock;
  /** Where the code of the Workers is put; it is run from there. */
  readonly folder: string;
  readonly faults: CloudflareFaults;
};

export async function startCloudflare({ clock, folder, faults }: Options): Promise<Cloudflare> {
  const token = `sandbox-${randomBytes(20).toString('hex')}`;
  const scripts: Scripts = new Map();
  const routes = newRoutes(SCRIPTS.production);
  const now = createCalendar(clock);
  const parts = { scripts, folder, now, newId: randomUUID, knowsHyperdrive: (id: string) => id === HYPERDRIVE };
  const door = await openDoor({ token, faults }, (serve) => {
    serveWhoami(serve);
    serveWorkers(serve, parts);
    serveRoutes(serve, { routes, scripts });
  });
  return {
    url: door.url,
    token,
    traffic: createTraffic({ scripts, routes }),
    rewind() {
      for (const [id, route] of newRoutes(SCRIPTS.production)) routes.set(id, route);
      scripts.delete(SCRIPTS.emergency);
    },
    close: door.close,
  };
}

/** Times of which no two are the same, because wrangler puts versions in the order of their times. */
function createCalendar(clock: Clock): () => string {
  let last = 0;
  return () => {
    last = Math.max(clock.now(), last + 1);
    return new Date(last).toISOString();
  };
}
