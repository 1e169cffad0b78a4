import type { Command } from 'commander';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const SHELLS = ['bash', 'zsh'] as const;
/** What takes the name of a procedure first. */
const PROCEDURES_OF = new Set(['run', 'rehearse', 'export']);
const PROCEDURES = `$(cd "\${ROLLBOT_PROCEDURES:-procedures}" 2>/dev/null && ls | sed -n 's/\\.yml$//p' | grep -v '\\.rehearsal$')`;

/** Prints what completes the commands, their options and the names of procedures; made from the commands themselves. */
export async function completionCommand({ stdout, stderr }: Terminal, program: Command, shell: string): Promise<number> {
  if (!SHELLS.some((each) => each === shell)) {
    stderr.write(`rollbot: There is no completion for "${shell}". Choose ${SHELLS.join(' or ')}.\n`);
    return EXIT.usage;
  }
  stdout.write(shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script(program)}` : script(program));
  return await Promise.resolve(EXIT.ok);
}

function script(program: Command): string {
  const names = program.commands.map((command) => command.name());
  const cases = program.commands.map((command) => {
    const words = [...command.options.map(({ long }) => long), '--help'].filter((word) => word !== undefined).join(' ');
    return `    ${command.name()}) words="${words}${PROCEDURES_OF.has(command.name()) ? ` ${PROCEDURES}` : ''}" ;;`;
  });
  return `_rollbot() {
  local words="${names.join(' ')} --help"
  [ "$COMP_CWORD" -gt 1 ] && case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _rollbot rollbot
`;
}
