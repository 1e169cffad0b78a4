import { z } from 'zod';
import { DurationText, Id, Name, Pointer, Title } from '../procedure/scalar-schema.ts';

/** The numbers that are read: all that may stand under `metrics:` in `rollbot.yml`. */

const Text = z.string().min(1);
const Query = Text.max(4000);
const Headers = z.record(z.string(), Text).optional().describe('What goes with each question, such as an Authorization.');

export const Unit = z
  .enum(['ratio', 'ms', 's', 'count', 'bytes', 'bool'])
  .describe('What the number is: a ratio is 0.072 for 7.2 %, and a bool is 1 for yes and 0 for no.');
export type Unit = z.infer<typeof Unit>;

const Prometheus = z
  .strictObject({
    url: Text.describe('Where Prometheus is, such as ${target.prometheus_url}.'),
    query: Query.describe('PromQL whose result is one series, or one number.'),
    samples: Query.optional().describe('PromQL for how many requests that number is drawn from.'),
    headers: Headers,
  })
  .describe('Asks a Prometheus, or what speaks like one.');

const Endpoint = z
  .strictObject({
    url: Text.describe('What answers with JSON, such as ${target.api_url}/api/metrics.'),
    pointer: Pointer.describe('Where in the answer the number stands.'),
    samples: Pointer.optional().describe('Where it stands how many requests that number is drawn from.'),
    at: Pointer.optional().describe(
      'Where it stands since when the number is true: a date, or seconds since 1970. Now, where it is left out.',
    ),
    headers: Headers,
  })
  .describe('Asks an endpoint that answers with JSON.');

export const MetricSettings = z
  .strictObject({
    title: Title.describe('What it is called in messages and reports.'),
    unit: Unit,
    every: DurationText.optional().describe('How often it is read while somebody wants it; 15s where it is left out.'),
    stale: DurationText.optional().describe('A number that is older than this counts as none; three times `every` where it is left out.'),
    targets: z.array(Id).min(1).optional().describe('The targets that have it; all of them where it is left out.'),
    prometheus: Prometheus.optional(),
    http: Endpoint.optional(),
  })
  .meta({ id: 'metric', description: 'A number that is read from what watches a target.' });
export type MetricSettings = z.infer<typeof MetricSettings>;

export const Metrics = z.record(Name, MetricSettings).describe('The numbers that checks, watches and cards read, by name.');
export type Metrics = z.infer<typeof Metrics>;

export const KeyMetrics = z
  .array(Name)
  .min(1)
  .max(6)
  .describe('The metrics that the card of a run shows, as they were before and as they are now.');
