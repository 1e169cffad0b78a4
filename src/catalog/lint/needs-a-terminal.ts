import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** A program that wants a terminal has none. */
export const needsATerminal: Rule = {
  id: 'needs-a-terminal',
  about: 'a program that wants a terminal: an editor, a pager, docker exec -it',
  why: `Steps run without a terminal and with an empty input. "docker exec -it" fails there with "the input device is not a TTY"; an editor, a pager or "read" without an input fails, hangs, or goes on with an empty answer, depending on the program.

Leave -t out, give the program its answers as options, and let a person do what only a person can, by a step of the kind "manual:".`,
  bad: `steps:
  - id: reload
    title: Read the configuration again
    run: [docker, exec, -it, proxy, proxyctl, reload]
    effect: idempotent
    undo: { none: the configuration is read again after each change }
`,
  good: `steps:
  - id: reload
    title: Read the configuration again
    run: [docker, exec, proxy, proxyctl, reload]
    effect: idempotent
    undo: { none: the configuration is read again after each change }
`,
  find: ({ shell }) =>
    shell.calls.filter(wantsTerminal).map((call) => ({
      says: `Found "${sayCall(call)}", which wants a terminal, and a step has none; expected a form that asks nothing, or "manual:".`,
      at: call.at,
    })),
};

const ALWAYS = ['vi', 'vim', 'nano', 'emacs', 'less', 'more', 'htop', 'visudo', 'tmux', 'screen', 'dialog', 'whiptail'];
const TAKES = {
  letters: 'euwnclpvh',
  names: ['env', 'user', 'workdir', 'namespace', 'container', 'context', 'name', 'volume', 'network', 'publish'],
};

function wantsTerminal({ name, args, stdin }: Call): boolean {
  if (ALWAYS.includes(name)) return true;
  const has = (...names: string[]): boolean => readOptions(args).has(...names);
  switch (name) {
    case 'crontab':
      return has('e');
    case 'top':
      return !has('b', 'batch');
    case 'read':
      return has('p') && stdin.from === 'nowhere';
    case 'docker':
    case 'podman':
    case 'kubectl':
      return args[0]?.text === 'edit' || (/^(?:exec|run)$/.test(args[0]?.text ?? '') && optionsOf(args.slice(1)).some(isTty));
    default:
      return false;
  }
}

/** The options before the container or image: what stands behind it is the program's. */
function optionsOf(args: Call['args']): readonly string[] {
  const { operands } = readOptions(args, TAKES);
  const end = operands[0] ? args.indexOf(operands[0]) : args.length;
  return args.slice(0, end).map(({ text }) => text);
}

function isTty(text: string): boolean {
  return /^--tty(?:=true)?$/.test(text) || /^-[idq]*t[idq]*$/.test(text);
}
