import { expect, test } from 'vitest';
import { mistakesOf, PROCEDURE, SETTINGS, spoiled } from './workplace.ts';

const WITH_METRICS = `${SETTINGS}metrics:
  error_rate:
    title: Error rate
    unit: ratio
    every: 15s
    stale: 45s
    prometheus: { url: '\${target.api_url}', query: 'max(error_rate{host="\${target.redis_url}"})', headers: { authorization: 'Bearer \${secrets.api_token}' } }
  hit_rate:
    title: Hit rate
    unit: ratio
    targets: [production]
    http: { url: '\${target.api_url}/\${target.only_here}', pointer: /hit_rate, samples: /requests }
key-metrics: [error_rate, hit_rate]
`;

test('metrics without a mistake have none', async () => {
  expect(await mistakesOf({ 'rollbot.yml': WITH_METRICS, 'procedures/try.yml': PROCEDURE })).toEqual([]);
});

const EVERYWHERE = 'Expected it on every target that has this metric.';

/** What is put in the place of what in rollbot.yml, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'a unit is not known',
    'unit: ratio\n    every',
    'unit: percent\n    every',
    '20:11: Found "percent", expected ratio, ms, s, count, bytes or bool.',
  ],
  [
    'a name has dashes',
    '  hit_rate:',
    '  hit-rate:',
    '24:3: Found the key "hit-rate", expected a name of lower-case letters, digits and underscores.',
  ],
  [
    'it has two sources',
    "    prometheus: { url: '${target.api_url}', query",
    "    http: { url: 'http://a', pointer: /a }\n    prometheus: { url: '${target.api_url}', query",
    '23:5: Found prometheus and http; expected only one of them.',
  ],
  [
    'it has no source',
    "    http: { url: '${target.api_url}/${target.only_here}', pointer: /hit_rate, samples: /requests }\n",
    '',
    '25:5: Nothing says where it is read; expected "prometheus" or "http".',
  ],
  [
    'a target is not there',
    'targets: [production]',
    'targets: [prodution]',
    '27:15: There is no target "prodution". Did you mean "production"? Expected one of "targets".',
  ],
  [
    'it is stale before it is read again',
    'stale: 45s',
    'stale: 10s',
    '22:12: Found 10s, which is shorter than 15s; expected at least as long as "every".',
  ],
  [
    'a variable is not there on one of its targets',
    '    targets: [production]\n',
    '',
    `27:18: There is no variable "only_here" on staging. ${EVERYWHERE}`,
  ],
  [
    'a secret is not there',
    "secrets.api_token}' }",
    "secrets.api_tokn}' }",
    `23:125: There is no secret "api_tokn" on staging. Did you mean "api_token"? ${EVERYWHERE}`,
  ],
  [
    'a secret is in the query',
    'host="${target.redis_url}"',
    'host="${secrets.api_token}"',
    '23:52: Found ${secrets.api_token}; expected a secret only in a header.',
  ],
  [
    'a parameter is in the query',
    'host="${target.redis_url}"',
    'host="${params.size}"',
    '23:52: Found ${params.size}; expected ${target.<name>} or ${secrets.<name>}: no run is going on here.',
  ],
  [
    'a reference is in the pointer',
    'pointer: /hit_rate',
    "pointer: '/${target.api_url}'",
    '28:68: Found ${target.api_url}, and references are not filled in here; expected plain text.',
  ],
  [
    'the address is none',
    "url: '${target.api_url}/${target.only_here}'",
    'url: /api/metrics',
    '28:18: This is no http or https URL on production; expected one, without a user or password in it.',
  ],
  [
    'the address has a user in it',
    "url: '${target.api_url}/${target.only_here}'",
    "url: 'https://dana@${target.only_here}'",
    '28:18: This is no http or https URL on production; expected one, without a user or password in it.',
  ],
  [
    'a key metric is not there',
    '[error_rate, hit_rate]',
    '[error_rate, hit_rat]',
    '29:27: There is no metric "hit_rat". Did you mean "hit_rate"? Expected one of "metrics" in rollbot.yml.',
  ],
];

test.each(TABLE)('rollbot.yml: %s', async (_, find, instead, ...expected) => {
  expect(WITH_METRICS).toContain(find);
  expect(await mistakesOf({ 'rollbot.yml': WITH_METRICS.replace(find, () => instead), 'procedures/try.yml': PROCEDURE })).toEqual(
    expected.map((each) => `rollbot.yml:${each}`),
  );
});

test('what is put into a query may not end a text in it', async () => {
  const settings = WITH_METRICS.replaceAll('redis://127.0.0.1:6380', 'a"}) or vector(1');
  expect(await mistakesOf({ 'rollbot.yml': settings, 'procedures/try.yml': PROCEDURE })).toEqual([
    'rollbot.yml:23:52: Found ${target.redis_url}, which is "a"}) or vector(1" on production; expected only letters, digits and _ . : / - in what is put into a query.',
  ]);
});

const CHECK = "    http: { url: '${target.api_url}/health', pointer: /rate }\n    expect: { above: 60% }\n";

test.each<[what: string, check: string, ...expected: string[]]>([
  ['names a metric', '    metric: error_rate\n    expect: { below: 1% }\n'],
  [
    'names none that is there',
    '    metric: eror_rate\n    expect: { below: 1% }\n',
    '27:13: There is no metric "eror_rate". Did you mean "error_rate"? Expected one of "metrics" in rollbot.yml.',
  ],
  [
    'names one that is not everywhere',
    '    metric: hit_rate\n    expect: { above: 60% }\n',
    '27:13: There is no metric "hit_rate" on staging; expected one that is there on every target where this may run.',
  ],
  ['expects nothing of it', '    metric: error_rate\n', '27:13: A number by itself is neither good nor bad; expected "expect" beside it.'],
  [
    'asks something else too',
    "    metric: error_rate\n    http: 'https://a'\n    expect: { below: 1% }\n",
    '27:5: Found http and metric; expected only one of them. Make the other a step of its own.',
  ],
])('a check that %s', async (_, check, ...expected) => {
  const procedure = spoiled(CHECK, check);
  expect(await mistakesOf({ 'rollbot.yml': WITH_METRICS, 'procedures/try.yml': procedure })).toEqual(
    expected.map((each) => `procedures/try.yml:${each}`),
  );
});

test('what a step waits for, and what its check asks, may be a metric', async () => {
  const waiting = spoiled(
    "    run: [tool, '${params.ref}']\n    effect: idempotent\n    undo: { none: it only adds }\n",
    '    wait: { metric: eror_rate, expect: { below: 1% }, within: 1m }\n',
  );
  expect(await mistakesOf({ 'rollbot.yml': WITH_METRICS, 'procedures/try.yml': waiting })).toEqual([
    expect.stringMatching(/^procedures\/try\.yml:15:21: There is no metric "eror_rate"\./),
  ]);
  const checked = spoiled('    effect: idempotent\n', '    effect: idempotent\n    check: { metric: eror_rate, expect: { below: 1% } }\n');
  expect(await mistakesOf({ 'rollbot.yml': WITH_METRICS, 'procedures/try.yml': checked })).toEqual([
    expect.stringMatching(/^procedures\/try\.yml:17:22: There is no metric "eror_rate"\./),
  ]);
});
