import type { DeedContext } from './context.ts';
import { Ended } from './deed.ts';
import type { Deed } from './deed.ts';
import { latestBackup, saveBackup } from './file-backup.ts';
import type { Backup } from './file-backup.ts';
import { isSameState, makeState, readState } from './file-state.ts';
import type { FileState } from './file-state.ts';

export type FileChange = {
  readonly path: string;
  /** How the file has to be, given how it is; throws `Ended` where that can't be said. */
  readonly wanted: (now: FileState) => FileState;
  /** `written`, `removed`: completes "<path> was …". */
  readonly done: string;
};

/**
 * Changes one file, with its backup on disk before. If an earlier attempt of the same step has done it already, that is its
 * success and not somebody else's, so that it can be undone.
 */
export async function changeFile({ path, wanted, done }: FileChange, context: DeedContext): Promise<Deed> {
  const now = await readState(path);
  const earlier = await latestBackup(context, context.step);
  if (earlier?.path === path && isDoneSince(earlier, now, wanted)) {
    return { status: 'done', says: `${path} was ${done} by an earlier attempt of this step.` };
  }
  const after = wanted(now);
  if (isSameState(now, after)) return { status: 'done', already: true, says: `${path} was like that before.` };
  await saveBackup(context, { path, before: now, after });
  await makeState(path, after, `${context.run}-${context.step}`);
  return { status: 'done', says: `${path} was ${done}.` };
}

function isDoneSince({ before }: Backup, now: FileState, wanted: FileChange['wanted']): boolean {
  try {
    return !isSameState(before, now) && isSameState(wanted(before), now);
  } catch (error) {
    if (error instanceof Ended) return false;
    throw error;
  }
}
