import type { WordPart } from 'unbash';
import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call, ShellWord } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** `rm -rf "$DIR"/*` with an empty variable begins at the root. */
export const unboundedRemove: Rule = {
  id: 'unbounded-remove',
  about: 'a removal that goes far beyond what was meant when a variable is empty',
  why: `"rm -rf $DIR/*" is "rm -rf /*" when DIR is empty. Scripts of Rollbot stop at a variable that is not set, but not at one that is set to nothing, and a script for another shell stops at neither. The same holds for "find $DIR -delete" and for a command that removes everything where it stands.

Write "\${DIR:?}", which stops where the variable is empty, or name the folder. Better still, move the folder away (mv) and remove it another day: that has an undo.`,
  bad: `steps:
  - id: clear
    title: Clear the page cache
    shell:
      env: { DIR: '\${target.state_dir}' }
      script: rm -rf -- "$DIR"/*
    effect: idempotent
    undo: { none: pages are made again when they are asked for }
`,
  good: `steps:
  - id: clear
    title: Clear the page cache
    shell:
      env: { DIR: '\${target.state_dir}' }
      script: rm -rf -- "\${DIR:?}"/pages/*
    effect: idempotent
    undo: { none: pages are made again when they are asked for }
`,
  find: ({ shell }) =>
    shell.calls.filter(removesTooMuch).map((call) => ({
      says: `Found "${sayCall(call)}", which may remove far more than was meant; expected "\${NAME:?}", or a folder that is named.`,
      at: call.at,
    })),
};

/** What is left of a path when its variables are empty, where that is too much to lose. */
const TOO_MUCH = /^(?:\/|\/?\.{0,2}\/?\*|\.{1,2}\/?|~\/?\*?|\/(?:etc|usr|var|home|srv|opt|data|mnt|lib|bin|root|boot)\/?\*?)$/;

function removesTooMuch({ name, args }: Call): boolean {
  if (name === 'rm') {
    const { has, operands } = readOptions(args);
    return has('r', 'R', 'recursive') && operands.some((word) => TOO_MUCH.test(emptied(word)));
  }
  if (name !== 'find') return false;
  const [from] = args;
  const removes = args.some(
    ({ text }, index) => text === '-delete' || (/^-exec(?:dir)?$/.test(text) && /(?:^|\/)rm$/.test(args[index + 1]?.text ?? '')),
  );
  return removes && from !== undefined && /^\/?$/.test(emptied(from).replace(/\/\.?$/, '/'));
}

/** A word as it is when every variable in it is empty; `\${NAME:?}` stops there instead, and counts as a name. */
function emptied({ text, word }: ShellWord): string {
  return word?.parts ? word.parts.map(emptiedPart).join('') : text.replace(/^\$HOME\b/, '~');
}

function emptiedPart(part: WordPart): string {
  switch (part.type) {
    case 'SimpleExpansion':
      return part.text === '$HOME' ? '~' : '';
    case 'ParameterExpansion':
      return part.operation?.type === 'Default' && /[?=-]/.test(part.operation.operator) ? 'name' : '';
    case 'CommandExpansion':
      return 'name';
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map(emptiedPart).join('');
    default:
      return 'value' in part && part.value !== undefined ? part.value : part.text;
  }
}
