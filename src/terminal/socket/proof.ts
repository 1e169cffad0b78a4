import { constants } from 'node:fs';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../../core/digest.ts';

/**
 * How somebody proves which user of the operating system they are: Node can't ask a socket who is at its other end, but the
 * system says whose a file is. The bot names a file and tells a secret; whoever can make that file with the secret's digest in it
 * is its owner. The digest also covers the folder, so that a file which somebody was led to make elsewhere, and which was then
 * moved here, proves nothing; and reading it gives nobody the secret, which is what a session is opened with.
 */
export type Challenge = { readonly file: string; readonly secret: string };

/** Only the group may make files here, each of them stays its maker's, and the bot can read them by the group. */
const FOLDER_MODE = 0o3770;
const FILE_MODE = 0o640;
const MOST_BYTES = 64;

/** Makes the folder of the proofs, or leaves one that is there as it is. */
export async function openProofs(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o770 });
  if (made !== undefined) await chmod(folder, FOLDER_MODE);
}

/** Makes the file that was asked for; call the answer when the proof has been looked at. */
export async function giveProof(folder: string, { file, secret }: Challenge): Promise<() => Promise<void>> {
  const name = path.join(folder, path.basename(file));
  const handle = await open(name, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, FILE_MODE);
  try {
    await handle.chmod(FILE_MODE);
    await handle.writeFile(proofOf(folder, secret));
  } finally {
    await handle.close();
  }
  return async () => await rm(name, { force: true });
}

/** The number of the user who answered a challenge; null where nobody has, or where the file could have come there in another way. */
export async function whoProved(folder: string, { file, secret }: Challenge): Promise<number | null> {
  const handle = await open(path.join(folder, file), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.nlink !== 1 || found.size > MOST_BYTES) return null;
    return (await handle.readFile('utf8')) === proofOf(folder, secret) ? found.uid : null;
  } finally {
    await handle.close();
  }
}

function proofOf(folder: string, secret: string): string {
  return sha256(`${secret} ${folder}`);
}
