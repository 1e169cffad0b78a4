import type { CacheState } from './cache.ts';
import type { Figures } from './window.ts';

/** What the service says about itself; the reasons are sentences, and there are none when it is healthy. */
export type Health = { readonly status: 'healthy' | 'unhealthy'; readonly reasons: readonly string[] };

export const LIMITS = { errorRate: 0.05, hitRate: 0.6, p95Ms: 1000 } as const;

/** Judges the last few seconds; no figures are no good news. */
export function judge(figures: Figures, cache: CacheState, deployed: boolean): Health {
  const reasons = [...trafficReasons(figures), ...cacheReasons(cache)];
  if (!deployed) reasons.push('Nothing is deployed.');
  return { status: reasons.length === 0 ? 'healthy' : 'unhealthy', reasons };
}

function trafficReasons({ requests, errorRate, hitRate, p95Ms }: Figures): string[] {
  if (requests === 0) return ['No request has been answered lately.'];
  const reasons: string[] = [];
  if (errorRate !== null && errorRate > LIMITS.errorRate) reasons.push(`${percent(errorRate)} of all requests fail.`);
  if (hitRate !== null && hitRate < LIMITS.hitRate) reasons.push(`Only ${percent(hitRate)} of all requests are answered by the cache.`);
  if (p95Ms !== null && p95Ms > LIMITS.p95Ms) reasons.push(`The slowest twentieth of the requests takes ${p95Ms} ms or more.`);
  return reasons;
}

function cacheReasons(cache: CacheState): string[] {
  if (cache.status === 'unreachable') return [`The cache can't be reached: ${cache.says}.`];
  if (cache.memoryBytes <= cache.limitBytes) return [];
  return [`The cache uses ${mebibytes(cache.memoryBytes)} of its ${mebibytes(cache.limitBytes)}.`];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
