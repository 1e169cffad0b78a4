import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRestore } from '../core/procedure/action.ts';
import { scratchFolder } from './context.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { commitOf, gitIn } from './git.ts';
import type { Git } from './git.ts';
import { isSameTree, readBoth } from './git-tree.ts';
import type { Entries } from './git-tree.ts';
import { publish } from './git-publish.ts';

/**
 * Commits paths as they were at another commit, without going near anybody's checkout: the commit is made from objects, and
 * then checked out in a worktree of the run. The same order always gives the same commit, so it can be given again.
 */
export async function gitRestore(action: GitRestore<string>, context: DeedContext): Promise<Deed> {
  const git = gitIn(action.repo, context);
  const at = await commitOf(git, action.at);
  const onto = await commitOf(git, action.onto);
  const [wanted, present] = await readBoth(git, action.paths, at, onto);
  const already = isSameTree(wanted, present);
  const commit = already ? onto : await commitRestored(git, { wanted, present, onto, message: action.message }, context);
  const worktree = await checkOut(git, commit, context);
  const published = action.publish && (await publish(git, { ...action.publish, commit, push: !already }));
  const says = already ? `${action.paths.join(', ')} are already as they were at ${at}.` : `Restored from ${at} as commit ${commit}.`;
  return {
    status: 'done',
    already,
    says: published ? `${says} ${published.says}` : says,
    value: commit,
    text: commit,
    given: { commit, worktree, ...(published && { reached: published.reached }) },
  };
}

type Restored = { readonly wanted: Entries; readonly present: Entries; readonly onto: string; readonly message: string };

/** Makes the commit by way of an index of its own. Its dates are those of the commit below it, so that they are always the same. */
async function commitRestored(git: Git, { wanted, present, onto, message }: Restored, context: DeedContext): Promise<string> {
  const index = join(await scratchFolder(context, 'work'), `${context.step}.index`);
  const env = { GIT_INDEX_FILE: index };
  await rm(index, { force: true });
  await rm(`${index}.lock`, { force: true });
  await git(['read-tree', onto], { env });
  const removed = [...present.keys()].filter((name) => !wanted.has(name)).map((name) => `0 ${'0'.repeat(onto.length)}\t${name}\0`);
  const written = [...wanted].map(([name, entry]) => `${entry}\t${name}\0`);
  await git(['update-index', '-z', '--index-info'], { env, stdin: [...removed, ...written].join('') });
  const tree = (await git(['write-tree'], { env })).out.trim();
  await rm(index, { force: true });
  const [seconds = ''] = (await git(['rev-list', '--timestamp', '--max-count=1', onto])).out.split(' ');
  const dates = { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` };
  return (await git(['commit-tree', tree, '-p', onto, '-F', '-'], { env: dates, stdin: message })).out.trim();
}

/** A fresh worktree; what an earlier attempt left there is removed first. */
async function checkOut(git: Git, commit: string, context: DeedContext): Promise<string> {
  const folder = join(await realpath(await scratchFolder(context, 'worktrees')), context.step);
  const known = (await git(['worktree', 'list', '--porcelain'])).out.split('\n');
  if (known.includes(`worktree ${folder}`)) await git(['worktree', 'remove', '--force', '--force', folder]);
  await rm(folder, { recursive: true, force: true });
  await git(['worktree', 'add', '--quiet', '--force', '--force', '--detach', folder, commit]);
  return folder;
}
