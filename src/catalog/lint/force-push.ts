import { gitCommand } from './git.ts';
import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** A forced push throws away what others have pushed. */
export const forcePush: Rule = {
  id: 'force-push',
  about: 'a push that may throw away what others have pushed',
  why: `"git push --force" puts the branch where this clone thinks it should be, and whatever somebody else has pushed since is gone from it: in an incident, often the other half of the repair. A bare "--force-with-lease" is no better after a fetch, because it compares with what was fetched a moment ago.

Add a commit instead of removing one: "git revert", or the "git:" step, whose "publish:" only ever moves a branch forward. Where history has to be rewritten, name what must be there: --force-with-lease=<branch>:<full hash>.`,
  bad: `steps:
  - id: publish
    title: Put main back
    run: [git, -C, /srv/shop, push, --force, origin, main]
    effect: idempotent
    undo: { none: the old commits are on nobody's branch }
`,
  good: `params:
  bad: { about: The commit that broke it, type: git-commit }
steps:
  - id: publish
    title: Take the bad commit back by a new one
    shell:
      env: { BAD: '\${params.bad}' }
      script: |
        git -C /srv/shop revert --no-edit "$BAD"
        git -C /srv/shop push origin main
    effect: guarded
    check: { run: [git, -C, /srv/shop, grep, --quiet, new_checkout=off] }
    undo: { none: the revert is reverted by hand }
`,
  find: ({ shell }) =>
    shell.calls.filter(forces).map((call) => ({
      says: `Found "${sayCall(call)}", which throws away what others have pushed; expected a revert, or --force-with-lease=<branch>:<full hash>.`,
      at: call.at,
    })),
};

function forces(call: Call): boolean {
  const git = gitCommand(call);
  if (git?.command !== 'push') return false;
  const { has, operands } = readOptions(git.args, { letters: 'o', names: ['push-option', 'repo', 'receive-pack', 'exec'] });
  const bareLease = git.args.some(({ text }) => text === '--force-with-lease');
  return (
    bareLease || has('f', 'mirror') || git.args.some(({ text }) => text === '--force') || operands.some(({ text }) => text.startsWith('+'))
  );
}
