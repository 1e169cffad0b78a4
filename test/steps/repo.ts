import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A checkout with a bare remote, as an operations host has them. */
export type Repo = {
  readonly checkout: string;
  readonly remote: string;
  /** Git in the checkout; the text that it prints. */
  git(...args: string[]): string;
  /** Git in the remote. */
  gitThere(...args: string[]): string;
  /** Writes files (null removes one) and commits them on the current branch. */
  commit(message: string, files: Readonly<Record<string, string | null>>): string;
  /** Somebody else commits a file and pushes it. */
  commitElsewhere(file: string): string;
};

const WHO = {
  GIT_AUTHOR_NAME: 'omar',
  GIT_AUTHOR_EMAIL: 'omar@shop.test',
  GIT_COMMITTER_NAME: 'omar',
  GIT_COMMITTER_EMAIL: 'omar@shop.test',
};
const ENV = { PATH: '/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent', ...WHO };

export function createRepo(folder: string): Repo {
  const checkout = join(folder, 'checkout');
  const remote = join(folder, 'remote.git');
  const git = (...args: string[]): string => gitIn(checkout, args);
  mkdirSync(checkout, { recursive: true });
  gitIn(folder, ['init', '-q', '--bare', '-b', 'main', remote]);
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', remote);

  function commit(message: string, files: Readonly<Record<string, string | null>>): string {
    for (const [name, content] of Object.entries(files)) {
      if (content === null) {
        git('rm', '-q', '--', name);
        continue;
      }
      mkdirSync(dirname(join(checkout, name)), { recursive: true });
      writeFileSync(join(checkout, name), content);
      git('add', '--', name);
    }
    git('commit', '-q', '-m', message);
    return git('rev-parse', 'HEAD');
  }

  return {
    checkout,
    remote,
    git,
    gitThere: (...args) => gitIn(remote, args),
    commit,
    commitElsewhere(file) {
      const other = join(folder, `other-${file}`);
      gitIn(folder, ['clone', '-q', remote, other]);
      writeFileSync(join(other, file), file);
      gitIn(other, ['add', file]);
      gitIn(other, ['commit', '-q', '-m', `Add ${file}`]);
      gitIn(other, ['push', '-q', 'origin', 'main']);
      return gitIn(other, ['rev-parse', 'HEAD']);
    },
  };
}

function gitIn(cwd: string, args: readonly string[]): string {
  return execFileSync('git', args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
