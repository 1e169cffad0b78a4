import type { Bindings } from './bindings.ts';
import type { Cache } from './cache.ts';
import type { Site } from './cloudflare/site.ts';
import type { Served, Traffic } from './cloudflare/traffic.ts';
import type { ErrorLog } from './error-log.ts';
import { judge, LIMITS } from './health.ts';
import type { Health } from './health.ts';
import type { Extras, Scenario } from './scenario.ts';
import type { Shop } from './shop.ts';
import type { Window } from './window.ts';

type Parts = {
  readonly shop: Shop;
  readonly cache: Cache;
  readonly traffic: Traffic;
  readonly site: Site;
  readonly emergencySite: (path: string) => Response;
  readonly bindings: Bindings;
  readonly errors: ErrorLog;
  readonly window: Window;
  readonly windowMs: number;
  readonly scenario: Pick<Scenario, 'workerPaths'>;
  readonly extras: Extras;
};

/** Everything that the production service answers, whoever asks. */
export function createRoutes(parts: Parts) {
  const { shop, traffic, errors, window, windowMs, scenario, extras } = parts;
  const ofWorker = ['/api/products/', ...(scenario.workerPaths ?? [])];

  async function health(): Promise<Health> {
    const now = judge(window.figures(), await parts.cache.measure(), traffic.current() !== null);
    const reasons = [...now.reasons, ...((await extras.reasons?.()) ?? [])];
    return { status: reasons.length === 0 ? 'healthy' : 'unhealthy', reasons };
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (ofWorker.some((path) => url.pathname.startsWith(path))) return await shop.serve(request);
    const special = extras.answer?.(request) ?? null;
    if (special !== null) return await special;
    return request.method === 'GET' || request.method === 'HEAD'
      ? await read(url)
      : Response.json({ error: 'Not found.' }, { status: 404 });
  }

  async function read(url: URL): Promise<Response> {
    switch (url.pathname) {
      case '/api/health': {
        const now = await health();
        return Response.json({ ...now, version: traffic.current()?.commit ?? null }, { status: now.status === 'healthy' ? 200 : 503 });
      }
      case '/api/health/cache':
        return cacheHealth(parts);
      case '/api/health/database':
        return Response.json({ query_ms_average: parts.bindings.database.averageMs() });
      case '/api/metrics':
        return Response.json(metricsOf(parts));
      case '/metrics':
        return new Response(figuresOf(parts), { headers: { 'content-type': 'text/plain; version=0.0.4' } });
      case '/api/version':
        return Response.json(versionOf(traffic.current()));
      case '/api/logs': {
        if (url.searchParams.get('level') !== 'error') return Response.json({ error: 'Ask for ?level=error.' }, { status: 400 });
        const lines = errors.recent();
        return Response.json({ level: 'error', count: lines.length, window_seconds: windowMs / 1000, lines: lines.slice(-20) });
      }
      default:
        if (url.pathname.startsWith('/emergency-site/')) return parts.emergencySite(url.pathname.slice('/emergency-site'.length));
        if (url.pathname.startsWith('/site/')) return parts.site.serve(`${url.pathname}${url.search}`.slice('/site'.length));
        return url.pathname.startsWith('/workers.dev/') ? answerAlone(parts, url) : Response.json({ error: 'Not found.' }, { status: 404 });
    }
  }

  return { answer, health };
}

export type Routes = ReturnType<typeof createRoutes>;

async function cacheHealth({ cache, window, errors }: Parts): Promise<Response> {
  const state = await cache.measure();
  if (state.status === 'unreachable') return Response.json({ status: 'unreachable', reason: state.says }, { status: 503 });
  const { hitRate } = window.figures();
  const good = (hitRate ?? 1) >= LIMITS.hitRate && state.memoryBytes <= state.limitBytes && errors.recent().length === 0;
  return Response.json({
    status: good ? 'healthy' : 'degraded',
    hit_rate: hitRate,
    memory_bytes: state.memoryBytes,
    memory_limit_bytes: state.limitBytes,
    warmed_keys: state.warmedKeys,
  });
}

function metricsOf({ window, windowMs }: Parts): object {
  const { requests, errorRate, hitRate, p95Ms } = window.figures();
  return {
    error_rate: errorRate,
    hit_rate: hitRate,
    response_time_p95_ms: p95Ms,
    requests,
    window_seconds: windowMs / 1000,
    requests_since_start: window.served(),
  };
}

/** The same for Prometheus; what is not known is left out. */
function figuresOf({ window }: Parts): string {
  const { requests, errorRate, hitRate, p95Ms } = window.figures();
  const named = { requests_in_window: requests, error_rate: errorRate, cache_hit_rate: hitRate, response_time_p95: p95Ms };
  return Object.entries(named)
    .flatMap(([name, figure]) => (figure === null ? [] : [`# TYPE ${name} gauge\n${name} ${figure}\n`]))
    .join('');
}

/** What a Worker says of itself, from its own variables: its commit, and the version that it is. */
function versionOf(served: Served | null): object {
  return {
    version: served?.commit ?? null,
    deployed_at: served?.deployedAt ?? null,
    worker: served?.script ?? null,
    version_id: served?.versionId ?? null,
  };
}

/** A Worker under an address of its own, so that it can be tried before visitors are routed to it. */
async function answerAlone({ traffic, bindings, extras }: Parts, url: URL): Promise<Response> {
  const [, , script = '', ...rest] = url.pathname.split('/');
  const served = traffic.of(script);
  if (!served) return Response.json({ error: 'There is nothing here yet.' }, { status: 404 });
  const path = `/${rest.join('/')}`;
  if (path === '/api/version') return Response.json(versionOf(served));
  const asked = path === '/api/health' ? '/api/products/1' : path;
  const answer = await served
    .fetch(new Request(new URL(asked, url)), { ...bindings, ...extras.bind?.(served) })
    .catch(() => Response.json({}, { status: 500 }));
  if (path !== '/api/health') return answer;
  const status = answer.status === 200 ? 'healthy' : 'unhealthy';
  return Response.json({ status, ...versionOf(served) }, { status: answer.status === 200 ? 200 : 503 });
}
