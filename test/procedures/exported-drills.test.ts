import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKLIST } from '../../src/core/drill/checklist.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox } from '../demo/sandbox/sandboxes.ts';
import { deedsOf, exportFor, runExported, whatThereIs } from './exported-script.ts';

const LOOKED = Object.values(CHECKLIST).map(() => 'yes');
const OMAR = ['omar', 'devops-engineer'];

describe.each([
  ['rollback-drill.sh', 'cache', ['dana', ...OMAR, 'production', ...OMAR, 'yes', 'yes', 'lena', ...LOOKED, 'undo']],
  [
    'emergency-rollback-test.sh',
    'emergency',
    ['dana', ...OMAR, 'production', ...OMAR, 'yes', 'yes', 'lena', 'yes', 'mina', ...LOOKED, 'undo'],
  ],
] as const)('%s in the sandbox', (file, procedure, answers) => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await freshSandbox({ scenario: procedure })), PATIENCE_MS);
  afterAll(async () => await sandbox.close(), PATIENCE_MS);

  test('is the one that is committed, but for its target', async () => {
    expect(deedsOf(await exportFor(sandbox, procedure, true))).toBe(deedsOf(await readFile(`scripts/${file}`, 'utf8')));
  });

  test('verifies, takes back what can be, and prints its scorecard', { timeout: PATIENCE_MS * 4 }, async () => {
    const before = await whatThereIs(sandbox);
    const { status, said, log } = await runExported(sandbox, await exportFor(sandbox, procedure, true), answers, ['production']);
    expect(said).toContain('Passed            yes');
    expect(status).toBe(5);
    expect(log.at(-1)).toMatchObject({ event: 'scorecard', passed: 'yes' });
    const after = await whatThereIs(sandbox);
    expect(after.route).toEqual(before.route);
    expect(after.crontab).toEqual(before.crontab);
  });
});
