import type { FileRemove } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { changeFile } from './file-change.ts';
import { ABSENT } from './file-state.ts';

/** Takes a file away. */
export async function fileRemove({ path }: FileRemove<string>, context: DeedContext): Promise<Deed> {
  return await changeFile({ path, done: 'removed', wanted: () => ABSENT }, context);
}
