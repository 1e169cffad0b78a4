import { constants } from 'node:fs';
import { lstat, open, rename, rm, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { codeIn, Ended, failed, reasonIn } from './deed.ts';

/** How a file is: its bytes, its mode and whose it is; or that it is not there. */
export type FileState = FileContent | { readonly exists: false };
export type FileContent = {
  readonly exists: true;
  readonly content: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
};

export const ABSENT: FileState = { exists: false };
const MOST_BYTES = 32 * 1024 * 1024;

/** Reads a file that a step may change: a plain one, under an absolute path. Anything else ends the step before it has touched it. */
export async function readState(path: string): Promise<FileState> {
  if (!isAbsolute(path))
    throw new Ended(failed(`"${path}" has to be an absolute path, so nothing was changed: correct the procedure or the target.`));
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink())
      throw new Ended(failed(`${path} is a symbolic link, so it was left alone: name the file that it points to.`));
    if (!found.isFile()) throw new Ended(failed(`${path} is not a plain file, so it was left alone.`));
    if (found.size > MOST_BYTES) throw new Ended(failed(`${path} is larger than 32 MiB, so it was left alone.`));
    return await readContent(path);
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return ABSENT;
    throw error instanceof Ended ? error : untouched(path, error);
  }
}

/** Whether two states are the same, for whoever reads the file. */
export function isSameState(one: FileState, other: FileState): boolean {
  if (!one.exists || !other.exists) return one.exists === other.exists;
  return one.mode === other.mode && one.content.equals(other.content);
}

/** Makes a file be like this, in one instant: whoever reads it sees the old or the new one, after a power cut too. */
export async function makeState(path: string, state: FileState, owner: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${owner}.tmp`);
  try {
    if (state.exists) {
      await writeNew(temporary, state);
      await rename(temporary, path);
    } else await unlink(path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw untouched(path, error);
  }
  await syncFolder(dirname(path));
}

/** Writes a file that nobody else has yet, to disk. */
export async function writeNew(path: string, { content, mode, uid, gid }: FileContent): Promise<void> {
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    const made = await file.stat();
    if (made.uid !== uid || made.gid !== gid) await file.chown(uid, gid);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readContent(path: string): Promise<FileContent> {
  const file: FileHandle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { mode, uid, gid } = await file.stat();
    return { exists: true, content: await file.readFile(), mode: mode & 0o7777, uid, gid };
  } finally {
    await file.close();
  }
}

function untouched(path: string, error: unknown): Ended {
  const why = codeIn(error) === 'ENOENT' ? 'its folder does not exist' : reasonIn(error);
  return new Ended(failed(`${path} could not be changed and is as it was: ${why}.`));
}
