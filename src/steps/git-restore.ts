import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRestore } from '../core/procedure/action.ts';
import { scratchFolder } from './context.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { commitOf, gitIn } from './git.ts';
import type { Git } from './git.ts';
import { editFiles, writeFiles } from './git-edit.ts';
import { readBoth } from './git-tree.ts';
import { publish } from './git-publish.ts';

/**
 * Commits paths as they were at another commit, and edits beside them, without going near anybody's checkout: the commit is
 * made from objects, and then checked out in a worktree of the run. The same order always gives the same commit, so it can be
 * given again.
 */
export async function gitRestore(action: GitRestore<string>, context: DeedContext): Promise<Deed> {
  const git = gitIn(action.repo, context);
  const at = action.at === undefined ? null : await commitOf(git, action.at);
  const onto = await commitOf(git, action.onto);
  const tree = await treeOf(git, { action, at, onto }, context);
  const already = tree === (await git(['rev-parse', `${onto}^{tree}`])).out.trim();
  const commit = already ? onto : await commitTree(git, { tree, onto, message: action.message });
  const worktree = await checkOut(git, commit, context);
  const published = action.publish && (await publish(git, { ...action.publish, commit, push: !already }));
  const says = already ? sayAlready(action, at) : `${at === null ? 'Changed' : `Restored from ${at}`} as commit ${commit}.`;
  return {
    status: 'done',
    already,
    says: published ? `${says} ${published.says}` : says,
    value: commit,
    text: commit,
    given: { commit, worktree, ...(published && { reached: published.reached }) },
  };
}

function sayAlready({ paths, edits = [], writes = [] }: GitRestore<string>, at: string | null): string {
  const files = [...new Set([...edits, ...writes].map(({ file }) => file))];
  const restored = at === null ? [] : [`${paths.join(', ')} are already as they were at ${at}.`];
  return [...restored, ...(files.length > 0 ? [`${files.join(', ')} are already changed.`] : [])].join(' ');
}

type Order = { readonly action: GitRestore<string>; readonly at: string | null; readonly onto: string };

/** Puts the wanted tree together in an index of its own. */
async function treeOf(git: Git, { action, at, onto }: Order, context: DeedContext): Promise<string> {
  const index = join(await scratchFolder(context, 'work'), `${context.step}.index`);
  await rm(index, { force: true });
  await rm(`${index}.lock`, { force: true });
  const inIndex: Git = (args, options = {}) => git(args, { ...options, env: { ...options.env, GIT_INDEX_FILE: index } });
  await inIndex(['read-tree', onto]);
  if (at !== null) await takeBack(inIndex, action.paths, at, onto);
  await editFiles(inIndex, action.edits ?? []);
  await writeFiles(inIndex, action.writes ?? []);
  const tree = (await inIndex(['write-tree'])).out.trim();
  await rm(index, { force: true });
  return tree;
}

async function takeBack(git: Git, paths: readonly string[], at: string, onto: string): Promise<void> {
  const [wanted, present] = await readBoth(git, paths, at, onto);
  const removed = [...present.keys()].filter((name) => !wanted.has(name)).map((name) => `0 ${'0'.repeat(onto.length)}\t${name}\0`);
  const written = [...wanted].map(([name, entry]) => `${entry}\t${name}\0`);
  await git(['update-index', '-z', '--index-info'], { stdin: [...removed, ...written].join('') });
}

/** Its dates are those of the commit below it, so that it is always the same commit. */
async function commitTree(git: Git, { tree, onto, message }: { tree: string; onto: string; message: string }): Promise<string> {
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
