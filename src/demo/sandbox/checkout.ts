import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Layer, Scenario } from './scenario.ts';

/** The platform's repository, with everything that git needs to leave the machine's own settings alone. */
export type Checkout = {
  /** The working copy that rollbacks start from, on `main`. */
  readonly repo: string;
  /** Its bare remote. */
  readonly origin: string;
  /** The copy that the cron jobs run from, which nobody pulls. */
  readonly jobs: string;
  readonly commits: {
    /** The one that is known to be good; somebody else's work came after it. */
    readonly good: string;
    /** The one that brought the trouble. */
    readonly bad: string;
    /** The newest one, by somebody else; what is deployed when the sandbox is broken. */
    readonly newest: string;
  };
  /** Takes the working copy and `main` of the remote back to the newest commit, whatever has been done to them. */
  rewind(): Promise<void>;
};

/** Whose commits these are when nobody says otherwise, and none of the habits of the machine's owner. */
const GIT_SETTINGS = `[user]
  name = Operations
  email = operations@shop.example
[init]
  defaultBranch = main
[commit]
  gpgsign = false
[core]
  hooksPath = /dev/null
[gc]
  auto = 0
[advice]
  detachedHead = false
`;

/** Builds the history in a fresh folder; its commits are the same in every sandbox. */
export async function createCheckout({
  dir,
  home,
  env,
  history,
}: {
  dir: string;
  home: string;
  env: Readonly<Record<string, string>>;
  history: Pick<Scenario, 'layers' | 'good' | 'bad'>;
}): Promise<Checkout> {
  const repo = join(dir, 'platform');
  const origin = join(dir, 'origin.git');
  const jobs = join(home, 'platform');
  await mkdir(repo);
  await writeFile(join(home, '.gitconfig'), GIT_SETTINGS);

  async function git(cwd: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout } = await execa('git', args, { cwd, env: { ...env, ...more }, extendEnv: false });
    return stdout;
  }

  async function commit({ folder, edits = [], by, says, on }: Layer): Promise<string> {
    await cp(fileURLToPath(new URL(`./platform/${folder}`, import.meta.url)), repo, { recursive: true });
    for (const edit of edits) {
      const text = await readFile(join(repo, edit.file), 'utf8');
      if (!text.includes(edit.find)) throw new Error(`"${edit.find}" does not stand in ${edit.file}.`);
      await writeFile(join(repo, edit.file), text.replaceAll(edit.find, edit.with));
    }
    await git(repo, ['add', '--all']);
    await git(repo, ['commit', '--quiet', '--message', says], signed(by, on));
    return git(repo, ['rev-parse', 'HEAD']);
  }

  await git(dir, ['init', '--quiet', '--bare', origin]);
  await git(repo, ['init', '--quiet']);
  await git(repo, ['remote', 'add', 'origin', origin]);
  const commits = new Map<string, string>();
  for (const layer of history.layers) commits.set(layer.folder, await commit(layer));
  const [good, bad, newest] = [history.good, history.bad, history.layers.at(-1)?.folder].map((folder) => commits.get(folder ?? ''));
  if (!good || !bad || !newest) throw new Error('The history has no layer of this name.');
  await git(repo, ['push', '--quiet', '--set-upstream', 'origin', 'main']);
  await git(dir, ['clone', '--quiet', origin, jobs]);

  return {
    repo,
    origin,
    jobs,
    commits: { good, bad, newest },
    async rewind() {
      await git(repo, ['checkout', '--quiet', '--force', 'main']);
      await git(repo, ['reset', '--quiet', '--hard', newest]);
      await git(repo, ['clean', '--quiet', '-fdx']);
      await git(origin, ['update-ref', 'refs/heads/main', newest]);
      await git(repo, ['fetch', '--quiet', 'origin']);
    },
  };
}

function signed(name: string, on: string): Readonly<Record<string, string>> {
  const email = `${name}@shop.example`;
  const author = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: on };
  return { ...author, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: on };
}
