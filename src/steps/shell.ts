import type { ShellAction } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { programDeed } from './program-deed.ts';

/** Runs a fixed bash script; what varies reaches it as environment variables, and so can't become code. */
export async function shell({ script, env, cwd, exit }: ShellAction<string>, context: DeedContext): Promise<Deed> {
  const argv = ['bash', '-euo', 'pipefail', '-c', script, 'script'];
  const order = { name: 'The script', argv, env: { ...context.env, ...env }, exit };
  return await programDeed(cwd === undefined ? order : { ...order, cwd }, context);
}
