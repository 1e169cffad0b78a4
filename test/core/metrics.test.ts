import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Instant } from '../../src/core/brand.ts';
import { renderMetrics } from '../../src/core/metrics/exposition.ts';
import { familiesOf, slackFamily } from '../../src/core/metrics/families.ts';
import { Afterwards, DAY, OVER } from './followup/scenes.ts';
import { earlier, ended, summary } from './stats/scenes.ts';

const families = [
  ...familiesOf({
    summaries: [summary(), earlier(1, 10, ended('failed')), { ...earlier(2, 10), drill: true }],
    open: [],
    pages: [],
    followUps: [new Afterwards().list],
    stats: {
      alerts: { groups: 5, open: 2, alerts: 9, toIncident: 1, bySource: { alertmanager: 7, grafana: 2 } },
      triggers: [{ rule: 'a "rule" \\ of\ntwo lines', scores: { followed: 1, vetoed: 0, ignored: 2, 'rolled-back-without-it': 0 } }],
    },
    size: { streams: 3, events: 40, inbox: 1 },
    quarantined: 1,
    refusals: { 'not-in-role': 2 },
    now: (OVER + 2 * DAY) as Instant,
  }),
  slackFamily(false),
];

test('what Prometheus reads', async () => {
  await expect(renderMetrics(families)).toMatchFileSnapshot('../golden/metrics.txt');
});

test('names follow the rules of Prometheus: its characters, our prefix, and the unit or total at the end', () => {
  for (const { name, type } of families) {
    expect(name).toMatch(/^rollbot_[a-z][a-z_]*$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
  }
});

test('the buckets of a histogram only grow, and the last counts them all', () => {
  const histograms = families.filter(({ type }) => type === 'histogram');
  expect(histograms.map(({ name }) => name)).toEqual(['rollbot_run_duration_seconds', 'rollbot_recovery_seconds']);
  for (const { samples } of histograms) {
    const buckets = Map.groupBy(
      samples.filter(({ suffix }) => suffix === '_bucket'),
      ({ labels: { le: _le, ...rest } = {} }) => JSON.stringify(rest),
    );
    for (const [labels, all] of buckets) {
      expect(all.map(({ value }) => value)).toEqual(all.map(({ value }) => value).toSorted((a, b) => a - b));
      const many = samples.find((sample) => sample.suffix === '_count' && JSON.stringify(sample.labels) === labels)?.value;
      expect(all.at(-1)).toMatchObject({ labels: { le: '+Inf' }, value: many });
    }
  }
});

test('the example rules ask only for what there is', () => {
  const rules = parse(readFileSync('monitoring/rollbot-alerts.yml', 'utf8')) as { groups: { rules: { expr: string }[] }[] };
  const asked = rules.groups.flatMap((group) => group.rules.flatMap(({ expr }) => expr.match(/rollbot_\w+/g) ?? []));
  expect(asked.length).toBeGreaterThan(5);
  for (const name of asked) expect(families.map((family) => family.name)).toContain(name);
});
