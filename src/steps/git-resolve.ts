import type { GitResolve } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import { failed } from './deed.ts';
import type { Deed } from './deed.ts';
import { commitOf, gitIn, isWithin } from './git.ts';

/** Finds the commit that a name stands for now, so that everything after it speaks of the same one. */
export async function gitResolve({ repo, ref, fetch, within }: GitResolve<string>, context: DeedContext): Promise<Deed> {
  const git = gitIn(repo, context);
  if (fetch !== undefined) await git(['fetch', '--quiet', '--no-write-fetch-head', '--end-of-options', fetch]);
  const commit = await commitOf(git, ref);
  if (within !== undefined && !(await isWithin(git, commit, await commitOf(git, within)))) {
    return failed(`"${ref}" is ${commit}, which ${within} does not contain: choose a commit that it does.`);
  }
  return { status: 'done', says: `"${ref}" is ${commit}.`, value: commit, text: commit, given: { commit } };
}
