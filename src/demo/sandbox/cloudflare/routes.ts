import { z } from 'zod';
import { API_ROUTE, PAGES } from './account.ts';
import { CODES } from './codes.ts';
import type { Serve } from './door.ts';
import { give, giveList, refuse } from './envelope.ts';
import type { Scripts } from './workers/script.ts';

/** Which Worker answers for a pattern of addresses. */
export type Route = { readonly id: string; readonly pattern: string; readonly script: string };
export type Routes = Map<string, Route>;

const Wanted = z.strictObject({ pattern: z.string().regex(/^[\w.*-]+\/\S*$/), script: z.string() });

/** The route of the shop's API as it is on a good day. */
export function newRoutes(script: string): Routes {
  return new Map([[API_ROUTE.id, { ...API_ROUTE, script }]]);
}

/** The routes of the zone: changing the Worker of one switches its visitors over at once. */
export function serveRoutes(serve: Serve, { routes, scripts }: { routes: Routes; scripts: Scripts }): void {
  serve('GET', '/zones/:zone/workers/routes', () => giveList([...routes.values()]));
  serve('GET', '/zones/:zone/workers/routes/:route', ({ params }) => {
    const route = routes.get(params.route ?? '');
    return route ? give(route) : noRoute();
  });
  serve('PUT', '/zones/:zone/workers/routes/:route', ({ params, body }) => {
    const route = routes.get(params.route ?? '');
    if (!route) return noRoute();
    const wanted = Wanted.safeParse(body);
    if (!wanted.success) return refuse(400, CODES.badBody, `The route can't be read: ${z.prettifyError(wanted.error)}`);
    if (wanted.data.pattern.startsWith(PAGES.host)) return refuse(400, CODES.badBody, `${PAGES.host} is served by Pages.`);
    if (!scripts.has(wanted.data.script)) return refuse(404, CODES.notFound, 'workers.api.error.script_not_found');
    const changed = { id: route.id, ...wanted.data };
    routes.set(route.id, changed);
    return give(changed);
  });
}

function noRoute() {
  return refuse(404, CODES.notFound, 'workers.api.error.route_not_found');
}
