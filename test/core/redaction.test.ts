import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, MASK } from '../../src/core/redaction.ts';

const SECRET = 'p@ss/w+rd "42" é';

/** Something like the file of a private key, of this many characters. */
function key(length: number): string {
  const text = randomBytes(length).toString('base64').slice(0, length);
  return text.match(/.{1,64}/g)?.join('\n') ?? '';
}

function inPieces(secrets: readonly string[], pieces: readonly string[]): string {
  const stream = createRedactor(secrets).stream();
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

/** JSON as Go writes it for HTML, or Python where it keeps to ASCII, and then some. */
function inNumbers(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1))), text.length].toSorted((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe('known secrets', () => {
  test.each([
    ['as it is', SECRET],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded in lower case', encodeURIComponent(SECRET).toLowerCase()],
    ['URL-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['as a form field', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['in JSON', JSON.stringify({ a: SECRET })],
    ['in the JSON of a program that writes everything but letters as numbers', inNumbers(SECRET)],
    ['in such JSON with capital digits', inNumbers(SECRET).replaceAll(/(?<=u)[0-9a-f]{4}/g, (digits) => digits.toUpperCase())],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64 after one byte', Buffer.from(`:${SECRET}!`).toString('base64')],
    ['base64 after two bytes', Buffer.from(`u:${SECRET}!!`).toString('base64')],
    ['base64url', Buffer.from(`user:${SECRET}`).toString('base64url')],
  ])('are masked %s', (_, text) => {
    const out = createRedactor([SECRET]).redact(`before ${text} after`);
    expect(out).toMatch(/^before .*\[redacted\].* after$/);
    expect(out.length).toBeLessThan(text.length + 24);
  });

  test('in base64, all but the characters they share with their neighbours are masked', () => {
    const secret = 'correct horse battery';
    const redactor = createRedactor([secret]);
    for (const before of ['', 'a', 'ab', 'abc']) {
      const rest = redactor.redact(Buffer.from(`${before}${secret}xyz`).toString('base64')).replace(MASK, '');
      expect(rest.length).toBeLessThanOrEqual(before.length + 8);
    }
  });

  test('the password of a URL is a secret of its own', () => {
    const redactor = createRedactor(['redis://:s3cret%2Fpart@cache:6379/0']);
    expect(redactor.redact('AUTH s3cret/part, s3cret%2Fpart')).toBe(`AUTH ${MASK}, ${MASK}`);
  });

  test('each line of a secret of several lines is one', () => {
    const redactor = createRedactor(['first line\nsecond line\nab']);
    expect(redactor.redact('x second line\n  first line\nab\nfirst line\\nsecond line\\nab')).toBe(`x ${MASK}\n  ${MASK}\nab\n${MASK}`);
  });

  test.each([
    ['two keys of 4096 bits', [key(3200), key(3200)]],
    ['a file of 64 KiB', [key(65_536)]],
    ['one line of 20,000 characters', [key(20_000).replaceAll('\n', '')]],
    ['a hundred tokens', Array.from({ length: 100 }, () => key(200).replaceAll('\n', ''))],
  ])('%s are masked like short ones', (_, secrets) => {
    const redactor = createRedactor(secrets);
    for (const secret of secrets.slice(0, 3)) {
      for (const text of [secret, JSON.stringify({ secret }), encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
        const rest = redactor
          .redact(`before ${text} after`)
          .replaceAll(MASK, '')
          .replaceAll(/["{}:\n]/g, '');
        expect(rest).toMatch(/^before .* after$/);
        expect(rest.length).toBeLessThan(40 + secret.length / 50);
      }
    }
  });

  test('overlapping secrets leave nothing of either', () => {
    expect(createRedactor(['abcdef', 'defghi', 'abcd']).redact('-abcdefghi-abcdefabcd-')).toBe(`-${MASK}-${MASK}${MASK}-`);
  });

  test('secrets of fewer than 4 characters are not looked for', () => {
    expect(createRedactor(['', 'a', 'abc', '  ab ']).redact('a abc ab')).toBe('a abc ab');
  });

  test('JSON values lose them everywhere', () => {
    const redactor = createRedactor(['hunter22']);
    expect(redactor.redactJson({ hunter22: ['a hunter22', { b: 'hunter22' }], n: 1, z: null })).toEqual({
      [MASK]: [`a ${MASK}`, { b: MASK }],
      n: 1,
      z: null,
    });
  });
});

describe('tokens of a common shape', () => {
  test.each([
    ['token xoxb-12345-abcdefABCDEF.', `token ${MASK}.`],
    ['xapp-1-A1B2C3-456-abcdef', MASK],
    ['AKIAIOSFODNN7EXAMPLE', MASK],
    ['x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27;', `x=${MASK};`],
    ['ghp_0123456789abcdefABCDEF0123456789abcd', MASK],
    ['postgres://app:pa$$:word@db/main', `postgres://app:${MASK}@db/main`],
    ['redis://:pw@cache', `redis://:${MASK}@cache`],
    ['Authorization: Bearer abc.def-123456', `Authorization: Bearer ${MASK}`],
    ['authorization: Basic dXNlcjpwYXNz', `authorization: Basic ${MASK}`],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\nrest', `${MASK}\nrest`],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\nnever ends', MASK],
  ])('%j becomes %j', (text, masked) => {
    expect(createRedactor([]).redact(text)).toBe(masked);
  });

  test.each(['https://host:8080/path', 'mail dana@example.org', 'basic authentication', 'eyJust words', 'bearer of news', 'AKIA'])(
    '%j is no token',
    (text) => {
      expect(createRedactor([]).redact(text)).toBe(text);
    },
  );

  test('what follows a private key that never ends is shown again after 16,000 characters', () => {
    expect(createRedactor([]).redact(`-----BEGIN PRIVATE KEY-----${'x'.repeat(20_000)}`)).toBe(MASK + 'x'.repeat(4000));
  });
});

describe('a stream', () => {
  const words = fc.constantFrom(
    'hunter22',
    'xoxb-123456-abc',
    'a',
    ' ',
    '\n',
    'hunter',
    '22',
    '-----BEGIN PRIVATE KEY-----',
    'MIIE',
    '-----END PRIVATE KEY-----',
    'postgres://u:p@h',
    'Bearer abcdefgh',
    '%68unter22',
    'aHVudGVyMjI',
    'é',
    '{"k":"q\\"uote4"}',
  );
  const texts = fc.array(words, { maxLength: 40 }).map((all) => all.join(''));

  test('is masked the same however it is cut', () => {
    fc.assert(fc.property(texts, fc.array(fc.nat(), { maxLength: 12 }), checkCuts));
  });

  test('shows no secret, whatever it is made of and wherever it is cut', () => {
    const arbitrary = fc.array(fc.string({ minLength: 4, unit: 'binary' }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(arbitrary, fc.array(fc.nat(), { maxLength: 8 }), fc.string(), fc.string(), checkSecrecy));
  });

  test('lets complete lines through at once', () => {
    const stream = createRedactor(['hunter22']).stream();
    expect(stream.push('one\ntwo hun')).toBe('one\n');
    expect(stream.push('ter22\n')).toBe(`two ${MASK}\n`);
  });

  test('keeps up with ten megabytes in one line', () => {
    const stream = createRedactor(['hunter22', 'correct horse', 'tr0ub4dor&3']).stream();
    let length = 0;
    for (let chunk = 0; chunk < 160; chunk += 1) length += stream.push('eyJhbGci hunter22 '.repeat(3640)).length;
    expect(length + stream.end().length).toBe(160 * 3640 * (18 + MASK.length - 8));
  });
});

function checkCuts(text: string, places: number[]): void {
  const secrets = ['hunter22', 'q"uote4'];
  expect(inPieces(secrets, cut(text, places))).toBe(createRedactor(secrets).redact(text));
}

function checkSecrecy(secrets: string[], places: number[], before: string, after: string): void {
  const known = secrets.map((each) => each.trim()).filter((each) => each.length >= 4 && !/[[\]\n\r]/.test(each) && !MASK.includes(each));
  fc.pre(known.length > 0);
  const forms = known.flatMap((each) => [each, encodeURIComponent(each.toWellFormed()), Buffer.from(each).toString('base64')]);
  const out = inPieces(known, cut([before, ...forms, after].join('\n'), places));
  for (const each of known) expect(out).not.toContain(each);
}
