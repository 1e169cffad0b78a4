import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { DeedContext } from './context.ts';
import { Ended, failed, unknown } from './deed.ts';
import { runProgram } from './program.ts';
import type { ProcessGroup } from './process-group.ts';
import type { ProgramEnd } from './program.ts';

export type GitAnswer = { readonly exit: number; readonly out: string; readonly says: string };
export type GitOptions = {
  /** Exit statuses that are answers, besides 0; any other one ends the step. */
  readonly answers?: readonly number[];
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** `latin1` gives each byte as one character. */
  readonly encoding?: 'utf8' | 'latin1';
  /** Whether it changes something outside of this machine, so that its process has to be on record. */
  readonly publishes?: boolean;
};
export type Git = (args: readonly string[], options?: GitOptions) => Promise<GitAnswer>;

/** Whatever a repository or a user has configured, these can't run programs of theirs or ask questions. */
const CONFIG = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'gc.auto=0', 'maintenance.auto=false', 'push.followTags=false'];
const NO_SUBMODULES = ['submodule.recurse=false', 'fetch.recurseSubmodules=false', 'push.recurseSubmodules=no'];
const SETTINGS = [...CONFIG, ...NO_SUBMODULES].flatMap((setting) => ['-c', setting]);
const NO_QUESTIONS = { GIT_TERMINAL_PROMPT: '0', SSH_ASKPASS_REQUIRE: 'never', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Rollbot',
  GIT_AUTHOR_EMAIL: 'rollbot@localhost',
  GIT_COMMITTER_NAME: 'Rollbot',
  GIT_COMMITTER_EMAIL: 'rollbot@localhost',
};
/** Variables that would point git at another repository, index or object store than the step names. */
const ELSEWHERE = /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE)$/;
const MOST_CHARS = 16 * 1024 * 1024;

/** Git in one repository, which has to be the very folder that is named and not one above it. */
export function gitIn(repo: string, context: DeedContext): Git {
  const given = Object.fromEntries(Object.entries(context.env).filter(([name]) => !ELSEWHERE.test(name)));
  const env = { ...IDENTITY, ...given, ...NO_QUESTIONS, GIT_CEILING_DIRECTORIES: dirname(repo) };
  return async (args, { answers = [], stdin, env: more = {}, encoding = 'utf8', publishes = false } = {}) => {
    const stderr = context.output.stream();
    const out = collector(encoding);
    const program = { argv: ['git', ...SETTINGS, ...args], cwd: repo, env: { ...env, ...more }, ...(stdin !== undefined && { stdin }) };
    const onProcess = async (group: ProcessGroup): Promise<void> => (publishes ? await context.onProcess(group) : undefined);
    const end = await runProgram(program, { ...context, onProcess, stdout: out, stderr });
    stderr.end();
    const exit = exitOf(end, `git ${args[0]}`, context);
    if (out.isCut()) throw new Ended(failed(`git ${args[0]} said more than 16 MiB, which is too much to be read.`));
    if (exit !== 0 && !answers.includes(exit))
      throw new Ended(failed(`git ${args[0]} ended with exit status ${exit}: ${stderr.lastLine()}`));
    return { exit, out: out.text(), says: stderr.lastLine() };
  };
}

/** The full commit that a name stands for; a name that looks like an option is refused. */
export async function commitOf(git: Git, name: string): Promise<string> {
  if (name.startsWith('-') || name === '') throw new Ended(failed(`"${name}" can't be the name of a commit.`));
  const answer = await git(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`], { answers: [1, 128] });
  if (answer.exit === 0) return answer.out.trim();
  throw new Ended(failed(`"${name}" is no commit of this repository: ${answer.says}`));
}

/** Whether everything in `commit` is also in `tip`. */
export async function isWithin(git: Git, commit: string, tip: string): Promise<boolean> {
  return (await git(['merge-base', '--is-ancestor', commit, tip], { answers: [1] })).exit === 0;
}

function exitOf(end: ProgramEnd, name: string, context: DeedContext): number {
  switch (end.how) {
    case 'exited':
      return end.exit;
    case 'not-begun':
      throw new Ended(failed(end.says));
    case 'killed':
      throw new Ended(unknown('unclear', `${name} was killed by ${end.signal}, and not by Rollbot, so nobody knows how far it came.`));
    case 'stopped':
      throw new Ended(context.deadline.deed());
    default:
      return end satisfies never;
  }
}

function collector(encoding: 'utf8' | 'latin1'): { write(chunk: Uint8Array): void; text(): string; isCut(): boolean } {
  const decoder = new StringDecoder(encoding);
  let text = '';
  let cut = false;
  return {
    write(chunk) {
      cut ||= text.length > MOST_CHARS;
      if (!cut) text += decoder.write(Buffer.from(chunk));
    },
    text: () => text,
    isCut: () => cut,
  };
}
