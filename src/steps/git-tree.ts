import { posix } from 'node:path';
import { Ended, failed } from './deed.ts';
import type { Git } from './git.ts';

/** The files of some paths, by name, each with its mode, type and object as `git ls-tree` writes them. */
export type Entries = ReadonlyMap<string, string>;

/** Reads how some paths are at two commits. A path that neither of them has is a mistake, and ends the step. */
export async function readBoth(git: Git, paths: readonly string[], at: string, and: string): Promise<readonly [Entries, Entries]> {
  const wanted = paths.map((path) => posix.normalize(path).replace(/\/$/, ''));
  const both = [await readTree(git, wanted, at), await readTree(git, wanted, and)] as const;
  const missing = wanted.find((path) => !both.some((entries) => has(entries, path)));
  if (missing === undefined) return both;
  throw new Ended(failed(`There is no ${missing} at either commit, so nothing was done: correct the path in the procedure.`));
}

/** Whether both have the same files with the same content and mode. */
export function isSameTree(one: Entries, other: Entries): boolean {
  return one.size === other.size && [...one].every(([name, entry]) => other.get(name) === entry);
}

async function readTree(git: Git, paths: readonly string[], commit: string): Promise<Entries> {
  const { out } = await git(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths]);
  const lines = out.split('\0').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]));
}

function has(entries: Entries, path: string): boolean {
  return path === '.' || entries.has(path) || [...entries.keys()].some((name) => name.startsWith(`${path}/`));
}
