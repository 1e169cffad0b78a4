import type { FileWrite } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import type { Deed } from './deed.ts';
import { changeFile } from './file-change.ts';

const NEW_MODE = 0o644;

/** Gives a file this content, keeping its mode and owner where the step does not say otherwise. */
export async function fileWrite({ path, content, mode }: FileWrite<string>, context: DeedContext): Promise<Deed> {
  const given = mode === undefined ? {} : { mode: Number.parseInt(mode, 8) };
  const own = { mode: NEW_MODE, uid: process.getuid!(), gid: process.getgid!() };
  return await changeFile(
    { path, done: 'written', wanted: (now) => ({ ...own, ...now, ...given, exists: true, content: Buffer.from(content) }) },
    context,
  );
}
