import type { MetricAction } from '../../procedure/action.ts';
import { Inexpressible, quote, wordOf } from '../word.ts';
import { pointerWord } from './http.ts';

/** A metric as rollbot.yml says now how it is read. */
export function metricLines({ name, metric }: MetricAction<string>): readonly string[] {
  if (metric === null) throw new Inexpressible(`rollbot.yml has no metric "${name}"`);
  const { title, staleMs, source } = metric;
  const headers = Object.entries(source.headers).map(([key, value]) => `${quote(key)} ${wordOf(value)}`);
  const stale = staleMs / 1000;
  if (source.kind === 'endpoint') {
    const places = [source.pointer, source.samples, source.at].map(pointerWord);
    return [['metric_of_endpoint', quote(title), ...places, stale, wordOf(source.url), ...headers].join(' ')];
  }
  const samples = source.samples === undefined ? '-' : wordOf(source.samples);
  return [['metric_of_prometheus', quote(title), stale, wordOf(source.url), wordOf(source.query), samples, ...headers].join(' ')];
}
