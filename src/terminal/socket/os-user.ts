import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { OsUser } from '../gate.ts';

const WITHIN_MS = 5000;

/** The user that this process belongs to; by the system, and not by what the environment says. */
export function ownUser(): OsUser {
  const { uid, username } = userInfo();
  return { uid, name: username };
}

/** The user with this number, as the system calls it; one that it does not know gets a name that nobody can have. */
export async function userNumbered(uid: number): Promise<OsUser> {
  const own = ownUser();
  if (own.uid === uid) return own;
  const line = (await getent(uid)) ?? (await inPasswd(uid));
  const name = line?.split(':')[0];
  return { uid, name: name ? name : `#${uid}` };
}

/** Also those of a directory service. */
async function getent(uid: number): Promise<string | null> {
  return await new Promise((resolve) => {
    execFile('getent', ['passwd', String(uid)], { timeout: WITHIN_MS }, (error, stdout) => resolve(error ? null : stdout.trim()));
  });
}

/** Where there is no getent. */
async function inPasswd(uid: number): Promise<string | null> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').find((line) => line.split(':')[2] === String(uid)) ?? null;
}
