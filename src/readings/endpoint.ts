import type { Instant } from '../core/brand.ts';
import type { Json } from '../core/digest.ts';
import { resolvePointer } from '../core/pointer.ts';
import type { MetricSource } from '../core/reading/metric.ts';
import type { Sample } from '../core/trigger/sample.ts';
import { numberIn } from './number.ts';
import { addressOf, askJson, NoReading, sayStatus } from './request.ts';
import type { AskParts } from './request.ts';

type Endpoint = Extract<MetricSource, { kind: 'endpoint' }>;

/** Reads a number out of the JSON that an endpoint answers with. It was true when it was asked for, unless the answer says since when. */
export async function readEndpoint({ url, headers, pointer, samples, at }: Endpoint, parts: AskParts): Promise<Sample> {
  const asked = addressOf(url);
  const askedAt = parts.clock.now();
  const { status, json } = await askJson({ url: asked, headers }, parts);
  if (status < 200 || status > 299) throw new NoReading(`${asked.origin}${asked.pathname} answered ${sayStatus(status)}.`);
  return {
    at: at === undefined ? askedAt : instantAt(json, at),
    value: numberAt(json, pointer),
    ...(samples !== undefined && { n: numberAt(json, samples) }),
  };
}

function numberAt(json: Json, pointer: string): number {
  return numberIn(valueAt(json, pointer), pointer === '' ? 'The answer' : `What stands at ${pointer}`);
}

function valueAt(json: Json, pointer: string): Json {
  const value = resolvePointer(json, pointer);
  if (value === undefined) throw new NoReading(`There is nothing at ${pointer} in the answer.`);
  return value;
}

/** A date with its time zone, or seconds since 1970: a date without one would mean another time on each machine. */
function instantAt(json: Json, pointer: string): Instant {
  const value = valueAt(json, pointer);
  const dated = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
  return Math.round(Number.isNaN(dated) ? numberIn(value, `The time at ${pointer}`) * 1000 : dated) as Instant;
}
