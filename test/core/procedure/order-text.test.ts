import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOrderText } from '../../../src/core/procedure/order.ts';
import type { OrderText } from '../../../src/core/procedure/order.ts';
import { KNOWN } from './example.ts';

const ORDER: OrderText = { procedure: 'cache', target: null, params: {}, dryRun: false, reason: null };

describe('understood', () => {
  test.each<[what: string, text: string, order: Partial<OrderText>]>([
    ['the procedure alone', 'cache', {}],
    ['with white space around', ' \u00A0cache\u3000 ', {}],
    ['with a target', 'cache production', { target: 'production' }],
    ['with a parameter', 'cache ref=v1.4', { params: { ref: 'v1.4' } }],
    [
      'with everything',
      'cache production ref=v1 clear=prefix --dry-run hit rate is low',
      { target: 'production', params: { ref: 'v1', clear: 'prefix' }, dryRun: true, reason: 'hit rate is low' },
    ],
    ['in another order', 'cache --dry-run ref=v1 production', { target: 'production', params: { ref: 'v1' }, dryRun: true }],
    ['with an em dash that a phone made', 'cache —dry-run', { dryRun: true }],
    ['with an en dash that a Mac made', 'cache –dry-run', { dryRun: true }],
    ['with a reason in quotes', 'cache "production looks bad, ref=v1"', { reason: 'production looks bad, ref=v1' }],
    ['with a reason in smart quotes', 'cache production “it’s slow”', { target: 'production', reason: 'it’s slow' }],
    ['with a value in quotes', 'cache ref="v1 with spaces"', { params: { ref: 'v1 with spaces' } }],
    ['with a value in single quotes', "cache ref='--v1'", { params: { ref: '--v1' } }],
    ['with an apostrophe', "cache production because it's slow", { target: 'production', reason: "because it's slow" }],
    ['with a dash between words', 'cache production hit rate — low', { target: 'production', reason: 'hit rate — low' }],
    ['with what Slack escapes', 'cache production rate &lt; 60 &amp; falling', { target: 'production', reason: 'rate < 60 & falling' }],
    ['escapes are taken back once', 'cache production a &amp;lt; b', { target: 'production', reason: 'a &lt; b' }],
    ['with lines', 'cache production\nhit rate\tis low', { target: 'production', reason: 'hit rate is low' }],
    [
      'a link in the reason',
      'cache production see https://example.com/a:b',
      { target: 'production', reason: 'see https://example.com/a:b' },
    ],
    ['a target named in a reason about another', 'cache staging before production', { target: 'staging', reason: 'before production' }],
    [
      'a parameter that nobody knows is for the values to refuse',
      'cache __proto__=1',
      { params: JSON.parse('{"__proto__":"1"}') as Record<string, string> },
    ],
  ])('%s', (_what, text, order) => {
    expect(parseOrderText(text, KNOWN)).toEqual({ ...ORDER, ...order });
  });
});

describe('refused with what to type instead', () => {
  test.each([
    ['nothing', '', 'Say which procedure: cache, database-pooling, performance-middleware and emergency.'],
    ['nothing but strange spaces', '\u00A0\u3000 ', 'Say which procedure: cache, database-pooling, performance-middleware and emergency.'],
    [
      'a typo',
      'cahce',
      'There is no procedure "cahce". Did you mean "cache"? The procedures are cache, database-pooling, performance-middleware and emergency.',
    ],
    [
      'a procedure whose file is broken',
      'frontend',
      'frontend can\'t run until its file is mended: procedures/frontend.yml:7:3: Unknown key "efect". Did you mean "effect"?',
    ],
    ['a parameter with a colon, alone', 'cache clear:prefix', 'Write clear=<value> instead of "clear:prefix". A reason goes in quotes.'],
    ['a dry run without its dashes, alone', 'cache dry-run', 'For a dry run, add --dry-run. A reason goes in quotes.'],
    ['a mistyped target', 'cache prodution', 'There is no target "prodution". Did you mean production? A reason goes in quotes.'],
    ['a target cut short', 'cache prod because it is slow', 'There is no target "prod". Did you mean production? A reason goes in quotes.'],
    [
      'a word that may have been a target',
      'cache live',
      'There is no target "live". The targets are staging and production. A reason of one word goes in quotes.',
    ],
    [
      'a target that comes too late',
      'cache please on production',
      'Say the target right after the procedure: cache production …. If "production" belongs to the reason, put the reason in quotes.',
    ],
    [
      'a command in the place of the target',
      'cache stop',
      '"stop" is no target. For the command, type `/rollback stop …`; for a reason, put it in quotes.',
    ],
    ['a parameter twice', 'cache ref=v1 ref=v2', 'ref is given twice. Give it once.'],
    ['a parameter without a value', 'cache ref=', 'ref= has no value. Write ref=<value>, with nothing around the =.'],
    ['a space after the equals sign', 'cache ref= v1', 'ref= has no value. Write ref=<value>, with nothing around the =.'],
    ['a space before the equals sign', 'cache ref =v1', 'Write ref=<value>, with nothing around the =. A reason goes in quotes.'],
    [
      'a stray equals sign',
      'cache production =v1',
      '"=v1" is no parameter: write name=value, with nothing around the =. A reason goes in quotes.',
    ],
    ['a parameter with a colon', 'cache production ref:v1', 'Write ref=<value> instead of "ref:v1". A reason goes in quotes.'],
    ['a parameter as a word', 'cache ref v1', 'Write ref=<value>, with nothing around the =. A reason goes in quotes.'],
    [
      'an unknown flag',
      'cache --dryrun',
      'There is no flag "--dryrun". Did you mean "--dry-run"? The only flag is --dry-run; a parameter is written name=value, without dashes.',
    ],
    [
      'a dangerous flag',
      'cache –force',
      'There is no flag "–force". The only flag is --dry-run; a parameter is written name=value, without dashes.',
    ],
    [
      'a parameter as a flag',
      'cache --ref=v1',
      'There is no flag "--ref=v1". The only flag is --dry-run; a parameter is written name=value, without dashes.',
    ],
    ['a dry run without dashes', 'cache production dry run', 'For a dry run, add --dry-run. A reason goes in quotes.'],
    [
      'a quotation that does not end',
      'cache "hit rate',
      'A quotation begins at "hit rate and does not end. Close it with a quotation mark and a space.',
    ],
    [
      'a quotation that ends in a word',
      'cache ref="v1"x',
      'A quotation begins at "v1"x and does not end. Close it with a quotation mark and a space.',
    ],
    [
      'a character nobody sees',
      'cache ref\u200B=v1',
      "This holds a character that can't be seen (U+200B). Type it by hand instead of pasting it.",
    ],
    ['a half of a character', 'cache \uD83D', "This holds a character that can't be seen (U+D83D). Type it by hand instead of pasting it."],
    [
      'letters that only look plain',
      'cache production ｒｅｆ',
      '"ｒｅｆ" holds characters that only look like plain ones. Type them again, or put the reason in quotes.',
    ],
    ['a novel', `cache production ${'x'.repeat(3000)}`, 'This is longer than 3000 characters. Shorten the reason.'],
  ])('%s', (_what, text, mistake) => {
    expect(parseOrderText(text, KNOWN)).toEqual({ mistake });
  });
});

describe('whatever is typed', () => {
  const word = fc.stringMatching(/^[a-z]{1,10}$/);

  test('it is an order or a sentence, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseOrderText(text, KNOWN);
        expect('mistake' in read ? read.mistake.length > 10 : KNOWN.procedures.some(({ id }) => id === read.procedure)).toBe(true);
      }),
    );
  });

  test('an order that is written out is read as it was meant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('staging', 'production', null),
        fc.dictionary(word, word, { maxKeys: 4 }),
        fc.boolean(),
        fc.string({ maxLength: 80 }),
        (target, params, dryRun, said) => {
          const reason = said.replaceAll(/["“”„\p{C}&<>]/gu, '').replaceAll(/\s/gu, ' ');
          const quoted = reason === '' ? [] : [`"${reason}"`];
          const pairs = Object.entries(params).map(([name, value]) => `${name}=${value}`);
          const text = ['cache', ...(target === null ? [] : [target]), ...pairs, ...(dryRun ? ['--dry-run'] : []), ...quoted].join(' ');
          expect(parseOrderText(text, KNOWN)).toEqual({
            procedure: 'cache',
            target,
            params,
            dryRun,
            reason: reason === '' ? null : reason,
          });
        },
      ),
    );
  });

  test('a target is only ever one of the targets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (rest) => {
        const read = parseOrderText(`cache ${rest}`, KNOWN);
        expect('mistake' in read || [null, 'staging', 'production'].includes(read.target)).toBe(true);
      }),
    );
  });
});
