import { describe, expect, test } from 'vitest';
import { plainSecrets } from '../../src/catalog/plain-secrets.ts';
import { mistakesOf, spoiled } from './workplace.ts';

const HEX = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** Put together here, so that no scanner takes this file for a leak. */
const made = (...parts: readonly string[]): string => parts.join('');

describe('found, wherever it stands', () => {
  test.each([
    ['a Slack bot token', `x: ${made('xoxb', '-1234567890-abcdefABCDEF')}`, 4, 'a Slack token'],
    ['a Slack app token in a comment', `# ${made('xapp', '-1-A0123-456-abcdef')}`, 3, 'a Slack token'],
    ['a GitHub token', `x: [tool, ${made('ghp', '_0123456789abcdefghijABCDEFGHIJ012345')}]`, 11, 'a GitHub token'],
    ['an AWS key', `x: ${made('AKIA', 'IOSFODNN7EXAMPLE')}`, 4, 'an AWS key'],
    ['a JSON Web Token', `x: ${made('eyJ', 'hbGciOiJIUzI1NiJ9.', 'eyJ', 'zdWIiOiIxIn0.abc')}`, 4, 'a JSON Web Token'],
    ['a private key', `  ${made('-----BEGIN ', 'RSA PRIVATE KEY-----')}`, 3, 'a private key'],
    ['a webhook', `x: ${made('https://hooks.slack', '.com/services/T0/B0/x')}`, 4, 'a Slack webhook'],
    ['a URL with a password', 'x: postgres://app:hunter2@db.internal/app', 4, 'a URL with a password'],
    ['a URL with a password and no user', 'x: rediss://:hunter2@cache.internal:6379', 4, 'a URL with a password'],
    ['a header', 'authorization: Bearer abcdefghijklmnop0123', 16, 'credentials'],
    ['a password for a program', 'x: [tool, --password=hunter2]', 11, 'a password'],
    ['a password in a script', 'export PGPASSWORD=hunter2', 8, 'a password'],
    ['a password as a value', '  db_password: hunter2', 1, 'a password'],
    ['a password in a map', 'x: { password: "hunter2" }', 4, 'a password'],
    ['hexadecimal digits called a key', `api_key: ${HEX}`, 1, 'what looks like a key'],
    ['mixed letters called a token', 'token: aB3dE6gH9jK2mN5pQ8rS1tU4vW7x', 1, 'what looks like a key'],
  ])('%s', (_what, line, column, name) => {
    expect(plainSecrets(`title: x\n${line}\n`)).toEqual([{ line: 2, column, says: expect.stringContaining(`Found ${name} in the open`) }]);
  });
});

describe('not taken for a secret', () => {
  test.each([
    ['a reference', "authorization: 'Bearer ${secrets.api_token}'"],
    ['a URL with a reference', "x: 'postgres://app:${secrets.db_password}@db.internal/app'"],
    ['where a secret is', 'db_password: { env: PRODUCTION_DB_PASSWORD }'],
    ['where a secret is, in two lines', 'db_password:\n  env: PRODUCTION_DB_PASSWORD'],
    ['where a secret is, in a folder with a random name', 'secret: { file: /tmp/aB3dE6gH9jK2mN5pQ8rS1tU4vW7x/ci-secret }'],
    ['a variable of a script', 'PGPASSWORD="$DB_PASSWORD" psql'],
    ['the output of a program', 'PASSWORD=$(cat /run/secrets/db)'],
    ['a commit', `worker:api: ${HEX.slice(0, 40)}`],
    ['a commit in a comment', `cache: v1 # since ${HEX.slice(0, 40)}`],
    ['a sentence about passwords', "title: 'Reset passwords: tell everybody'"],
    ['a long name', 'token: the-token-of-the-continuous-integration'],
    ['a URL with a port', 'x: http://localhost:3000/a@b'],
    ['a stand-in', 'password=<password>'],
  ])('%s', (_what, text) => {
    expect(plainSecrets(text)).toEqual([]);
  });
});

test('no mistake repeats the secret, not even another one of the same line', async () => {
  const mistakes = await mistakesOf({
    'procedures/try.yml': spoiled('effect: idempotent', `efect: ${made('xoxb', '-1234567890-abcdefABCDEF')}`),
  });
  expect(mistakes).toEqual([expect.stringMatching(/^procedures\/try\.yml:16:12: Found a Slack token in the open; /)]);
  expect(mistakes.join('')).not.toContain('1234567890');
});
