import { gitCommand } from './git.ts';
import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** A hard reset deletes work that nobody has a copy of. */
export const resetHard: Rule = {
  id: 'reset-hard',
  about: 'a hard reset or forced clean of a working tree',
  why: `"git reset --hard" and "git clean -f" delete whatever is not committed, and git keeps no copy of it. On the operations host that is often the repair that somebody has just begun. The branch moves too, so the next push wants to be forced.

Work in a tree of the run's own: the "git:" step makes one and commits there, and "git worktree add --detach <folder> <commit>" does it in a script.`,
  bad: `params:
  ref: { about: The commit to go back to, type: git-commit }
steps:
  - id: reset
    title: Take the whole tree back
    run: [git, -C, /srv/shop, reset, --hard, '\${params.ref}']
    effect: idempotent
    undo: { none: what was not committed is gone }
`,
  good: `params:
  ref: { about: The commit to go back to, type: git-commit }
steps:
  - id: tree
    title: Make a tree of the wanted commit
    run: [git, -C, /srv/shop, worktree, add, --detach, '/srv/trees/\${run.id}', '\${params.ref}']
    effect: idempotent
    undo: { run: [git, -C, /srv/shop, worktree, remove, '/srv/trees/\${run.id}'], effect: idempotent }
`,
  find: ({ shell }) =>
    shell.calls.filter(deletes).map((call) => ({
      says: `Found "${sayCall(call)}", which deletes what is not committed; expected "git:", or a worktree of the run's own.`,
      at: call.at,
    })),
};

function deletes(call: Call): boolean {
  const git = gitCommand(call);
  if (git?.command === 'reset') return readOptions(git.args).has('hard');
  return git?.command === 'clean' && readOptions(git.args, { letters: 'e', names: ['exclude'] }).has('f', 'force');
}
