import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { judgeWithin } from '../../src/core/expect.ts';
import type { Json } from '../../src/core/digest.ts';
import { resolvePointer } from '../../src/core/pointer.ts';
import { inlineParts } from '../../src/core/procedure/parts.ts';
import type { Action } from '../../src/core/procedure/action.ts';
import { planOf } from '../../src/core/procedure/plan.ts';
import { Procedure } from '../../src/core/procedure/schema.ts';
import { Settings } from '../../src/core/settings.ts';

/** What a platform answers that nobody uses: nothing fails, nothing is slow, and nothing says anything. */
const IDLE: Readonly<Record<string, Json>> = {
  '/api/metrics': { error_rate: 0, response_time_p95_ms: 0, hit_rate: 0, requests: 0 },
  '/api/health/database': {
    status: 'healthy',
    failed: 0,
    query_ms_average: 0,
    connection_ms_average: 0,
    connection_pool: { utilization: 0 },
  },
};
const API = '${target.api_url}';

const shipped = readdirSync('procedures').flatMap((file) => /^([a-z-]+)\.yml$/.exec(file)?.[1] ?? []);
const read = (id: string): Procedure => Procedure.parse(parse(readFileSync(`procedures/${id}.yml`, 'utf8')));
const { metrics } = Settings.parse(parse(readFileSync('rollbot.yml', 'utf8'), { merge: true }));
const readings = shipped.flatMap((id) =>
  planOf(inlineParts(read(id), read).procedure, { metrics }).flatMap(({ phase, title, probe }) => {
    const place = phase === 'verify' ? placeOf(probe.action) : null;
    const idle = place?.url.startsWith(API) ? IDLE[place.url.slice(API.length)] : undefined;
    return place && idle && probe.expect ? [{ id, title, ...place, wanted: probe.expect, idle }] : [];
  }),
);

/** Where a number is read, and how many requests it is drawn from. */
function placeOf(action: Action): { readonly url: string; readonly pointer: string; readonly samples?: string } | null {
  if (action.kind === 'http') return action.pointer === undefined ? null : { url: action.url, pointer: action.pointer };
  const source = action.kind === 'metric' ? action.metric?.source : undefined;
  return source?.kind === 'endpoint' ? source : null;
}

test('there are figures in all procedures but that of the monitoring, which counts the evaluations of its rules', () => {
  expect([...new Set(readings.map(({ id }) => id))]).toEqual(shipped.filter((id) => id !== 'monitoring'));
});

test.each(readings)('$id: “$title” does not hold where there is no traffic', ({ pointer, samples, wanted, idle }) => {
  // A number that is drawn from nothing is none.
  const none = samples !== undefined && resolvePointer(idle, samples) === 0;
  expect(none || !judgeWithin(wanted, resolvePointer(idle, pointer), idle).holds).toBe(true);
});
