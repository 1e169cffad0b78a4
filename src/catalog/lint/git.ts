import type { Call, ShellWord } from './shell/call.ts';
import { firstOperand } from './shell/options.ts';

/** The git command of a call with what follows it, without the options of git itself such as `-C <folder>`. */
export function gitCommand({ name, args }: Call): { readonly command: string; readonly args: readonly ShellWord[] } | undefined {
  if (name !== 'git') return undefined;
  const first = firstOperand(args, { letters: 'Cc', names: ['git-dir', 'work-tree', 'namespace'] });
  const command = args[first]?.text;
  return command === undefined ? undefined : { command, args: args.slice(first + 1) };
}
