import { browserSecondsFor } from '../utils/edge-cache.ts';

/** Says how long a request took, and how long a browser may keep the answer. */
export class BasicMiddleware {
  async handle(request: Request, answer: () => Promise<Response>): Promise<Response> {
    const startedMs = performance.now();
    const response = await answer();
    response.headers.set('cache-control', `private, max-age=${browserSecondsFor(new URL(request.url).pathname)}`);
    response.headers.set('server-timing', `total;dur=${Math.round(performance.now() - startedMs)}`);
    return response;
  }
}
