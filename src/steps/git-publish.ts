import { Ended, failed, unknown } from './deed.ts';
import { isWithin } from './git.ts';
import type { Git } from './git.ts';

type Publication = {
  readonly commit: string;
  readonly remote: string;
  readonly branch: string;
  readonly fastForward?: string;
  /** False where there is nothing to publish, and only the answer is wanted how far the commit has come. */
  readonly push: boolean;
};
export type Published = { readonly reached: 'main' | 'branch'; readonly says: string };

/** Pushes a commit to a branch of its own, and moves the main branch forward to it if that loses nothing. Nothing is ever forced. */
export async function publish(git: Git, { commit, remote, branch, fastForward, push }: Publication): Promise<Published> {
  await checkNames(git, remote, fastForward === undefined ? [branch] : [branch, fastForward]);
  const heads = await headsOf(git, remote, (why) => failed(`The remote "${remote}" can't be read, so nothing was pushed: ${why}`));
  if (push && heads.get(branch) !== commit) {
    const refused = await pushTo(git, remote, commit, branch);
    if (refused !== null) throw new Ended(failed(`The remote "${remote}" did not accept the branch ${branch}: ${refused}`));
  }
  const onBranch: Published = { reached: 'branch', says: push ? `It is on the branch ${branch}.` : 'Nothing was pushed.' };
  if (fastForward === undefined) return onBranch;
  const onMain: Published = { reached: 'main', says: `${fastForward} has it.` };
  const tip = heads.get(fastForward);
  if (tip === undefined) return { ...onBranch, says: `${onBranch.says} The remote has no branch ${fastForward}.` };
  await haveTip(git, remote, tip, fastForward);
  if (await isWithin(git, commit, tip)) return onMain;
  if (!push) return onBranch;
  if (!(await isWithin(git, tip, commit)))
    return { ...onBranch, says: `${onBranch.says} ${fastForward} has moved on, so it was left alone.` };
  const refused = await pushTo(git, remote, commit, fastForward);
  return refused === null ? onMain : { ...onBranch, says: `${onBranch.says} ${fastForward} did not accept it: ${refused}` };
}

async function checkNames(git: Git, remote: string, branches: readonly string[]): Promise<void> {
  const remotes = (await git(['remote'])).out.split('\n');
  if (!remotes.includes(remote)) throw new Ended(failed(`The repository has no remote "${remote}", so nothing was pushed.`));
  for (const branch of branches) {
    const isName = !branch.startsWith('-') && (await git(['check-ref-format', `refs/heads/${branch}`], { answers: [1] })).exit === 0;
    if (!isName) throw new Ended(failed(`"${branch}" can't be the name of a branch, so nothing was pushed.`));
  }
}

async function headsOf(git: Git, remote: string, otherwise: (why: string) => Ended['deed']): Promise<ReadonlyMap<string, string>> {
  const answer = await git(['ls-remote', '--refs', '--end-of-options', remote, 'refs/heads/*'], { answers: [1, 128] });
  if (answer.exit !== 0) throw new Ended(otherwise(answer.says));
  const lines = answer.out.split('\n').map((line) => /^(\w+)\trefs\/heads\/(.+)$/.exec(line));
  return new Map(lines.flatMap((line) => (line ? [[line[2]!, line[1]!] as const] : [])));
}

/** Gets the objects of a branch that others have pushed to since, without touching any ref. */
async function haveTip(git: Git, remote: string, tip: string, branch: string): Promise<void> {
  if ((await git(['cat-file', '-e', `${tip}^{commit}`], { answers: [1, 128] })).exit === 0) return;
  await git(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', '--end-of-options', remote, `refs/heads/${branch}`]);
}

/** Why the remote refused, or null when it has it. Where the answer to a push was lost, the remote is asked. */
async function pushTo(git: Git, remote: string, commit: string, branch: string): Promise<string | null> {
  const args = ['push', '--porcelain', '--no-verify', '--end-of-options', remote, `${commit}:refs/heads/${branch}`];
  const answer = await git(args, { answers: [1, 128], publishes: true });
  if (answer.exit === 0) return null;
  const verdict = answer.out.split('\n').find((line) => line.startsWith('!') && !line.includes('remote failed to report'));
  if (verdict !== undefined) return verdict.split('\t').at(-1) ?? verdict;
  const heads = await headsOf(git, remote, (why) => {
    return unknown('connection-lost', `The connection to "${remote}" was lost, so nobody knows whether ${branch} arrived: ${why}`);
  });
  return heads.get(branch) === commit ? null : answer.says;
}
