import type { Action } from '../../core/procedure/action.ts';
import { gitCommand } from './git.ts';
import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';

/** `HEAD~1` means another commit after each commit. */
export const relativeCommit: Rule = {
  id: 'relative-commit',
  about: 'a commit that is named by its distance from the newest one, such as HEAD~1',
  why: `HEAD~1 is another commit after each commit. The step that takes a file back to HEAD~1 and commits it has moved HEAD: when it runs a second time, HEAD~1 is the broken version, and the file goes back to that. Behind a merge HEAD~1 is the first parent, which may be a branch that nobody meant, and a file that is new in HEAD has no older version at all. "git revert HEAD" twice reverts the revert.

Name the commit itself: a parameter of type git-commit, resolved once to a full hash. The "git:" step does all of this: it resolves, restores in a worktree of its own, and refuses to lose what somebody else has pushed.`,
  bad: `steps:
  - id: restore
    title: Take the cache code back by one commit
    run: [git, -C, /srv/shop, checkout, HEAD~1, --, src/cache.ts]
    effect: idempotent
    undo: { none: the file is changed again by hand }
`,
  good: `params:
  ref: { about: The commit to go back to, type: git-commit }
steps:
  - id: restore
    title: Take the cache code back to the wanted commit
    run: [git, -C, /srv/shop, checkout, '\${params.ref}', --, src/cache.ts]
    effect: idempotent
    undo: { none: the file is changed again by hand }
`,
  find: ({ action, shell }) => [
    ...shell.calls.flatMap((call) => relativeIn(call).map((found) => ({ says: say(found), at: call.at }))),
    ...commitsOf(action)
      .filter((text) => RELATIVE.test(text))
      .map((found) => ({ says: say(found) })),
  ],
};

const RELATIVE = /^(?:[\w./-]+|@)(?:[~^]|@\{)|^@\{|^ORIG_HEAD$/;
const CHOOSING = [
  'archive',
  'checkout',
  'cherry-pick',
  'merge',
  'push',
  'read-tree',
  'reset',
  'restore',
  'rev-parse',
  'revert',
  'switch',
  'tag',
  'worktree',
];

function relativeIn(call: Call): readonly string[] {
  const git = gitCommand(call);
  if (!git) return [];
  const ends = git.args.findIndex(({ text }) => text === '--');
  const words = git.args.slice(0, ends === -1 ? undefined : ends).map(({ text }) => text);
  const named = words.map((text) => text.replace(/^(?:--source=|-s(?=\S))/, ''));
  if (git.command === 'show') return named.filter((text) => /^[^:]+:./.test(text) && RELATIVE.test(text));
  if (!CHOOSING.includes(git.command)) return [];
  return named.filter((text) => RELATIVE.test(text) || (git.command === 'revert' && /^(?:HEAD|@)$/.test(text)));
}

function commitsOf(action: Action): readonly string[] {
  switch (action.kind) {
    case 'git-resolve':
      return [action.ref];
    case 'git-restore':
      return action.at === undefined ? [action.onto] : [action.at, action.onto];
    default:
      return [];
  }
}

function say(found: string): string {
  return `Found ${found}, which is another commit after each commit; expected the commit itself, from a parameter of type git-commit.`;
}
