import type { Cache } from './cache.ts';
import { DeploymentOrder } from './deployments.ts';
import type { Deployments } from './deployments.ts';
import type { ErrorLog } from './error-log.ts';
import { judge, LIMITS } from './health.ts';
import type { Health } from './health.ts';
import type { Shop } from './shop.ts';
import type { Window } from './window.ts';

type Parts = {
  readonly shop: Shop;
  readonly cache: Cache;
  readonly deployments: Deployments;
  readonly errors: ErrorLog;
  readonly window: Window;
  readonly windowMs: number;
};

/** Everything that the production service answers, whoever asks. */
export function createRoutes(parts: Parts) {
  const { shop, deployments, errors, window, windowMs } = parts;

  async function health(): Promise<Health> {
    return judge(window.figures(), await parts.cache.measure(), deployments.current() !== null);
  }

  async function read(url: URL): Promise<Response> {
    switch (url.pathname) {
      case '/api/health': {
        const now = await health();
        return Response.json({ ...now, version: version() }, { status: now.status === 'healthy' ? 200 : 503 });
      }
      case '/api/health/cache':
        return cacheHealth(parts);
      case '/api/metrics':
        return Response.json(metricsOf(parts));
      case '/api/version':
        return Response.json({ version: version(), deployed_at: deployments.current()?.deployedAt ?? null });
      case '/api/logs': {
        if (url.searchParams.get('level') !== 'error') return Response.json({ error: 'Ask for ?level=error.' }, { status: 400 });
        const lines = errors.recent();
        return Response.json({ level: 'error', count: lines.length, window_seconds: windowMs / 1000, lines: lines.slice(-20) });
      }
      case '/sandbox/deployments':
        return Response.json(deployments.history());
      default:
        return url.pathname.startsWith('/api/products/') ? shop.serve(url.href) : Response.json({ error: 'Not found.' }, { status: 404 });
    }
  }

  async function deploy(body: unknown): Promise<Response> {
    const order = DeploymentOrder.safeParse(body);
    if (!order.success) return Response.json({ error: 'This is no order for a deployment.' }, { status: 400 });
    try {
      return Response.json(await deployments.deploy(order.data));
    } catch (error) {
      return Response.json({ error: error instanceof Error ? error.message : String(error) }, { status: 422 });
    }
  }

  function version(): string | null {
    return deployments.current()?.commit ?? null;
  }

  return { read, deploy, health };
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
