import type { ShellWord, Stdin } from './call.ts';
import { firstOperand, readOptions } from './options.ts';
import type { OptionForms } from './options.ts';

/** What a program starts in its turn: another program, or a script for a shell that has no `set -e` of ours. */
export type Inner = { readonly words: readonly ShellWord[] } | { readonly script: string; readonly stops: boolean };

/** Programs that start the one that stands after their options, with the options that take a value and the operands of their own. */
const WRAPPERS: Readonly<Record<string, OptionForms & { readonly own?: number }>> = {
  builtin: {},
  busybox: {},
  bunx: {},
  command: {},
  doas: { letters: 'uC' },
  exec: { letters: 'a' },
  flock: { letters: 'wE', names: ['timeout', 'wait'], own: 1 },
  ionice: { letters: 'cnp' },
  nice: { letters: 'n', names: ['adjustment'] },
  nohup: {},
  npx: { letters: 'p', names: ['package'] },
  setsid: {},
  stdbuf: { letters: 'ioe' },
  sudo: { letters: 'ughpCrtTUDR', names: ['user', 'group', 'host', 'prompt', 'chdir'] },
  time: { letters: 'fo' },
  timeout: { letters: 'ks', names: ['kill-after', 'signal'], own: 1 },
  xargs: { letters: 'InPLdaEs', names: ['max-args', 'max-procs', 'delimiter', 'arg-file', 'replace'] },
};
const SHELLS = ['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash'];
const SSH = { letters: 'bcDEeFIiJLlmOopQRSWwB' };
const EXEC = {
  letters: 'euwncf',
  names: ['env', 'env-file', 'user', 'workdir', 'namespace', 'container', 'context', 'file', 'index', 'tail'],
};

/** Looks through whatever is wrapped around a command: `sudo`, `env A=b`, `xargs`, `bash -c`, `ssh host`, `docker exec`. */
export function unwrap(name: string, args: readonly ShellWord[], stdin: Stdin): Inner | undefined {
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (wrapper) return program(args.slice(firstOperand(args, wrapper) + (wrapper.own ?? 0)));
  if (SHELLS.includes(name)) return scriptOfShell(args, stdin);
  switch (name) {
    case 'env':
      return program(withoutAssignments(args.slice(firstOperand(args, { letters: 'uC', names: ['unset', 'chdir'] }))));
    case 'eval':
      return script(args, true);
    case 'trap':
      return script(args.slice(firstOperand(args, {})).slice(0, 1), true);
    case 'ssh':
      return remote(args.slice(firstOperand(args, SSH) + 1), stdin);
    case 'docker':
    case 'podman':
    case 'kubectl':
      return insideContainer(args);
    case 'find':
      return program(args.slice(args.findIndex(({ text }) => /^-(?:exec|execdir|ok)$/.test(text)) + 1 || args.length));
    default:
      return undefined;
  }
}

function program(words: readonly ShellWord[]): Inner | undefined {
  return words.length === 0 ? undefined : { words };
}

function script(words: readonly ShellWord[], stops: boolean): Inner | undefined {
  return words.length === 0 ? undefined : { script: words.map(({ text }) => text).join(' '), stops };
}

function scriptOfShell(args: readonly ShellWord[], stdin: Stdin): Inner | undefined {
  const options = readOptions(args, { letters: 'oO', names: ['rcfile', 'init-file'] });
  const stops = options.has('e') || options.values('o').includes('errexit');
  if (options.has('c')) return script(options.operands.slice(0, 1), stops);
  const reads = options.operands.length === 0 || options.has('s');
  return reads && stdin.text !== undefined ? { script: stdin.text, stops } : undefined;
}

/** What `ssh` is given is put together and read by a shell over there. */
function remote(words: readonly ShellWord[], stdin: Stdin): Inner | undefined {
  if (words.length > 0) return script(words, false);
  return stdin.text === undefined ? undefined : { script: stdin.text, stops: false };
}

function insideContainer(args: readonly ShellWord[]): Inner | undefined {
  const exec = args.findIndex(({ text }) => text === 'exec');
  if (exec === -1) return undefined;
  const rest = args.slice(exec + 1);
  const dashes = rest.findIndex(({ text }) => text === '--');
  return program(dashes === -1 ? rest.slice(firstOperand(rest, EXEC) + 1) : rest.slice(dashes + 1));
}

function withoutAssignments(words: readonly ShellWord[]): readonly ShellWord[] {
  return words.slice(words.findIndex(({ text }) => !/^\w+=/.test(text)));
}
