import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import type { ScenarioName } from '../../src/demo/sandbox/scenarios.ts';
import { PATIENCE_MS, freshSandbox, untilHealthy } from '../demo/sandbox/sandboxes.ts';
import { deedsOf, exportFor, runExported, whatThereIs } from './exported-script.ts';

const BEGIN = ['dana', 'production'];

export type ExportedScript = {
  readonly file: string;
  readonly procedure: ScenarioName;
  /** What people answer once it has begun, up to its end. */
  readonly answers: readonly string[];
  /** Has a preflight check fail, and which one. */
  readonly spoil: (sandbox: Sandbox) => Promise<readonly string[]>;
  readonly failing: string;
};

/** A script of `scripts/rollback/` repairs a sandbox that is really broken, and with a failing check it leaves everything as it is. */
export function testsOfScript({ file, procedure, answers, spoil, failing }: ExportedScript): void {
  describe(`${file} in the sandbox`, () => {
    let sandbox: Sandbox;
    beforeAll(async () => void (sandbox = await freshSandbox({ scenario: procedure })), PATIENCE_MS);
    afterAll(async () => await sandbox.close(), PATIENCE_MS);

    test('is the one that is committed, but for its target', async () => {
      expect(deedsOf(await exportFor(sandbox, procedure))).toBe(deedsOf(await readFile(`scripts/rollback/${file}`, 'utf8')));
    });

    test('with a failing check it stops before anything is changed', { timeout: PATIENCE_MS * 2 }, async () => {
      const before = await whatThereIs(sandbox);
      const args = await spoil(sandbox);
      const { status, said, log } = await runExported(sandbox, await exportFor(sandbox, procedure), [...BEGIN, ...answers], args);
      for (const sabotage of sandbox.sabotaged()) await sandbox.relent(sabotage);
      expect(said).toContain('before anything was changed');
      expect(status).toBe(1);
      expect(log.filter(({ event }) => event === 'step-intended')).toEqual([]);
      expect(log.filter(({ outcome, event }) => event === 'step-finished' && outcome === 'failed').map(({ step }) => step)).toContain(
        failing,
      );
      expect(await whatThereIs(sandbox)).toEqual(before);
    });

    test('repairs the service, with the approvals that it asks for', { timeout: PATIENCE_MS * 4 }, async () => {
      const { status, said, log } = await runExported(sandbox, await exportFor(sandbox, procedure), [...BEGIN, ...answers]);
      expect(said).toContain('on production: verified');
      expect(status).toBe(0);
      expect(await untilHealthy(sandbox)).toEqual([]);
      expect(log.at(-1)).toMatchObject({ event: 'run-ended', outcome: 'verified' });
      expect(log.filter(({ event }) => event === 'approval-asked')).toHaveLength(log.filter(({ event }) => event === 'approved').length);
      for (const secret of [sandbox.cloudflare.token, ...Object.values(sandbox.secrets)]) {
        expect(said).not.toContain(secret);
        expect(JSON.stringify(log)).not.toContain(secret);
      }
    });
  });
}

/** Cloudflare does not know the token any more. */
export async function revokeToken(sandbox: Sandbox): Promise<readonly string[]> {
  await sandbox.sabotage('cloudflare-token-revoked');
  return [];
}
