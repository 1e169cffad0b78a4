import type { FileRestore } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import { failed } from './deed.ts';
import type { Deed } from './deed.ts';
import { latestBackup } from './file-backup.ts';
import { isSameState, makeState, readState } from './file-state.ts';

/** Puts back what a step of this run changed, unless somebody has changed it again since. */
export async function fileRestore({ path, of }: FileRestore<string>, context: DeedContext): Promise<Deed> {
  const backup = await latestBackup(context, of);
  if (!backup || backup.path !== path) return failed(`The step "${of}" has left no backup of ${path}, so nothing was changed.`);
  const now = await readState(path);
  if (isSameState(now, backup.before)) return { status: 'done', already: true, says: `${path} is as it was before.` };
  if (!isSameState(now, backup.after)) {
    return failed(`${path} has been changed again since the step "${of}", so it was left alone: compare it by hand.`);
  }
  await makeState(path, backup.before, `${context.run}-${context.step}`);
  return {
    status: 'done',
    says: backup.before.exists ? `${path} is as it was before.` : `${path} was removed, as it was not there before.`,
  };
}
