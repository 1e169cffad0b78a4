import type { Command } from 'commander';
import { lookCommand } from './look.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const SHELLS = ['bash', 'zsh'] as const;
/** What the shell asks back while somebody types. */
const NAMES = ['incidents', 'severities', 'roles', 'addressees', 'pages', 'vendors'] as const;

const PROCEDURES = `$(cd "\${ROLLBOT_PROCEDURES:-procedures}" 2>/dev/null && ls | sed -n 's/\\.yml$//p' | grep -v '\\.rehearsal$')`;
const INCIDENTS = namesFrom('incidents');
const SEVERITIES = namesFrom('severities');
const ROLES = namesFrom('roles');
const PAGES = namesFrom('pages');
/** What stands behind a command, and behind an option wherever it is. */
const BEHIND_COMMANDS: Readonly<Record<string, string>> = {
  run: PROCEDURES,
  rehearse: PROCEDURES,
  export: PROCEDURES,
  report: INCIDENTS,
  close: INCIDENTS,
  show: INCIDENTS,
  completion: SHELLS.join(' '),
  'incident status': INCIDENTS,
  'incident report': INCIDENTS,
  'incident close': INCIDENTS,
  'incident checklist': INCIDENTS,
  'incident severity': SEVERITIES,
  'incident role': 'commander scribe communications',
  'incident todo': 'mine all done take later',
  page: namesFrom('addressees'),
  'page ack': PAGES,
  'page escalate': PAGES,
  'page done': PAGES,
  'page mail': namesFrom('vendors'),
  oncall: ROLES,
  'oncall override': ROLES,
  'oncall cancel': ROLES,
};
const BEHIND_OPTIONS: Readonly<Record<string, string>> = { '--incident': INCIDENTS, '--severity': SEVERITIES };

/** Prints what completes the commands, their options, and names that they take; made from the commands themselves. */
export async function completionCommand(terminal: Terminal, program: Command, what: string): Promise<number> {
  const names = NAMES.find((each) => each === what);
  if (names) return await lookCommand(terminal, 'names', { what: names }, {});
  const { stdout, stderr } = terminal;
  if (!SHELLS.some((each) => each === what)) {
    stderr.write(`rollbot: There is no completion for "${what}". Choose ${SHELLS.join(' or ')}.\n`);
    return EXIT.usage;
  }
  stdout.write(what === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script(program)}` : script(program));
  return await Promise.resolve(EXIT.ok);
}

/** A function of the shell: what was typed before decides which words fit. */
function script(program: Command): string {
  const groups = program.commands.filter(({ commands }) => commands.length > 0);
  return `_rollbot() {
  local words="${wordsOf(program)}" path=""
  [ "$COMP_CWORD" -gt 1 ] && path="\${COMP_WORDS[1]}"
  case "$path" in
    ${[...groups.map((group) => group.name()), '-'].join('|')}) [ "$COMP_CWORD" -gt 2 ] && path="$path \${COMP_WORDS[2]}" ;;
  esac
  case "$path" in
    "") ;;
${[...[...program.commands, ...groups.flatMap(({ commands }) => commands)].map(caseOf), ...groups.map(groupOf)].join('\n')}
    *) words="" ;;
  esac
  [ "$COMP_CWORD" -gt 0 ] && case "\${COMP_WORDS[COMP_CWORD-1]}" in
${Object.entries(BEHIND_OPTIONS)
  .map(([option, words]) => `    ${option}) words="${words}" ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _rollbot rollbot
`;
}

function caseOf(command: Command): string {
  const path = pathOf(command);
  const behind = BEHIND_COMMANDS[path];
  return `    "${path}") words="${wordsOf(command)}${behind === undefined ? '' : ` ${behind}`}" ;;`;
}

/** Behind what a group takes itself, and behind no command of it, stand its own options. */
function groupOf(group: Command): string {
  return `    "${pathOf(group)} "*) words="${optionsOf(group)}" ;;`;
}

/** What can stand directly behind a command: the commands that belong to it, and its options. */
function wordsOf(command: Command): string {
  return [...command.commands.map((each) => each.name()), optionsOf(command)].join(' ');
}

function optionsOf({ options }: Command): string {
  return [...options.flatMap(({ long }) => long ?? []), '--help'].join(' ');
}

function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

function namesFrom(what: (typeof NAMES)[number]): string {
  return `$(rollbot completion ${what} 2>/dev/null)`;
}
