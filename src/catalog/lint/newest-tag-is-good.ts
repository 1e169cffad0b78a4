import { gitCommand } from './git.ts';
import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** The newest tag is the release that has just broken. */
export const newestTagIsGood: Rule = {
  id: 'newest-tag-is-good',
  about: 'the newest tag or release, taken for the last good one',
  why: `In the hour of a rollback the newest tag is usually the release that broke. "git describe --tags --abbrev=0" and "git tag --sort=… | head -1" answer with exactly that, and the rollback deploys the broken version again.

A version is good when somebody has verified it in use, and that has to be written down: a parameter with "default: last-good" takes the version that the target's settings name, and whoever starts the run can say another.`,
  bad: `steps:
  - id: pick
    title: Find the last good release
    shell: git -C /srv/shop describe --tags --abbrev=0
    effect: read
    outputs: { tag: {} }
`,
  good: `params:
  ref: { about: The release to go back to, type: git-commit, default: last-good, of: 'worker:api' }
steps:
  - id: pick
    title: Find the commit of the wanted release
    git: { resolve: '\${params.ref}', repo: /srv/shop, fetch: origin, within: origin/main }
`,
  find: ({ shell }) =>
    shell.calls
      .filter((call) => describesNewest(call) || picksFirst(call))
      .map((call) => ({
        says: `Found "${sayCall(call)}", and the newest tag may be the broken one; expected a parameter with "default: last-good".`,
        at: call.at,
      })),
};

function describesNewest(call: Call): boolean {
  const git = gitCommand(call);
  return git?.command === 'describe' && readOptions(git.args, { names: ['match', 'exclude', 'candidates'] }).has('tags', 'abbrev');
}

/** The first or last line of a list of tags. */
function picksFirst({ name, feeders }: Call): boolean {
  return (name === 'head' || name === 'tail') && feeders.some(listsTags);
}

function listsTags(call: Call): boolean {
  const git = gitCommand(call);
  const texts = git?.args.map(({ text }) => text) ?? [];
  if (git?.command === 'tag') return true;
  if (git?.command === 'for-each-ref') return texts.some((text) => text.startsWith('refs/tags'));
  if (git?.command === 'ls-remote') return texts.some((text) => text === '--tags' || text === '-t');
  return call.name === 'gh' && call.args[0]?.text === 'release' && call.args[1]?.text === 'list';
}
