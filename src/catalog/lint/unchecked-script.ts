import type { Act } from './act.ts';
import type { Hit, Rule } from './rule.ts';
import type { ShellText } from './shell/read.ts';

/** A shell inside of a script goes on after an error. */
export const uncheckedScript: Rule = {
  id: 'unchecked-script',
  about: 'a script that goes on after an error: set +e, or several commands for bash -c or ssh',
  why: `A "shell:" step runs with -euo pipefail and ends at the first command that fails. A shell that it starts in its turn does not: in "ssh host 'cd /srv/shop; ./restart'" the restart runs in the wrong folder when cd fails, and only the status of the last command counts. "set +e" switches the rule off for all that follows.

Begin such a script with "set -eu", join the commands by &&, or run them in the step itself. Where one command may fail, say so for that one: "status=0; command || status=$?".`,
  bad: `steps:
  - id: restart
    title: Restart the shop
    run: [ssh, -o, BatchMode=yes, shop.example, cd /srv/shop; ./restart]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  good: `steps:
  - id: restart
    title: Restart the shop
    run: [ssh, -o, BatchMode=yes, shop.example, set -eu; cd /srv/shop; ./restart]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  find: (act) => [...act.shell.texts.filter(goesOn).map((text) => ({ says: NESTED, at: text.place(0) })), ...switchedOff(act)],
};

const NESTED = 'Found several commands for a shell that goes on after an error; expected "set -eu" at the beginning, or && between them.';

function goesOn({ nested, stops, tree, source }: ShellText): boolean {
  return nested && !stops && tree.commands.length > 1 && !/\bset\s+(?:-[a-zA-Z]*e|-o\s+errexit)/.test(source);
}

function switchedOff({ shell }: Act): readonly Hit[] {
  const sets = shell.calls.filter(({ name }) => name === 'set');
  const off = sets.findLastIndex(
    ({ args }) => /^\+\w*e/.test(args[0]?.text ?? '') || (args[0]?.text === '+o' && args[1]?.text === 'errexit'),
  );
  if (off === -1 || sets.slice(off + 1).some(({ args }) => /^-\w*e/.test(args[0]?.text ?? ''))) return [];
  return [
    {
      says: 'Found set +e, after which no error ends the script; expected "command || status=$?" for the one command that may fail.',
      at: sets[off]!.at,
    },
  ];
}
