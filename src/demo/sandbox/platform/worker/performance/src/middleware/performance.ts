import { EdgeCache } from '../utils/edge-cache.ts';

const edge = new EdgeCache();

/** Answers from the edge what has been answered before, and says how long each request took. */
export class PerformanceMiddleware {
  async handle(request: Request, answer: () => Promise<Response>): Promise<Response> {
    const startedMs = performance.now();
    const { pathname } = new URL(request.url);
    await edge.look(pathname);
    const response = await answer();
    edge.kept.set(pathname, await response.clone().text());
    response.headers.set('server-timing', `edge;dur=${Math.round(performance.now() - startedMs)}`);
    return response;
  }
}
