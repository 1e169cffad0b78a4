import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execa } from 'execa';
import { parse } from 'yaml';
import { planOf } from '../../src/core/procedure/plan.ts';
import { Procedure } from '../../src/core/procedure/schema.ts';

// Cloudflare knows two kinds of tokens, of a user and of an account, and says of one only where it is asked about its own kind.

const KNOWN: Readonly<Record<string, string>> = {
  '/user/tokens/verify': 'Bearer of-a-user',
  '/accounts/a1/tokens/verify': 'Bearer of-an-account',
};
const cloudflare = createServer(({ url = '', headers }, answer) => {
  const isGood = KNOWN[url] === headers.authorization;
  answer.writeHead(isGood ? 200 : 401, { 'content-type': 'application/json' });
  answer.end(
    JSON.stringify(isGood ? { success: true, result: { id: 't1', status: 'active' } } : { success: false, errors: [{ code: 1000 }] }),
  );
});
beforeAll(async () => {
  await once(cloudflare.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => cloudflare.close());

const scripts = readdirSync('procedures').flatMap((file) => {
  const id = /^([a-z-]+)\.yml$/.exec(file)?.[1];
  if (id === undefined) return [];
  const procedure = Procedure.parse(parse(readFileSync(`procedures/${file}`, 'utf8')));
  return planOf({ ...procedure, steps: [], verify: [] }).flatMap(({ phase, probe: { action } }) =>
    phase === 'preflight' && action.kind === 'shell' && action.script.includes('tokens/verify') ? [{ id, script: action.script }] : [],
  );
});

test('six procedures ask whether the token is good, all in the same way', () => {
  expect(scripts).toHaveLength(6);
  expect(new Set(scripts.map(({ script }) => script)).size).toBe(1);
});

test.each([
  ['of-a-user', 0],
  ['of-an-account', 0],
  ['of-nobody', 1],
])('a token %s: exit status %i', async (token, status) => {
  const env = { API: `http://127.0.0.1:${(cloudflare.address() as AddressInfo).port}`, ACCOUNT: 'a1', TOKEN: token };
  const args = ['-euo', 'pipefail', '-c', scripts[0]?.script ?? 'false'];
  const { exitCode, stdout, stderr } = await execa('bash', args, { env, reject: false });
  expect(exitCode).toBe(status);
  expect(stdout + stderr).not.toContain(token);
});
