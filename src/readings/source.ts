import { fresh } from '../core/reading/reading.ts';
import type { Reading } from '../core/reading/reading.ts';
import type { ReadSource, Window } from '../core/reading/port.ts';
import type { MetricSource } from '../core/reading/metric.ts';
import type { Clock } from '../core/ports.ts';
import type { Sample } from '../core/trigger/sample.ts';
import { readEndpoint } from './endpoint.ts';
import { readPrometheus, readPrometheusWindow } from './prometheus.ts';
import { NoReading } from './request.ts';

/** Reads a metric from where it comes. Whatever the outside does, the answer is a number that counts or a sentence. */
export function createSourceReader(clock: Clock): ReadSource {
  return async ({ source, staleMs }, signal): Promise<Reading> => {
    const parts = { clock, signal };
    const sample = await orWhy(source.kind === 'prometheus' ? readPrometheus(source, parts) : readEndpoint(source, parts));
    return 'why' in sample ? { at: clock.now(), why: sample.why } : fresh(sample, clock.now(), { staleMs });
  };
}

/** What a source itself remembers; null where it remembers nothing. */
export async function readWindow(
  source: MetricSource,
  window: Window,
  parts: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly Sample[] | { readonly why: string } | null> {
  return source.kind === 'prometheus' ? await orWhy(readPrometheusWindow(source, window, parts)) : null;
}

async function orWhy<Value>(reading: Promise<Value>): Promise<Value | { readonly why: string }> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NoReading) return { why: error.message };
    throw error;
  }
}
