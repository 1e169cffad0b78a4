import { expect, test } from 'vitest';
import { lintOfScript, rulesIn } from './lint-place.ts';

/** Checks that say yes whatever happens, and checks that don't. */
const BLIND: readonly string[] = [
  'curl -s https://shop.example/health | grep -q ok || true',
  'grep -q ok f || :',
  'grep -q ok f || echo "not there"',
  'grep -q ok f || exit 0',
  'curl -sS https://shop.example/health',
  'curl -so /dev/null https://shop.example/health && echo fine',
  'grep -q ok f || true\nexit 0',
  'true',
  'echo fine',
];
const SEEING: readonly string[] = [
  'curl -fsS https://shop.example/health',
  'curl --fail-with-body https://shop.example/health',
  'curl -s https://shop.example/health | grep -q ok',
  'body=$(curl -s https://shop.example/health); [[ $body == ok ]]',
  '[[ $(curl -so /dev/null -w "%{http_code}" https://shop.example/health) == 200 ]]',
  'grep -q ok f || exit 1',
  'grep -q ok f || { echo "not there" >&2; exit 1; }',
  'test -f f; echo fine',
  'found=0; pgrep shop || found=$?; ((found == 1))',
];

test.each(BLIND)('a check that cannot fail: %s', async (script) => {
  expect(rulesIn(await lintOfScript(script, 'check'))).toEqual(['verification-that-cannot-fail']);
});

test.each(SEEING)('a check that can: %s', async (script) => {
  expect(await lintOfScript(script, 'check')).toEqual([]);
});
