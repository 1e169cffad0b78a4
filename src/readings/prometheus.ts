import { z } from 'zod';
import type { Instant } from '../core/brand.ts';
import type { MetricSource } from '../core/reading/metric.ts';
import type { Window } from '../core/reading/port.ts';
import type { Sample } from '../core/trigger/sample.ts';
import { numberIn } from './number.ts';
import { addressOf, askJson, NoReading, sayStatus } from './request.ts';
import type { AskParts } from './request.ts';

type Prometheus = Extract<MetricSource, { kind: 'prometheus' }>;

const Point = z.tuple([z.number(), z.string()]);
type Point = z.infer<typeof Point>;
const Refused = z.object({ status: z.literal('error'), error: z.string() });
const Warned = { status: z.literal('success'), warnings: z.array(z.string()).optional() };
const Now = z.object({
  ...Warned,
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: Point.optional() })) }),
    z.object({ resultType: z.literal('scalar'), result: Point }),
  ]),
});
const Range = z.object({
  ...Warned,
  data: z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ values: z.array(Point).optional() })) }),
});

/** More points than anybody can see; Prometheus itself refuses more than 11,000. */
const MOST_POINTS = 1000;
const LONGEST_QUERY = 200;

/** Reads the number that a query has now, by Prometheus' own clock, and of the same moment how many requests it is drawn from. */
export async function readPrometheus(source: Prometheus, parts: AskParts): Promise<Sample> {
  const [seconds, text] = await pointOf(source, { query: source.query }, parts);
  const at = Math.round(seconds * 1000) as Instant;
  const value = numberIn(text, 'What Prometheus gives');
  if (source.samples === undefined) return { at, value };
  const [, n] = await pointOf(source, { query: source.samples, time: String(seconds) }, parts);
  return { at, value, n: numberIn(n, 'The number of samples that Prometheus gives') };
}

/** Reads what a query was over a while. Moments without a number, or without the number of requests behind it, are left out. */
export async function readPrometheusWindow(source: Prometheus, window: Window, parts: AskParts): Promise<readonly Sample[]> {
  const seconds = Math.max(1, window.everyMs / 1000, (window.to - window.from) / 1000 / MOST_POINTS);
  const times = { start: String(window.from / 1000), end: String(window.to / 1000), step: String(seconds) };
  const values = finite(await pointsOf(source, { query: source.query, ...times }, parts));
  if (source.samples === undefined) return [...values].map(([at, value]) => ({ at, value }));
  const counts = finite(await pointsOf(source, { query: source.samples, ...times }, parts));
  return [...values].flatMap(([at, value]) => {
    const n = counts.get(at);
    return n === undefined ? [] : [{ at, value, n }];
  });
}

type Query = Readonly<Record<string, string>> & { readonly query: string };

async function pointOf(source: Prometheus, query: Query, parts: AskParts): Promise<Point> {
  const { data } = await ask(source, 'api/v1/query', query, Now, parts);
  if (data.resultType === 'scalar') return data.result;
  const { value } = only(data.result, query);
  if (value === undefined)
    throw new NoReading('Prometheus gives a histogram, and one number is expected: use a function such as histogram_quantile().');
  return value;
}

async function pointsOf(source: Prometheus, query: Query, parts: AskParts): Promise<readonly Point[]> {
  const { data } = await ask(source, 'api/v1/query_range', query, Range, parts);
  return data.result.length === 0 ? [] : (only(data.result, query).values ?? []);
}

function only<Series>(series: readonly Series[], { query }: Query): Series {
  const [one] = series;
  if (one === undefined) throw new NoReading(`Prometheus has nothing for ${short(query)}: no such series is there, or none of late.`);
  if (series.length > 1)
    throw new NoReading(
      `Prometheus has ${series.length} series for ${short(query)}, and one is expected: add sum() or a label to the query.`,
    );
  return one;
}

/** Warnings are taken at their word: a number of which a part may be missing is none. */
async function ask<Shape extends z.ZodType<{ warnings?: string[] | undefined }>>(
  { url, headers }: Prometheus,
  path: string,
  query: Query,
  shape: Shape,
  parts: AskParts,
): Promise<z.output<Shape>> {
  const { status, json } = await askJson({ url: addressOf(url, path, query), headers }, parts);
  const refused = Refused.safeParse(json);
  if (refused.success) throw new NoReading(`Prometheus refused ${short(query.query)}: ${refused.data.error}`);
  const answer = shape.safeParse(json);
  if (status !== 200 || !answer.success)
    throw new NoReading(`Prometheus answered ${sayStatus(status)}, and not as it does: ${JSON.stringify(json)}`);
  const warning = answer.data.warnings?.[0];
  if (warning !== undefined) throw new NoReading(`Prometheus warns that its answer may be wrong: ${warning}`);
  return answer.data;
}

function finite(points: readonly Point[]): ReadonlyMap<Instant, number> {
  const numbers = points.map(([seconds, text]) => [Math.round(seconds * 1000) as Instant, Number(text)] as const);
  return new Map(numbers.filter(([, value]) => Number.isFinite(value)));
}

function short(query: string): string {
  return query.length <= LONGEST_QUERY ? query : `${query.slice(0, LONGEST_QUERY)}…`;
}
