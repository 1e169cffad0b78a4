import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Settings } from '../../src/core/settings.ts';
import { workplace } from '../catalog/workplace.ts';

const API = 'https://api.pitchey.example';

/** What each place says of the API and of the database behind it: 1 well, 0 away, null nothing. */
type Probes = { readonly api: readonly (0 | 1 | null)[]; readonly database: readonly (0 | 1 | null)[] };

const seriesOf = ({ api, database }: Probes) =>
  [...api.map((value, place) => ['', value, place] as const), ...database.map((value, place) => ['/database', value, place] as const)]
    .filter(([, value]) => value !== null)
    .map(([path, value, place]) => ({
      series: `probe_success{instance="${API}/api/health${path}",job="place-${place}"}`,
      values: `${value}x4`,
    }));

const ask = (query: string | undefined, value: number | null) => ({
  expr: query?.replaceAll('${target.api_url}', API),
  eval_time: '1m',
  exp_samples: value === null ? [] : [{ labels: '{}', value }],
});

test.each([
  { what: 'all is well', api: [1, 1], database: [1, 1], share: 1, probes: 2 },
  { what: 'the API is away', api: [0, 0], database: [0, 0], share: 0, probes: 2 },
  { what: 'only the database is away', api: [1, 1], database: [0, 0], share: 0, probes: 2 },
  { what: 'one place can not reach the API', api: [0, 1], database: [1, 1], share: 0.5, probes: 2 },
  { what: 'one place says nothing', api: [0, null], database: [0, null], share: 0, probes: 1 },
  { what: 'nobody probes the database', api: [1, 1], database: [], share: 1, probes: 2 },
  { what: 'nobody says anything', api: [], database: [], share: null, probes: null },
] as const)('Prometheus finds a share of $share where $what', async ({ share, probes, ...said }) => {
  const { metrics } = Settings.parse(parse(await readFile('rollbot.yml', 'utf8'), { merge: true }));
  const outage = metrics?.['outage']?.prometheus;
  await using place = await workplace({});
  const file = join(place.root, 'outage.yml');
  const asked = [ask(outage?.query, share), ask(outage?.samples, probes)];
  await writeFile(
    file,
    stringify({
      rule_files: [],
      evaluation_interval: '15s',
      tests: [{ interval: '15s', input_series: seriesOf(said), promql_expr_test: asked }],
    }),
  );
  const { all } = await execa('promtool', ['test', 'rules', file], { all: true, reject: false });
  expect(all).toContain('SUCCESS');
});
