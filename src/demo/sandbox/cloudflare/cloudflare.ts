import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../core/ports.ts';
import { PAGES, SCRIPTS } from './account.ts';
import { openDoor } from './door.ts';
import type { CloudflareFaults } from './faults.ts';
import { rewindHyperdrives, serveHyperdrive } from './hyperdrive.ts';
import type { Hyperdrives } from './hyperdrive.ts';
import { rewindPages } from './pages-history.ts';
import type { PagesCommits } from './pages-history.ts';
import { newUploadToken, servePagesUpload } from './pages-upload.ts';
import { newProjects, servePages } from './pages.ts';
import type { PagesDeployment } from './pages.ts';
import { servePurge } from './purge.ts';
import { newRoutes, serveRoutes } from './routes.ts';
import { createSite, pageOf } from './site.ts';
import type { Site } from './site.ts';
import { createTraffic } from './traffic.ts';
import type { Traffic } from './traffic.ts';
import { serveWhoami } from './whoami.ts';
import { serveWorkers } from './workers/endpoints.ts';
import type { Scripts } from './workers/script.ts';

/** A stand-in for Cloudflare: its API on loopback, and what visitors get of that which the API decides about. */
export type Cloudflare = {
  /** With `/client/v4` at its end, as wrangler wants it. */
  readonly url: string;
  /** The only token that it knows; another one for every sandbox. */
  readonly token: string;
  readonly traffic: Traffic;
  readonly site: Site;
  /** The project for emergencies under its own address, of which nobody keeps copies. */
  readonly emergencySite: (path: string) => Response;
  /** Brings everything but the versions of the Worker back to where the trouble begins. */
  readonly rewind: (commits: PagesCommits) => void;
  /** The build that Pages has for visitors, whatever the edge still has of another. */
  readonly canonical: () => PagesDeployment | null;
  /** Has Pages return to its first build, behind the back of the edge. */
  readonly returnUnseen: () => void;
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
  const configs: Hyperdrives = new Map();
  const pages = newProjects();
  const projects = [pages.site, pages.emergency];
  const uploadToken = newUploadToken(token);
  const site = createSite(projects, { clock, isDeaf: () => faults.isOn('cloudflare-purge-ignored') });
  const now = createCalendar(clock);
  rewindHyperdrives(configs, now());
  const door = await openDoor({ token, uploadToken, faults }, (serve) => {
    serveWhoami(serve);
    serveWorkers(serve, { scripts, folder, now, newId: randomUUID, knowsHyperdrive: (id) => configs.has(id) });
    serveRoutes(serve, { routes, scripts });
    servePages(serve, projects);
    servePagesUpload(serve, { projects, uploadToken, newId: randomUUID, now });
    servePurge(serve, { site, clock });
    serveHyperdrive(serve, { configs, now });
  });
  return {
    url: door.url,
    token,
    traffic: createTraffic({ scripts, routes }),
    site,
    rewind(commits) {
      for (const [id, route] of newRoutes(SCRIPTS.production)) routes.set(id, route);
      scripts.delete(SCRIPTS.emergency);
      rewindHyperdrives(configs, now());
      pages.site.domains.add(PAGES.host);
      pages.emergency.domains.clear();
      pages.emergency.deployments.splice(0);
      pages.emergency.canonical = null;
      rewindPages(pages.site, commits, { newId: randomUUID, now });
      site.purge(() => true);
    },
    emergencySite: (path) => {
      const page = pageOf(pages.emergency, path);
      return page ? new Response(page.body, { headers: { 'content-type': page.type } }) : new Response('Not found.\n', { status: 404 });
    },
    canonical: () => projects.find(({ domains }) => domains.has(PAGES.host))?.canonical ?? null,
    returnUnseen() {
      pages.site.canonical = pages.site.deployments[0] ?? null;
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
