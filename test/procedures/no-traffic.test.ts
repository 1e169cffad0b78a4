import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { judgeWithin } from '../../src/core/expect.ts';
import type { Json } from '../../src/core/digest.ts';
import { resolvePointer } from '../../src/core/pointer.ts';
import { inlineParts } from '../../src/core/procedure/parts.ts';
import { planOf } from '../../src/core/procedure/plan.ts';
import { Procedure } from '../../src/core/procedure/schema.ts';

/** What a platform answers that nobody uses: nothing fails, nothing is slow, and nothing says anything. */
const IDLE: Readonly<Record<string, Json>> = {
  '/api/metrics': { error_rate: 0, response_time_p95_ms: 0, requests: 0 },
  '/api/health/database': {
    status: 'healthy',
    failed: 0,
    query_ms_average: 0,
    connection_ms_average: 0,
    connection_pool: { utilization: 0 },
  },
  '/api/health/cache': { hit_rate: 0 },
};
const API = '${target.api_url}';

const shipped = readdirSync('procedures').flatMap((file) => /^([a-z-]+)\.yml$/.exec(file)?.[1] ?? []);
const read = (id: string): Procedure => Procedure.parse(parse(readFileSync(`procedures/${id}.yml`, 'utf8')));
const readings = shipped.flatMap((id) =>
  planOf(inlineParts(read(id), read).procedure).flatMap(({ phase, title, probe }) => {
    const { action, expect: wanted } = probe;
    const isReading = phase === 'verify' && action.kind === 'http' && action.pointer !== undefined && wanted !== undefined;
    const idle = isReading && action.url.startsWith(API) ? IDLE[action.url.slice(API.length)] : undefined;
    return isReading && idle ? [{ id, title, pointer: action.pointer ?? '', wanted, idle }] : [];
  }),
);

test('there are figures in all procedures but that of the monitoring, which counts the evaluations of its rules', () => {
  expect([...new Set(readings.map(({ id }) => id))]).toEqual(shipped.filter((id) => id !== 'monitoring'));
});

test.each(readings)('$id: “$title” does not hold where there is no traffic', ({ pointer, wanted, idle }) => {
  expect(judgeWithin(wanted, resolvePointer(idle, pointer), idle).holds).toBe(false);
});
