import type { Act } from './act.ts';
import type { Rule } from './rule.ts';

/** No shell reads the words of a `run`. */
export const shellWordsInArgv: Rule = {
  id: 'shell-words-in-argv',
  about: 'pipes, redirections, ~ or $NAME in a "run:", where no shell reads them',
  why: `"run:" starts a program with exactly these words; no shell looks at them. "|", "&&" and ">" reach the program as arguments, "~" is a folder of that name, and "$HOME" is six letters. Some programs refuse that, and others do something with it: "rm -f ~/cache" removes nothing and says that all is well.

Use "shell:" for what needs a shell. Paths are written out, or come from the target: "\${target.state_dir}/cache".`,
  bad: `steps:
  - id: clear
    title: Remove the page cache
    run: [rm, -f, '~/pages/cache.db']
    effect: idempotent
    undo: { none: it is made again by itself }
`,
  good: `steps:
  - id: clear
    title: Remove the page cache
    run: [rm, -f, '\${target.state_dir}/pages/cache.db']
    effect: idempotent
    undo: { none: it is made again by itself }
`,
  find: (act) => {
    const found = literalIn(act);
    return found === undefined
      ? []
      : [{ says: `Found ${found} in a "run:", where no shell reads it; expected "shell:", or the value itself.` }];
  },
};

const FOR_A_SHELL = /^(?:\||\|\||&&|;|>{1,2}|<|2>&1|2>\S+|>{1,2}\S+|~(?:\/.*)?|\$[A-Za-z_]\w*(?:\/.*)?|\$\(.*\))$/s;
/** Programs that hand their arguments to a shell, or have a language of their own. */
const READERS = ['awk', 'eval', 'expr', 'find', 'gawk', 'jq', 'perl', 'ruby', 'sed', 'ssh', 'test', '[', 'printf', 'php'];

function literalIn({ action }: Act): string | undefined {
  if (action.kind !== 'run') return undefined;
  const [program = '', ...rest] = action.argv;
  if (READERS.includes(program.split('/').at(-1) ?? '')) return undefined;
  return rest.find((text) => FOR_A_SHELL.test(text));
}
