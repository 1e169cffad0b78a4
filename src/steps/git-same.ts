import type { GitSame } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { commitOf, gitIn } from './git.ts';
import { isSameTree, readBoth } from './git-tree.ts';

/** Observes whether some paths are the same at two commits. */
export async function gitSame({ repo, paths, at, and }: GitSame<string>, context: DeedContext): Promise<Deed> {
  const git = gitIn(repo, context);
  const [one, other] = await readBoth(git, paths, await commitOf(git, at), await commitOf(git, and));
  const same = isSameTree(one, other);
  return { status: 'done', says: `${paths.join(', ')} ${same ? 'are the same' : 'differ'}.`, value: same, text: String(same) };
}
