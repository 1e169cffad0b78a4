import { expect, test } from 'vitest';
import { mistakesOf, PROCEDURE, SETTINGS } from './workplace.ts';

const WITH_TRIGGERS = `${SETTINGS.replace('channels: { ', 'channels: { announce: C0ANNOUNCE, ')}metrics:
  error_rate: { title: Errors, unit: ratio, http: { url: 'https://a', pointer: /e, samples: /n } }
  bare_rate: { title: Errors, unit: ratio, http: { url: 'https://a', pointer: /e } }
  slow_rate: { title: Errors, unit: ratio, every: 60s, http: { url: 'https://a', pointer: /e, samples: /n } }
  response_time: { title: Time, unit: ms, http: { url: 'https://a', pointer: /t, samples: /n } }
  here_only: { title: Cache, unit: bool, targets: [production], http: { url: 'https://a', pointer: /c } }
triggers:
  first:
    title: Error rate above 10 %
    targets: [production]
    when: { kind: error-rate, metric: error_rate, above: 10%, band: { hold: 5m } }
    procedure: last-changed
    else: try
    mode: auto
    page: [lead-developer]
  second:
    title: Too slow
    when: { kind: response-time, metric: response_time, at-once: {}, bands: [{ from: 200%, hold: 10m }, { from: 300%, hold: 5m }] }
    procedure: try
    mode: propose
  third:
    title: Data is lost
    when: { kind: event, event: data-corruption }
    procedure: try
    mode: propose
  fourth:
    title: Cache is away
    targets: [production]
    when: { kind: unavailable, metric: here_only, slow: { metric: response_time, above: 1s } }
    procedure: try
    mode: shadow
`;

test('triggers without a mistake have none', async () => {
  expect(await mistakesOf({ 'rollbot.yml': WITH_TRIGGERS, 'procedures/try.yml': PROCEDURE })).toEqual([]);
});

const FILE = "Expected last-changed, or the name of a file of the procedures' folder, without .yml.";
const METRIC = 'Expected one of "metrics" in rollbot.yml.';

/** What is put in the place of what in rollbot.yml, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'nobody would see what is asked',
    'announce: C0ANNOUNCE, ',
    '',
    '23:1: Nobody would see what these rules ask or are about to start. Expected a channel for it: "channel" under "alerts", or "announce" under "channels".',
  ],
  [
    'a target is not there',
    'targets: [production]\n    when: { kind: e',
    'targets: [prodution]\n    when: { kind: e',
    '26:15: There is no target "prodution". Did you mean "production"? The targets are staging and production.',
  ],
  [
    'a procedure is not there',
    '    procedure: try\n    mode: shadow',
    '    procedure: tri\n    mode: shadow',
    `46:16: There is no procedure "tri". Did you mean "try"? ${FILE}`,
  ],
  ['what is offered otherwise is not there', 'else: try', 'else: tri', `29:11: There is no procedure "tri". Did you mean "try"? ${FILE}`],
  [
    'otherwise of nothing',
    'procedure: last-changed',
    'procedure: try',
    '29:5: "else" is for "procedure: last-changed"; expected it only there.',
  ],
  [
    'what contains is for what is reported',
    '    mode: auto',
    '    mode: auto\n    contain: try',
    '31:5: "contain" is for "when: { kind: event }"; expected it only there.',
  ],
  [
    'what contains is not there',
    'event: data-corruption }',
    'event: data-corruption }\n    contain: tri',
    `40:14: There is no procedure "tri". Did you mean "try"? ${FILE}`,
  ],
  [
    'what contains takes something away',
    'event: data-corruption }',
    'event: data-corruption }\n    contain: try',
    '40:14: "Clear it" of try may take something away, and this starts at once; expected a procedure whose steps are all read, idempotent or guarded.',
  ],
  [
    'a role is not there',
    'page: [lead-developer]',
    'page: [lead-developr]',
    '31:12: There is no role "lead-developr". Did you mean "lead-developer"? Expected one of "roles".',
  ],
  [
    'a metric is not there',
    'metric: error_rate, above',
    'metric: eror_rate, above',
    `27:39: There is no metric "eror_rate". Did you mean "error_rate" or "slow_rate"? ${METRIC}`,
  ],
  [
    'a metric is not everywhere',
    'Cache is away\n    targets: [production]\n',
    'Cache is away\n',
    '44:40: There is no metric "here_only" on staging; expected one on every target of this trigger.',
  ],
  [
    'a metric has another unit',
    'metric: error_rate, above',
    'metric: response_time, above',
    '27:39: "response_time" is in ms; expected a metric in ratio.',
  ],
  [
    'a metric of a second kind has another unit',
    'slow: { metric: response_time',
    'slow: { metric: error_rate',
    '45:67: "error_rate" is in ratio; expected a metric in ms.',
  ],
  [
    'nobody knows of how many requests',
    'metric: error_rate, above',
    'metric: bare_rate, above',
    '27:39: "bare_rate" does not say how many requests it is drawn from, so nothing could ever be started by it; expected "samples" at the metric.',
  ],
  [
    'a metric is read too seldom',
    'metric: error_rate, above',
    'metric: slow_rate, above',
    '27:39: "slow_rate" is read every 1 min, and this expects it every 15 s; expected "timing: { every: … }" that is as long.',
  ],
  [
    'samples are far apart',
    'metric: error_rate, above: 10%',
    'metric: error_rate, above: 10%, timing: { every: 2m }',
    '27:80: Found 2 min; expected a sample in 60s or oftener, because too much would happen unseen.',
  ],
  [
    'it looks back too far',
    'band: { hold: 5m }',
    'band: { hold: 5m, cap: 12h }, timing: { every: 15s }',
    '27:110: It has to look back 12 h, and no more than 360 samples are kept of that; expected a longer "every".',
  ],
  [
    'an event starts something',
    'procedure: try\n    mode: propose\n  fourth',
    'procedure: try\n    mode: auto\n  fourth',
    '41:11: What was reported starts nothing by itself; expected propose or shadow instead of auto.',
  ],
  ['neither at once nor staged', ', above: 10%, band: { hold: 5m }', '', '27:11: "above" is missing; expected "above", "band" or both.'],
  [
    'worse would wait longer',
    'hold: 5m }] }',
    'hold: 20m }] }',
    '34:77: Found a list, expected bands that begin higher and hold no longer, one after the other: worse never waits longer.',
  ],
  [
    'bands fall',
    'from: 300%',
    'from: 100%',
    '34:77: Found a list, expected bands that begin higher and hold no longer, one after the other: worse never waits longer.',
  ],
  ['a key has a typo', 'above: 10%', 'abov: 10%', '27:51: Unknown key "abov". Did you mean "above"?'],
  ['a figure is a word', 'above: 10%', 'above: much', '27:58: Found "much", expected a number or a percentage such as 60%.'],
  ['a figure is below nothing', 'above: 10%', 'above: -10%', '27:58: Found "-10%", expected a number or a percentage from 0 on.'],
  ['a length of time is a word', 'hold: 5m }', 'hold: long }', '27:77: Found "long", expected a duration such as 90s, 15m or 24h.'],
  ['a mode is not known', 'mode: shadow', 'mode: automatic', '47:11: Found "automatic", expected shadow, propose, countdown or auto.'],
];

test.each(TABLE)('%s', async (_, find, instead, ...expected) => {
  if (!WITH_TRIGGERS.includes(find)) throw new Error(`The settings of the tests do not hold "${find}".`);
  const settings = WITH_TRIGGERS.replace(find, () => instead);
  expect(await mistakesOf({ 'rollbot.yml': settings, 'procedures/try.yml': PROCEDURE })).toEqual(
    expected.map((each) => `rollbot.yml:${each}`),
  );
});

test('a procedure may not run on one of its targets', async () => {
  const settings = WITH_TRIGGERS.replace('    protected: true', '    protected: true\n    procedures: [other]');
  const says = 'try may not run on production; expected try in the "procedures" of that target, or another one.';
  const found = await mistakesOf({ 'rollbot.yml': settings, 'procedures/try.yml': PROCEDURE, 'procedures/other.yml': PROCEDURE });
  expect(found).toEqual(['30:11', '36:16', '41:16', '47:16'].map((place) => `rollbot.yml:${place}: ${says}`));
});
