import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { realClock } from '../../../src/clock.ts';
import { startSandbox } from '../../../src/demo/sandbox/sandbox.ts';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import type { SandboxOptions } from '../../../src/demo/sandbox/sandbox-options.ts';

/** Building a sandbox takes about three seconds on a quiet machine. */
export const PATIENCE_MS = 90_000;

/** A folder of its own for a test, with the deed that removes it. */
export async function freshFolder(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'rollbot-sandbox-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** A sandbox whose `close` also removes its folder. */
export async function freshSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { dir, remove } = await freshFolder();
  try {
    const sandbox = await startSandbox({ dir, clock: realClock, windowMs: 1000, perSecond: 60, ...options });
    return { ...sandbox, close: () => sandbox.close().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Waits until the condition answers something other than `false` or `null`, and passes it on. */
export async function until<T>(condition: () => Promise<T | false | null> | T | false | null): Promise<T> {
  for (;;) {
    const found = await condition();
    if (found !== false && found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until it is healthy; answers with the reasons that it gives, which are none. */
export async function untilHealthy(sandbox: Sandbox): Promise<readonly string[]> {
  return until(async () => {
    const { status, reasons } = await sandbox.health();
    return status === 'healthy' && reasons;
  });
}

/** What `/api/<path>` answers. */
export async function ask(sandbox: Sandbox, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${sandbox.serviceUrl}/api/${path}`);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** Runs a program as a step of the target would: in the sandbox's environment, in its checkout, and without throwing. */
export async function run(sandbox: Sandbox, program: string, args: readonly string[] = [], options: { cwd?: string; input?: string } = {}) {
  const { exitCode, stdout, stderr } = await execa(program, args, {
    cwd: sandbox.repo,
    env: sandbox.env,
    extendEnv: false,
    reject: false,
    ...options,
  });
  return { exitCode, stdout, stderr };
}

/** A crontab as a person reads it: without its comments. */
export async function crontabLines(sandbox: Sandbox): Promise<string[]> {
  const { stdout } = await run(sandbox, 'crontab', ['-l']);
  return stdout.split('\n').filter((line) => /^[@*\d]/.test(line));
}
