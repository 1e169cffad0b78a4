import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOrderText, resolveParams, resolveTarget } from '../../../src/core/procedure/order.ts';
import { valueMistake } from '../../../src/core/procedure/param-value.ts';
import type { Param } from '../../../src/core/procedure/schema.ts';
import { CACHE, KNOWN, SETTINGS } from './example.ts';

const staging = SETTINGS.targets['staging']!;
const STAGING = { name: 'staging', target: staging };

describe('the target', () => {
  test('is the default one where nobody says', () => {
    expect(resolveTarget(SETTINGS, 'cache', null)).toMatchObject({ name: 'staging' });
  });

  test('is the one that is named', () => {
    expect(resolveTarget(SETTINGS, 'cache', 'production')).toMatchObject({ name: 'production', target: { protected: true } });
  });

  test.each([
    ['prodution', 'There is no target "prodution". Did you mean "production"? The targets are staging and production.'],
    ['constructor', 'There is no target "constructor". The targets are staging and production.'],
  ])('is never %s', (typed, says) => {
    expect(resolveTarget(SETTINGS, 'cache', typed)).toEqual({ mistake: { part: 'target', name: typed, says } });
  });

  test('is refused where the procedure may not run', () => {
    const settings = { ...SETTINGS, targets: { staging, production: { procedures: ['emergency'] } } };
    expect(resolveTarget(settings, 'cache', 'production')).toMatchObject({
      mistake: { says: 'cache may not run on production: rollbot.yml does not list it there. It may run on staging.' },
    });
  });
});

describe('parameters', () => {
  test('come from the defaults, in the order of the procedure', () => {
    expect(resolveParams(CACHE, STAGING, {})).toEqual({
      params: { ref: 'v1.4.2', clear: 'prefix' },
      why: { ref: 'set by hand in rollbot.yml' },
    });
  });

  test('last-good can be typed as well', () => {
    expect(resolveParams(CACHE, STAGING, { ref: 'last-good', clear: 'everything' })).toEqual({
      params: { ref: 'v1.4.2', clear: 'everything' },
      why: { ref: 'set by hand in rollbot.yml' },
    });
  });

  test('without a last good version, a sentence says how to name one', () => {
    const { 'last-good': _none, ...target } = staging;
    expect(resolveParams(CACHE, { name: 'staging', target }, {})).toEqual({
      mistakes: [
        {
          part: 'params',
          name: 'ref',
          says: 'staging has no last good version of worker:api. Name one with ref=<commit>, say which is good with `/rollback good worker:api <version> staging`, or set it in rollbot.yml under targets: staging: last-good: "worker:api".',
        },
      ],
    });
  });

  test('one without a default has to be given', () => {
    const procedure = { ...CACHE, params: { ticket: { about: 'The ticket' } } };
    expect(resolveParams(procedure, STAGING, {})).toMatchObject({
      mistakes: [{ name: 'ticket', says: 'ticket is missing: add ticket=<value> (The ticket).' }],
    });
  });

  test('all mistakes are said at once, each with its name', () => {
    const answer = resolveParams(CACHE, STAGING, { reff: 'v1', clear: 'all', toString: 'x' });
    expect('mistakes' in answer && answer.mistakes.map(({ name, says }) => [name, says])).toEqual([
      [
        'reff',
        'There is no parameter "reff". Did you mean "ref"? The parameters are ref and clear. If it belongs to the reason, put the reason in quotes.',
      ],
      [
        'toString',
        'There is no parameter "toString". The parameters are ref and clear. If it belongs to the reason, put the reason in quotes.',
      ],
      ['clear', 'clear is "all", which is not a choice. The choices are prefix and everything.'],
    ]);
  });
});

describe('values', () => {
  const text: Param = { about: 'any text' };
  const commit: Param = { about: 'a commit', type: 'git-commit' };
  const integer: Param = { about: 'a number', type: 'integer' };
  const pattern: Param = { about: 'a ticket', pattern: '[A-Z]+-[0-9]+' };

  test.each([
    [commit, '3f2a'],
    [commit, '0123456789abcdef0123456789abcdef01234567'],
    [commit, 'v1.4.2'],
    [commit, 'release/2026-11'],
    [commit, 'main'],
    [integer, '0'],
    [integer, '42'],
    [{ ...integer, dash: true }, '-7'],
    [text, 'anything, ünïcode and 戻す'],
    [pattern, 'OPS-17'],
  ] as const)('allowed: %o %s', (param, value) => {
    expect(valueMistake(param, value)).toBeUndefined();
  });

  test.each([
    [commit, 'HEAD~1'],
    [commit, 'HEAD^'],
    [commit, 'main..dev'],
    [commit, 'a//b'],
    [commit, '.hidden'],
    [commit, 'a/.b'],
    [commit, 'x.lock'],
    [commit, 'a@{1}'],
    [commit, 'a b'],
    [commit, 'a;b'],
    [commit, '$(id)'],
    [commit, '--upload-pack=touch'],
    [commit, 'a:b'],
    [commit, '/etc/passwd'],
    [commit, 'x'.repeat(200)],
    [integer, '1e3'],
    [integer, '0x10'],
    [integer, '-0'],
    [integer, '-7'],
    [integer, 'NaN'],
    [integer, '007'],
    [integer, '1.0'],
    [integer, '٣'],
    [integer, '9007199254740993'],
    [text, ''],
    [text, ' '],
    [text, '-rf'],
    [text, 'a\0b'],
    [text, 'a\u200Bb'],
    [text, 'a\u202Eb'],
    [text, 'a\uFEFF'],
    [text, '\uD83D'],
    [text, 'a\nb'],
    [text, 'ｒｅｆ'],
    [text, 'a\u00A0b'],
    [text, 'ﬁle'],
    [text, 'x'.repeat(501)],
    [pattern, 'OPS-17x'],
    [pattern, 'x OPS-17'],
    [pattern, 'ops-17'],
  ] as const)('refused: %o %j', (param, value) => {
    expect(valueMistake(param, value)).toMatch(/^[a-z].*\.$/s);
  });

  test('what is allowed as a commit is safe in every place that git has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(valueMistake(commit, value) !== undefined || /^[A-Za-z0-9_][A-Za-z0-9._/-]*$/.test(value)).toBe(true);
      }),
    );
  });
});

/** What has been tried on bots; none of it may come to a start. */
describe('nothing starts', () => {
  test.each([
    '',
    '   ',
    '\u00A0\u3000',
    '; rm -rf /',
    'cache; rm -rf /',
    '`id`',
    '&& curl evil',
    '| tee /etc/x',
    'cache\0',
    'cache ref=a\0b',
    '--help',
    'cache --help',
    'cache -oProxyCommand=x',
    'cache ref=-oProxyCommand=x',
    'cache ref="--upload-pack=touch x"',
    'cache ref=%2e%2e%2f',
    'cache ref=../../etc',
    'cache ref=`id`',
    'cache ref=$(id)',
    'cache "ref=v1',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'cache constructor=1',
    'cache __proto__=x',
    'cache toString=x',
    'cache __proto__',
    'cache constructor',
    'ｃａｃｈｅ',
    'cache ｐｒｏｄ',
    'cache\u200B',
    'ca\u200Dche',
    '\uFEFFcache',
    'CACHE',
    'Cache',
    'Kache',
    'ca\u0441he',
    'cache –force',
    'cache —force',
    'cache <@U123|admin>',
    'cache clear=<!subteam^S1|@sre>',
    'cache ref=a ref=b',
    'cache env=prod env=staging',
    'cache clear=1e3',
    'cache clear=0x10',
    'cache clear=-0',
    'cache clear=NaN',
    'cache clear=٣',
    'cache clear=9007199254740993',
    'cache clear=🙂',
    'cache ref=\uD83D',
    'cache clear=Prefix',
    'cache clear=prefixx',
    'cache production!',
    'cache Production',
    'cache prodction',
    'cache prd-uction now',
    'cache production staging=1',
  ])('from %j', (text) => {
    expect(whatStops(text)).toMatch(/[.…?]$/);
  });
});

/** The first sentence that stands between a text and a run. */
function whatStops(text: string): string | undefined {
  const order = parseOrderText(text, KNOWN);
  if ('mistake' in order) return order.mistake;
  const target = resolveTarget(SETTINGS, order.procedure, order.target);
  if ('mistake' in target) return target.mistake.says;
  const params = resolveParams(CACHE, target, order.params);
  return 'mistakes' in params ? params.mistakes[0]?.says : undefined;
}
