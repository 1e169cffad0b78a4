import Database from 'better-sqlite3';
import { StoreFailed } from './errors.ts';

/** Turns what SQLite or the file system says into a sentence for people; anything else is passed on as it is. */
export function explainFailure(file: string): (error: unknown) => unknown {
  return (error) => {
    const code = codeOf(error);
    if (code === null || !(error instanceof Error)) return error;
    const [kind, says] = describe(file, code, error.message);
    return new StoreFailed(kind, says, error);
  };
}

/** The first part of an error's code (`SQLITE_IOERR_WRITE` is one of `IOERR`), or null where it is none of a database or file. */
function codeOf(error: unknown): string | null {
  if (error instanceof Database.SqliteError) return error.code.split('_')[1] ?? '';
  const ofFile = error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
  return ofFile ? String(error.code) : null;
}

function describe(file: string, code: string, message: string): [StoreFailed['code'], string] {
  switch (code) {
    case 'FULL':
    case 'ENOSPC':
    case 'EDQUOT':
      return ['disk-full', `The disk with ${file} is full, so nothing was written: make room on it and try again.`];
    case 'BUSY':
    case 'LOCKED':
      return ['locked', `Another process keeps ${file} locked, so nothing was done: end it (a backup, a database shell?) and try again.`];
    case 'CORRUPT':
    case 'NOTADB':
      return ['damaged', `${file} is damaged (${message}): stop Rollbot, keep a copy of the file, and restore a backup.`];
    case 'IOERR':
      return ['other', `${file} could not be read or written (${message}): check its disk; nothing was written.`];
    case 'READONLY':
    case 'PERM':
    case 'CANTOPEN':
    case 'EACCES':
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EPERM':
    case 'EROFS':
      return [
        'not-writable',
        `${file} can't be opened or written (${message}): check its path, who owns it, and that its disk is not read-only.`,
      ];
    default:
      return ['other', `${file} refused what it was asked, and nothing was written: ${message}`];
  }
}
