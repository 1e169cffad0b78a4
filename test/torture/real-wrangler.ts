import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';

/** The version whose words the sandbox's own `wrangler` speaks. */
const VERSION = '4.156.0';
/** Beside the other packages, but none of them: it would make every `npm ci` longer and 200 MB larger for one test. */
const FOLDER = resolve('node_modules', '.cache', `wrangler-${VERSION}`);

export type Said = { readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string };

/** Installs Cloudflare's own wrangler where it is missing; answers with how to run it on a sandbox. */
export async function installRealWrangler(): Promise<(sandbox: Sandbox, args: readonly string[], cwd?: string) => Promise<Said>> {
  const program = join(FOLDER, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  if (!existsSync(program)) {
    const quiet = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
    await execa('npm', ['install', ...quiet, '--prefix', FOLDER, `wrangler@${VERSION}`]);
  }
  return async (sandbox, args, cwd = sandbox.repo) => {
    // Its home is the sandbox's, so that it finds nobody's login and leaves its log there.
    const env = { ...sandbox.env, CI: '1', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1', FORCE_COLOR: '0' };
    const { exitCode, stdout, stderr } = await execa(process.execPath, [program, ...args], { cwd, env, extendEnv: false, reject: false });
    return { exitCode, stdout, stderr };
  };
}
