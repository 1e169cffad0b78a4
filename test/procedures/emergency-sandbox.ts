import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, ask, freshSandbox } from '../demo/sandbox/sandboxes.ts';
import { createWalk } from './walk.ts';
import type { Walked } from './walk.ts';

type Choice = {
  readonly procedure?: string;
  readonly ref?: string;
  readonly parts?: string;
  readonly patienceMs?: number;
  readonly vars?: Readonly<Record<string, string>>;
};
type Answered = { readonly status: number; readonly result: Readonly<Record<string, unknown>> };

/** A sandbox of a test file's own in which an emergency is wanted, broken anew before each test. */
export function emergencySandbox() {
  let started: Sandbox | null = null;
  let runs = 0;
  beforeAll(async () => void (started = await freshSandbox({ scenario: 'emergency' })), PATIENCE_MS);
  beforeEach(async () => await sandbox().break(), PATIENCE_MS);
  afterAll(async () => await sandbox().close(), PATIENCE_MS);

  function sandbox(): Sandbox {
    if (!started) throw new Error('The sandbox is started before the tests, and not sooner.');
    return started;
  }

  /** Asks the stand-in for Cloudflare as whoever has the token. */
  async function cloudflare(method: string, path: string, body?: object): Promise<Answered> {
    const answer = await fetch(`${sandbox().cloudflareUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${sandbox().cloudflare.token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, result: ((await answer.json()) as { result: Answered['result'] }).result };
  }

  return {
    sandbox,
    cloudflare,
    walk: async ({ procedure = 'emergency', ref = sandbox().commits.good, parts, ...options }: Choice = {}) => {
      runs += 1;
      const params = { ref, ...(parts !== undefined && { parts }) };
      return await createWalk(sandbox(), params, { run: `r${runs}`, procedure, ...options });
    },
    version: async () => (await ask(sandbox(), 'version')).body,
    /** Where the Worker that is not to be touched has its deployments, versions and secrets. */
    worker: () => `/accounts/${sandbox().cloudflare.account}/workers/scripts/${sandbox().cloudflare.worker}`,
    route: () => `/zones/${sandbox().cloudflare.zone}/workers/routes/${sandbox().cloudflare.route}`,
  };
}

/** How each item went. */
export function statuses(walked: readonly Walked[]): Readonly<Record<string, string>> {
  return Object.fromEntries(walked.map(({ id, status }) => [id, status]));
}

/** The items that did not go well. */
export function wrong(walked: readonly Walked[]): readonly Walked[] {
  return walked.filter(({ status }) => status !== 'ok' && status !== 'already-done');
}
