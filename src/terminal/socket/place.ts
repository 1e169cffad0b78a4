import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';

/** Where the bot of a database listens for the terminal, and where people prove who they are. */
export type SocketPlace = { readonly folder: string; readonly socket: string; readonly proofs: string };

/** What the path of a socket may have at most, on every system that Rollbot runs on. */
const LONGEST_PATH = 103;
const WRITABLE_BY_ALL = 0o002;

/** The place beside a database; both ends go by the folder's real name, so that no link leads one of them elsewhere. */
export async function placeBeside(database: string): Promise<SocketPlace | { readonly says: string }> {
  const folder = await realpath(path.dirname(database)).catch(() => path.resolve(path.dirname(database)));
  const name = path.join(folder, path.basename(database));
  const socket = `${name}.sock`;
  if (Buffer.byteLength(socket) > LONGEST_PATH) {
    return { says: `${socket} is too long for a socket. Keep the database in a folder with a shorter name.` };
  }
  return { folder, socket, proofs: `${name}.proofs` };
}

/** Why nobody should listen or speak here: whoever may write to the folder could put a socket of their own in the place of ours. */
export async function whyUnsafe({ folder }: SocketPlace): Promise<string | null> {
  const found = await lstat(folder).catch(() => null);
  if (!found?.isDirectory()) return `There is no folder ${folder}.`;
  if ((found.mode & WRITABLE_BY_ALL) === 0) return null;
  return `Everybody on this machine may write to ${folder}, so nobody can be trusted there. Take that away: chmod o-w ${folder}`;
}

/** Why this is not the socket of a bot to whom this folder belongs; null where it is, or where there is none. */
export async function whyForeign({ folder, socket }: SocketPlace, ownUid: number): Promise<string | null> {
  const [place, found] = await Promise.all([lstat(folder).catch(() => null), lstat(socket).catch(() => null)]);
  if (!place || !found) return null;
  if (!found.isSocket()) return `${socket} is no socket. Remove it, and start the bot again.`;
  const known = [place.uid, ownUid, 0];
  return known.includes(found.uid)
    ? null
    : `${socket} belongs to the user ${found.uid}, and its folder to ${place.uid}, so it is not trusted. Ask who runs the bot.`;
}
