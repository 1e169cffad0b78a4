import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { targetAccess } from '../src/target-access.ts';
import { targetOf } from './core/incident/plans.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'rollbot-secrets-'))));
afterEach(async () => await rm(folder, { recursive: true }));

test('a secret that is empty is no secret, wherever it is read from', async () => {
  const file = join(folder, 'secret');
  const secretSources = { inFile: { file }, inEnv: { env: 'TOKEN' } };
  const access = targetAccess(targetOf({ secrets: ['inFile', 'inEnv'], secretSources }), { TOKEN: '' }, ['of the bot']);
  await expect(access.secret('inFile')).rejects.toThrow("can't be read");
  await writeFile(file, '\n');
  await expect(access.secret('inFile')).rejects.toThrow('which is empty');
  await expect(access.secret('inEnv')).rejects.toThrow('which is not set');
  expect(await access.hidden?.()).toEqual(['of the bot']);
  await writeFile(file, 'hunter22\n');
  expect(await access.secret('inFile')).toBe('hunter22');
});
